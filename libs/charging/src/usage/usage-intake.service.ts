import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { UsageSourcePolicy } from '@ronghe/contracts';
import { groupBy } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { findHolders } from '../projection/product.store';
import { BatchUse } from './batch-use';
import type { CompleteCall, StoredPart } from './call-parts';
import { sortByIdentity, type IdentifiedLine } from './duplicates';
import { admittedWithin, guide, type GuideBook, type Guided, type NumberHolder } from './guide';
import type { LineTable } from './line-table';
import type { UsageFact } from './rated-usage';
import { cellsOf, type ReadLine } from './record-reader';
import { RecordSet, type DeliveredRecord } from './record-set';
import { insertReconciled, type ReconciledUsage } from './reconciled-usage.store';
import { claimAllRecordIds, claimRecordIds, claimVariants } from './record-key.store';
import { numberForms } from './subscriber-keys';
import type { NewSuspense } from './suspense';
import { insertSuspended } from './suspense.store';
import type { UsageBook } from './usage-book';
import { UsageBooks } from './usage-books.service';
import { UsageCalls } from './usage-calls.service';
import type { CountMove, UsageCounts } from './usage-file';
import { UsageRating } from './usage-rating.service';
import type { CallPart, UsageRecord } from './usage-record';
import { findClosedThrough } from './usage-source.store';

/** Records that are guided without a break: some milliseconds. */
const GUIDED_AT_ONCE = 1000;

/** Lines of one file that are taken in together. */
export interface Delivery {
  fileId: string;
  columns: readonly string[];
  lines: LineTable;
}

/** What became of the lines, and how counters of files with other parts of the same calls move. */
export interface TakenDelivery {
  counts: UsageCounts;
  moves: CountMove[];
}

/** De-duplicates, combines, guides, rates and stores usage records, a batch per transaction and every step set-based. */
@Injectable()
export class UsageIntake {
  constructor(
    private readonly books: UsageBooks,
    private readonly rating: UsageRating,
    private readonly calls: UsageCalls,
  ) {}

  /**
   * Takes the lines of a file in. Lines that were taken before, by whatever file, add nothing.
   * @param note is told of every usage that is rated
   */
  async takeLines(
    tx: Tx,
    mapping: UsageSourcePolicy,
    delivery: Delivery,
    note?: (rated: UsageFact) => void,
  ): Promise<TakenDelivery> {
    const { lines } = delivery;
    const sorted = await sortLines(tx, mapping.source, lines);
    const differing = await claimVariants(tx, mapping.source, sorted.differing);
    const fresh = await this.takeFresh(tx, mapping, delivery, sorted.fresh, note);
    const differs = differing.fresh.map((line) =>
      suspend(delivery, line, 'content_differs', 'the record id came before with other content', false),
    );
    const suspended = [...fresh.suspended, ...differs];
    await insertSuspended(tx, mapping.source, inFileOrder([...suspended, ...fresh.ended.suspended]));
    const counts = {
      read: lines.length,
      rated: fresh.guided.filter(({ kind }) => kind === 'admitted').length,
      reconciled: fresh.guided.filter(({ kind }) => kind === 'reconciled').length,
      duplicates: sorted.duplicates.length + differing.duplicates.length,
      suspended: suspended.length,
      waiting: fresh.waiting,
      combined: 0,
    };
    return { counts, moves: fresh.ended.moves };
  }

  /** Guides records whose ids are taken, and rates or reconciles those that may be; where each went, in their order. */
  async takeRecords(
    tx: Tx,
    mapping: UsageSourcePolicy,
    records: RecordSet,
    note?: (rated: UsageFact) => void,
  ): Promise<Guided[]> {
    if (records.size === 0) return [];
    const { book, guideBook } = await this.openBooks(tx, mapping, records);
    const guided: Guided[] = [];
    const reconciled: ReconciledUsage[] = [];
    const use = new BatchUse(records, book);
    for (let at = 0; at < records.size; at += 1) {
      // Other work of the process has its turn.
      if (at > 0 && at % GUIDED_AT_ONCE === 0) await setImmediate();
      const known = use.admitAsBefore(at);
      if (known) {
        guided.push(known);
        continue;
      }
      const record = records.recordAt(at);
      const to = guide(record, guideBook);
      guided.push(
        to.kind === 'admitted' ? use.admit(at, to, admittedWithin(record.subscriber, to, guideBook)) : to,
      );
      if (to.kind === 'reconciled') {
        const { lane, productId } = to.product;
        reconciled.push({ record, fileId: records.fileIdAt(at), lane, productId });
      }
    }
    await insertReconciled(tx, reconciled);
    const refused = await this.rating.rate(tx, use, book, records.fileIdAt(0) || mapping.source, note);
    for (const [at, error] of refused)
      guided[at] = { kind: 'suspended', reason: 'no_price', detail: error.message };
    return guided;
  }

