import type { UsageTotal } from '@ronghe/contracts';
import { amountFromDecimal, amountFromMicro, amountToDecimal, type Amount } from '@ronghe/kernel';
import type { RatingOutcome, UsageFact } from './rated-usage';

/** Whose totals are published together. */
export interface AccountPeriod {
  lane: number;
  accountId: string;
  period: string;
}

/** What identifies one total: whose bill line, which price, which period. */
export interface TotalKey extends AccountPeriod {
  productId: string;
  card: string;
  chargeCode: string;
  chargeClass: string;
  taxClass: string;
  offeringCode: string;
  offeringVersion: number;
  unit: string;
}

/** A change of one total. */
export interface TotalChange extends TotalKey {
  amount: Amount;
  eventCount: number;
  unitsTotal: bigint;
  unitsFromAllowance: bigint;
  unitsCharged: bigint;
}

/** What one rated event adds to its total; with sign −1, what it takes back. */
export function contributionOf(
  { lane, accountId, period }: Pick<UsageFact, 'lane' | 'accountId' | 'period'>,
  outcome: RatingOutcome,
  sign: 1n | -1n = 1n,
): TotalChange {
  return {
    lane,
    accountId,
    period,
    productId: outcome.bookedProductId,
    card: outcome.bookedCard,
    chargeCode: outcome.chargeCode,
    chargeClass: outcome.chargeClass,
    taxClass: outcome.taxClass,
    offeringCode: outcome.offeringCode,
    offeringVersion: outcome.offeringVersion,
    unit: outcome.unit,
    amount: amountFromMicro(sign * outcome.amount),
    eventCount: Number(sign),
    unitsTotal: sign * outcome.unitsTotal,
    // Not total − charged: what a blocker refused is neither.
    unitsFromAllowance: sign * outcome.takes.reduce((sum, { units }) => sum + units, 0n),
    unitsCharged: sign * outcome.unitsCharged,
  };
}

/** Adds up the changes of each total; changes that cancel out are left away. Ordered by key, for locking. */
export function sumChanges(changes: readonly TotalChange[]): TotalChange[] {
  const sums = new Map<string, TotalChange>();
  for (const change of changes) {
    const id = totalId(change);
    const sum = sums.get(id);
    sums.set(id, sum ? addChanges(sum, change) : change);
  }
  return [...sums.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, sum]) => sum)
    .filter(
      (sum) => sum.eventCount !== 0 || sum.amount !== 0n || sum.unitsTotal !== 0n || sum.unitsCharged !== 0n,
    );
}

/** Whose totals changes are of, each once. */
export function touchedBy(changes: readonly TotalChange[]): AccountPeriod[] {
  return [...new Map(changes.map((change) => [`${change.accountId}/${change.period}`, change])).values()];
}

/** The total as the event and the API say it. */
export function toUsageTotal(total: TotalChange): UsageTotal {
  // Each field by its name: what is left of a destructured object is copied the slow way.
  return {
    accountId: total.accountId,
    period: total.period,
    productId: total.productId,
    card: total.card,
    chargeCode: total.chargeCode,
    chargeClass: total.chargeClass,
    taxClass: total.taxClass,
    offeringCode: total.offeringCode,
    offeringVersion: total.offeringVersion,
    unit: total.unit,
    amount: amountToDecimal(total.amount),
    eventCount: total.eventCount,
    unitsTotal: total.unitsTotal.toString(),
    unitsFromAllowance: total.unitsFromAllowance.toString(),
    unitsCharged: total.unitsCharged.toString(),
  };
}

/** A total as a change from nothing: the opposite of `toUsageTotal`. */
export function totalChangeOf(total: UsageTotal, lane: number): TotalChange {
  return {
    ...total,
    lane,
    amount: amountFromDecimal(total.amount),
    unitsTotal: BigInt(total.unitsTotal),
    unitsFromAllowance: BigInt(total.unitsFromAllowance),
    unitsCharged: BigInt(total.unitsCharged),
  };
}

function totalId(key: TotalKey): string {
  const lane = String(key.lane).padStart(4, '0');
  return [
    lane,
    key.accountId,
    key.period,
    key.productId,
    key.chargeCode,
    key.offeringCode,
    key.offeringVersion,
  ].join('/');
}

/** Whether both are of the same total, of one account and period. */
export function isSameTotal(a: TotalKey, b: TotalKey): boolean {
  return (
    a.productId === b.productId &&
    a.chargeCode === b.chargeCode &&
    a.offeringCode === b.offeringCode &&
    a.offeringVersion === b.offeringVersion
  );
}

/** The sum of two changes of a total. */
export function addChanges(a: TotalChange, b: TotalChange): TotalChange {
  // Each field by its name: an object that is spread into another one is copied the slow way.
  return {
    lane: a.lane,
    accountId: a.accountId,
    period: a.period,
    productId: a.productId,
    card: a.card,
    chargeCode: a.chargeCode,
    chargeClass: a.chargeClass,
    taxClass: a.taxClass,
    offeringCode: a.offeringCode,
    offeringVersion: a.offeringVersion,
    unit: a.unit,
    amount: amountFromMicro(a.amount + b.amount),
    eventCount: a.eventCount + b.eventCount,
    unitsTotal: a.unitsTotal + b.unitsTotal,
    unitsFromAllowance: a.unitsFromAllowance + b.unitsFromAllowance,
    unitsCharged: a.unitsCharged + b.unitsCharged,
  };
}
