import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { UsageSourcePolicy } from '@ronghe/contracts';
import { newId, type DomainError, groupBy } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { findHolders } from '../projection/product.store';
import type { CompleteCall, StoredPart } from './call-parts';
import { sortByIdentity, type IdentifiedLine } from './duplicates';
import { guide, type GuideBook, type Guided, type NumberHolder } from './guide';
import type { UsageFact } from './rated-usage';
import { cellsOf } from './record-reader';
import { insertReconciled } from './reconciled-usage.store';
import { claimRecordIds, claimVariants } from './record-key.store';
import type { NewSuspense } from './suspense';
import { insertSuspended } from './suspense.store';
import type { UsageBook } from './usage-book';
import { UsageBooks } from './usage-books.service';
import { UsageCalls } from './usage-calls.service';
import type { CountMove, UsageCounts } from './usage-file';
import { UsageRating } from './usage-rating.service';
import { numberForms } from './subscriber-keys';
import type { CallPart, UsageRecord } from './usage-record';
import { findClosedThrough } from './usage-source.store';

/** Records that are guided without a break: some milliseconds. */
const GUIDED_AT_ONCE = 1000;

/** A record with where it came from. */
export interface DeliveredRecord {
  record: UsageRecord;
  fileId: string;
}

/** Lines of one file that are taken in together. */
export interface Delivery {
  fileId: string;
  columns: readonly string[];
  lines: readonly IdentifiedLine[];
}

/** What became of the lines, and how counters of files with other parts of the same calls move. */
export interface TakenDelivery {
  counts: UsageCounts;
  moves: CountMove[];
  /** What was rated of them. */
  rated: UsageFact[];
}

/** Where records went, in their order, and what was rated. */
export interface TakenRecords {
  guided: Guided[];
  rated: UsageFact[];
}

/** De-duplicates, combines, guides, rates and stores usage records, a batch per transaction and every step set-based. */
@Injectable()
export class UsageIntake {
  constructor(
    private readonly books: UsageBooks,
    private readonly rating: UsageRating,
    private readonly calls: UsageCalls,
  ) {}

  /** Takes the lines of a file in. Lines that were taken before, by whatever file, add nothing. */
  async takeLines(tx: Tx, mapping: UsageSourcePolicy, delivery: Delivery): Promise<TakenDelivery> {
    const { lines } = delivery;
    const known = await claimRecordIds(tx, mapping.source, lines);
    const sorted = sortByIdentity(lines, known);
    const differing = await claimVariants(tx, mapping.source, sorted.differing);
    const fresh = await this.takeFresh(tx, mapping, delivery, sorted.fresh);
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
    return { counts, moves: fresh.ended.moves, rated: fresh.rated };
  }

  /** Guides records whose ids are taken, and rates or reconciles those that may be; where each went, in their order. */
  async takeRecords(
    tx: Tx,
    mapping: UsageSourcePolicy,
    records: readonly DeliveredRecord[],
  ): Promise<TakenRecords> {
    if (records.length === 0) return { guided: [], rated: [] };
    const { book, guideBook } = await this.openBooks(tx, mapping, records);
    const guided: Guided[] = [];
    const facts: UsageFact[] = [];
    const reconciled = [];
    for (const { record, fileId } of records) {
      const to = guide(record, guideBook);
      guided.push(to);
      if (to.kind === 'admitted') facts.push(factOf(record, fileId, to, book));
      if (to.kind === 'reconciled')
        reconciled.push({ record, fileId, lane: to.product.lane, productId: to.product.productId });
      // Other work of the process has its turn.
      if (guided.length % GUIDED_AT_ONCE === 0) await setImmediate();
    }
    await insertReconciled(tx, reconciled);
    const refused = await this.rating.rate(tx, facts, book, records[0]?.fileId ?? mapping.source);
    if (refused.size === 0) return { guided, rated: facts };
    const rated = facts.filter(({ usageId }) => !refused.has(usageId));
    return { guided: withRefusals(guided, facts, refused), rated };
  }

  private async takeFresh(
    tx: Tx,
    mapping: UsageSourcePolicy,
    delivery: Delivery,
    lines: readonly IdentifiedLine[],
  ) {
    const { fileId } = delivery;
    const suspended: NewSuspense[] = [];
    const whole: IdentifiedLine[] = [];
    const records: DeliveredRecord[] = [];
    const parts: StoredPart[] = [];
    for (const line of lines) {
      const { read } = line;
      if (read.kind === 'malformed') suspended.push(suspend(delivery, line, 'malformed', read.reason, false));
      else if (isPart(read.record)) parts.push(partOf(delivery, line, read.record));
      else {
        records.push({ record: read.record, fileId });
        whole.push(line);
      }
    }
    const taken = await this.calls.take(tx, mapping, parts);
    for (const { part, detail } of taken.refused) suspended.push(refusalOf(part, detail));
    const assembled = taken.complete.map(deliveredCall);
    const { guided: all, rated } = await this.takeRecords(tx, mapping, [...records, ...assembled]);
    const guided = all.slice(0, records.length);
    const ended = await this.calls.end(tx, mapping.source, pair(taken.complete, all.slice(records.length)));
    for (const [index, line] of whole.entries()) {
      const to = guided[index];
      if (to?.kind === 'suspended') suspended.push(suspend(delivery, line, to.reason, to.detail, true));
    }
    return { guided, rated, suspended, ended, waiting: parts.length - taken.refused.length };
  }

  private async openBooks(
    tx: Tx,
    mapping: UsageSourcePolicy,
    records: readonly DeliveredRecord[],
  ): Promise<{ book: UsageBook; guideBook: GuideBook }> {
    const subscribers = new Set<string>();
    for (const { record } of records) subscribers.add(record.subscriber);
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

/** Records that the price could not rate are suspended after all; `facts` are the admitted ones, in their order. */
function withRefusals(
  guided: readonly Guided[],
  facts: readonly UsageFact[],
  refused: ReadonlyMap<string, DomainError>,
): Guided[] {
  let at = 0;
  return guided.map((to) => {
    if (to.kind !== 'admitted') return to;
    const error = refused.get(facts[at++]?.usageId ?? '');
    return error ? { kind: 'suspended', reason: 'no_price', detail: error.message } : to;
  });
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
  { read }: IdentifiedLine,
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

function factOf(
  record: UsageRecord,
  fileId: string,
  { product, period, isLate }: Extract<Guided, { kind: 'admitted' }>,
  book: UsageBook,
): UsageFact {
  const { lane, accountId, productId, card } = product;
  const { source, recordId, usedAt, usageClass, peer, quantity, preratedAmount } = record;
  return {
    lane,
    usageId: newId(),
    accountId,
    cardGroupId: book.ratingUnitOf(product, period.from),
    period: period.key,
    productId,
    card,
    source,
    recordId,
    fileId,
    isLate,
    usedAt,
    usageClass,
    peer,
    quantity,
    preratedAmount,
  };
}