  private async takeFresh(
    tx: Tx,
    mapping: UsageSourcePolicy,
    delivery: Delivery,
    fresh: readonly number[],
    note?: (rated: UsageFact) => void,
  ) {
    const { fileId, lines } = delivery;
    const suspended: NewSuspense[] = [];
    const whole: number[] = [];
    const parts: StoredPart[] = [];
    for (const at of fresh) {
      const read = lines.partialAt(at);
      if (!read) whole.push(at);
      else if (read.kind === 'malformed')
        suspended.push(suspend(delivery, lines.lineAt(at), 'malformed', read.reason, false));
      else if (isPart(read.record)) parts.push(partOf(delivery, read, read.record));
    }
    const taken = await this.calls.take(tx, mapping, parts);
    for (const { part, detail } of taken.refused) suspended.push(refusalOf(part, detail));
    const records = new RecordSet({ lines, places: whole, fileId }, taken.complete.map(deliveredCall));
    const all = await this.takeRecords(tx, mapping, records, note);
    const ended = await this.calls.end(tx, mapping.source, pair(taken.complete, all.slice(whole.length)));
    const guided = all.slice(0, whole.length);
    for (const [index, to] of guided.entries()) {
      const line = to.kind === 'suspended' && lines.lineAt(whole[index] ?? 0);
      if (line) suspended.push(suspend(delivery, line, to.reason, to.detail, true));
    }
    return { guided, suspended, ended, waiting: parts.length - taken.refused.length };
  }

  private async openBooks(
    tx: Tx,
    mapping: UsageSourcePolicy,
    records: RecordSet,
  ): Promise<{ book: UsageBook; guideBook: GuideBook }> {
    const subscribers = records.subscribers();
    const forms = new Map([...subscribers].map((subscriber) => [subscriber, numberForms(subscriber)]));
    const holders = await findHolders(tx, [...new Set([...forms.values()].flat())]);
    const book = await this.books.open(tx, holders);
    const byKey = groupBy(holders, (holder) => holder.number);
    const bySubscriber = new Map<string, NumberHolder[]>();
    for (const [subscriber, keys] of forms)
      bySubscriber.set(
        subscriber,
        keys.flatMap((key) => byKey.get(key) ?? []),
      );
    const closed = await findClosedThrough(tx);
    const guideBook: GuideBook = {
      now: tx.now,
      holdersOf: (subscriber) => bySubscriber.get(subscriber) ?? [],
      productOf: (productId) => book.productOf(productId),
      cycleOf: (accountId) => book.cycleOf(accountId),
      isPriced: ({ productId }, { usageClass, usedAt }) => book.isPriced({ productId, usageClass, usedAt }),
      closedThrough: closed.get(mapping.source) ?? null,
      lateAfterPeriods: mapping.lateAfterPeriods,
    };
    return { book, guideBook };
  }
}

/** Lines by what is known of their record ids, which are taken for them. */
async function sortLines(
  tx: Tx,
  source: string,
  lines: LineTable,
): Promise<{ fresh: readonly number[]; duplicates: readonly unknown[]; differing: IdentifiedLine[] }> {
  const all = Array.from({ length: lines.length }, (_, at) => at);
  if (await claimAllRecordIds(tx, source, lines)) return { fresh: all, duplicates: [], differing: [] };
  const identities = all.map((at) => ({
    at,
    recordId: lines.recordIdAt(at),
    bodyHash: lines.bodyHashAt(at),
  }));
  const sorted = sortByIdentity(identities, await claimRecordIds(tx, source, identities));
  return {
    fresh: sorted.fresh.map(({ at }) => at),
    duplicates: sorted.duplicates,
    differing: sorted.differing.map(({ at }) => lines.lineAt(at)),
  };
}

/** A complete call as one record; it belongs to the file of its first part. */
export function deliveredCall(call: CompleteCall): DeliveredRecord {
  return { record: call.record, fileId: call.parts[0]?.fileId ?? '' };
}

/** Each call with where its event went. */
export function pair(
  calls: readonly CompleteCall[],
  guided: readonly Guided[],
): { call: CompleteCall; guided: Guided }[] {
  return calls.flatMap((call, index) => {
    const to = guided[index];
    return to ? [{ call, guided: to }] : [];
  });
}

/** Whether a record is only a part of a call. */
export function isPart(record: UsageRecord): record is UsageRecord & { part: CallPart } {
  return record.part !== null;
}

function partOf(
  { fileId, columns }: Delivery,
  read: ReadLine,
  record: UsageRecord & { part: CallPart },
): StoredPart {
  const { number: lineNumber, text } = read.line;
  return { record, fileId, lineNumber, line: text, cells: cellsOf(read.row, columns), state: 'waiting' };
}

function refusalOf({ fileId, lineNumber, line, cells, record }: StoredPart, detail: string): NewSuspense {
  const { recordId } = record;
  return { fileId, lineNumber, recordId, reason: 'part_conflict', detail, line, cells, holdsKey: true };
}

function inFileOrder(rows: NewSuspense[]): NewSuspense[] {
  return rows.sort((a, b) => a.lineNumber - b.lineNumber);
}

function suspend(
  { fileId, columns }: Delivery,
  { read }: IdentifiedLine,
  reason: NewSuspense['reason'],
  detail: string,
  holdsKey: boolean,
): NewSuspense {
  return {
    fileId,
    lineNumber: read.line.number,
    recordId: read.kind === 'record' ? read.record.recordId : read.recordId,
    reason,
    detail,
    line: read.line.text,
    cells: cellsOf(read.row, columns),
    holdsKey,
  };
}
