import type { ProductState } from '@ronghe/contracts';
import {
  addMs,
  billPeriodAt,
  maxInstant,
  minInstant,
  nextBillPeriod,
  type BillCycle,
  type BillPeriod,
  type Instant,
  type Period,
} from '@ronghe/kernel';
import type { SuspenseReason } from './suspense';
import type { UsageRecord } from './usage-record';

/** Which product held a number, and when; half-open, `validTo` null while it does. */
export interface NumberHolder {
  number: string;
  productId: string;
  accountId: string;
  lane: number;
  validFrom: Instant;
  validTo: Instant | null;
  /** A fee of the product has been unpaid for too long: nothing is granted online. */
  isBlocked?: boolean;
}

/** What guiding needs to know; loaded once for a whole batch. */
export interface GuideBook {
  now: Instant;
  /** Everybody who ever held the key of a subscriber, in any of its forms. */
  holdersOf(subscriber: string): readonly NumberHolder[];
  productOf(productId: string): ProductState | undefined;
  cycleOf(accountId: string): BillCycle | undefined;
  /** False when the product's offer does not price this usage. */
  isPriced(product: ProductState, record: UsageRecord): boolean;
  /** The source has delivered everything before this instant; null: nothing is closed yet. */
  closedThrough: Instant | null;
  lateAfterPeriods: number;
}

/** Where a record goes. */
export type Guided =
  | { kind: 'admitted'; product: ProductState; period: BillPeriod; isLate: boolean }
  | { kind: 'reconciled'; product: ProductState }
  | { kind: 'suspended'; reason: SuspenseReason; detail: string };

/**
 * Finds the product that used a number at the start of the usage, its bill period, and whether the record may still
 * be rated. A usage class that the product is charged for online is reconciled, never rated again (SEMANTICS §4).
 */
export function guide(record: UsageRecord, book: GuideBook): Guided {
  if (record.usedAt > book.now) return suspend('in_future', `starts at ${record.usedAt}, after ${book.now}`);
  const holder = holderAt(book.holdersOf(record.subscriber), record.usedAt);
  const product = holder && book.productOf(holder.productId);
  const cycle = holder && book.cycleOf(holder.accountId);
  if (!product || !cycle)
    return suspend('unknown_subscriber', `nobody held ${record.subscriber} at ${record.usedAt}`);
  if (product.onlineClasses.includes(record.usageClass)) return { kind: 'reconciled', product };
  if (!book.isPriced(product, record)) {
    return suspend('no_price', `${product.offeringCode} has no price for ${record.usageClass}`);
  }
  const period = billPeriodAt(record.usedAt, cycle);
  const isLate = book.closedThrough !== null && period.to <= book.closedThrough;
  if (isLate && periodsSince(period, book.now, cycle) > book.lateAfterPeriods) {
    return suspend('too_late', `${period.key} was closed more than ${book.lateAfterPeriods} periods ago`);
  }
  return { kind: 'admitted', product, period, isLate };
}

/**
 * The time within which all usage of a subscriber is admitted to the same place as one that was, if it has a price and is not
 * reconciled; null: that is not known of any other instant.
 */
export function admittedWithin(
  subscriber: string,
  { period }: Extract<Guided, { kind: 'admitted' }>,
  { holdersOf, now }: Pick<GuideBook, 'holdersOf' | 'now'>,
): Period | null {
  const [holder, ...others] = holdersOf(subscriber);
  if (!holder || others.length > 0) return null;
  const { validFrom, validTo } = holder;
  const until = minInstant(period.to, addMs(now, 1));
  return {
    from: maxInstant(period.from, validFrom),
    to: validTo === null ? until : minInstant(until, validTo),
  };
}

function suspend(reason: SuspenseReason, detail: string): Guided {
  return { kind: 'suspended', reason, detail };
}

/** Who held a number at an instant; where several did, whoever took it last. */
export function holderAt<H extends NumberHolder>(holders: readonly H[], at: Instant): H | undefined {
  let latest: H | undefined;
  for (const holder of holders) {
    const { validFrom, validTo } = holder;
    if (at < validFrom || (validTo !== null && validTo <= at)) continue;
    if (latest === undefined || latest.validFrom < validFrom) latest = holder;
  }
  return latest;
}

/** How many periods after `period` the one that `now` lies in is. */
function periodsSince(period: BillPeriod, now: Instant, cycle: BillCycle): number {
  let count = 0;
  for (let current = period; current.to <= now; current = nextBillPeriod(current, cycle)) count += 1;
  return count;
}
