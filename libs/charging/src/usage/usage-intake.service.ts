import { Injectable } from '@nestjs/common';
import type { UsageSourcePolicy } from '@ronghe/contracts';
import { newId } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { AccountBook } from '../balance/account-book';
import { AccountBooks } from '../balance/account-books.service';
import { groupBy } from '../group-by';
import { findNumberHolders } from '../projection/product.store';
import { identify, sortByIdentity, type IdentifiedLine } from './duplicates';
import { guide, type GuideBook, type Guided } from './guide';
import type { UsageFact } from './rated-usage';
import type { ReadLine } from './record-reader';
import { insertReconciled } from './reconciled-usage.store';
import { claimRecordIds, claimVariants } from './record-key.store';
import { insertSuspended, type NewSuspense } from './suspense.store';
import type { UsageCounts } from './usage-file';
import { UsageRating } from './usage-rating.service';
import { numberForms } from './subscriber-keys';
import type { UsageRecord } from './usage-record';
import { findClosedThrough } from './usage-source.store';

/** A record with where it came from. */
export interface DeliveredRecord {
  record: UsageRecord;
  fileId: string;
}

/** De-duplicates, guides, rates and stores usage records, a batch per transaction and every step set-based. */
@Injectable()
export class UsageIntake {
  constructor(
    private readonly books: AccountBooks,
    private readonly rating: UsageRating,
  ) {}

  /** Takes the lines of a file in; what became of them. Lines that were taken before, by whatever file, add nothing. */
  async takeLines(
    tx: Tx,
    mapping: UsageSourcePolicy,
    fileId: string,
    lines: readonly ReadLine[],
  ): Promise<UsageCounts> {
    const identified = lines.map(identify);
    const known = await claimRecordIds(tx, mapping.source, identified);
    const sorted = sortByIdentity(identified, known);
    const differing = await claimVariants(tx, mapping.source, sorted.differing);
    const { guided, suspended } = await this.takeFresh(tx, mapping, fileId, sorted.fresh);
    const differs = differing.fresh.map((line) =>
      suspend(line, 'content_differs', 'the record id came before with other content', false),
    );
    await insertSuspended(tx, mapping.source, fileId, inFileOrder([...suspended, ...differs]));
    return {
      read: lines.length,
      rated: guided.filter(({ kind }) => kind === 'admitted').length,
      reconciled: guided.filter(({ kind }) => kind === 'reconciled').length,
      duplicates: sorted.duplicates.length + differing.duplicates.length,
      suspended: suspended.length + differs.length,
    };
  }

  /** Guides records whose ids are taken, and rates or reconciles those that may be; where each went, in their order. */
  async takeRecords(
    tx: Tx,
    mapping: UsageSourcePolicy,
    records: readonly DeliveredRecord[],
  ): Promise<Guided[]> {
    const { book, guideBook } = await this.openBooks(tx, mapping, records);
    const guided = records.map(({ record }) => guide(record, guideBook));
    const facts: UsageFact[] = [];
    const reconciled = [];
    for (const [index, { record, fileId }] of records.entries()) {
      const to = guided[index];
      if (to?.kind === 'admitted') facts.push(factOf(record, fileId, to));
      if (to?.kind === 'reconciled')
        reconciled.push({ record, fileId, lane: to.product.lane, productId: to.product.productId });
    }
    await insertReconciled(tx, reconciled);
    await this.rating.rate(tx, facts, book, records[0]?.fileId ?? mapping.source);
    return guided;
  }

  private async takeFresh(
    tx: Tx,
    mapping: UsageSourcePolicy,
    fileId: string,
    lines: readonly IdentifiedLine[],
  ): Promise<{ guided: Guided[]; suspended: NewSuspense[] }> {
    const suspended: NewSuspense[] = [];
    const records: DeliveredRecord[] = [];
    const recordLines: IdentifiedLine[] = [];
    for (const line of lines) {
      if (line.read.kind === 'malformed') suspended.push(suspend(line, 'malformed', line.read.reason, false));
      else {
        records.push({ record: line.read.record, fileId });
        recordLines.push(line);
      }
    }
    const guided = await this.takeRecords(tx, mapping, records);
    for (const [index, line] of recordLines.entries()) {
      const to = guided[index];
      if (to?.kind === 'suspended') suspended.push(suspend(line, to.reason, to.detail, true));
    }
    return { guided, suspended };
  }

  private async openBooks(
    tx: Tx,
    mapping: UsageSourcePolicy,
    records: readonly DeliveredRecord[],
  ): Promise<{ book: AccountBook; guideBook: GuideBook }> {
    const numbers = new Set(records.flatMap(({ record }) => numberForms(record.subscriber)));
    const holders = await findNumberHolders(tx, [...numbers]);
    const book = await this.books.open(
      tx,
      holders.map((holder) => holder.accountId),
    );
    const byNumber = groupBy(holders, (holder) => holder.number);
    const closed = await findClosedThrough(tx);
    const guideBook: GuideBook = {
      now: tx.now,
      holdersOf: (number) => byNumber.get(number) ?? [],
      productOf: (productId) => book.productOf(productId),
      cycleOf: (accountId) => book.cycleOf(accountId),
      isPriced: ({ productId }, { usageClass, usedAt }) => book.isPriced({ productId, usageClass, usedAt }),
      closedThrough: closed.get(mapping.source) ?? null,
      lateAfterPeriods: mapping.lateAfterPeriods,
    };
    return { book, guideBook };
  }
}

function inFileOrder(rows: NewSuspense[]): NewSuspense[] {
  return rows.sort((a, b) => a.line.read.line.number - b.line.read.line.number);
}

function suspend(
  line: IdentifiedLine,
  reason: NewSuspense['reason'],
  detail: string,
  holdsKey: boolean,
): NewSuspense {
  return { line, reason, detail, holdsKey };
}

function factOf(
  record: UsageRecord,
  fileId: string,
  { product, period, isLate }: Extract<Guided, { kind: 'admitted' }>,
): UsageFact {
  const { lane, accountId, cardGroupId, productId, card } = product;
  const { source, recordId, usedAt, usageClass, peer, quantity } = record;
  return {
    lane,
    usageId: newId(),
    accountId,
    cardGroupId,
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
  };
}
