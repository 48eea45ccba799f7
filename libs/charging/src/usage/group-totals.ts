import { amountFromMicro } from '@ronghe/kernel';
import { addChanges, isSameTotal, type TotalChange, type TotalKey } from './usage-totals';

/**
 * What online sessions of a card group and period have come to: it stands in the group's row, which they write anyway. Totals of
 * an account are the sum of it and of what stands in `usage_total` (view `usage_sum`).
 */
export type GroupTotals = readonly TotalChange[];

/** A total as it is stored; its lane, account and period are those of the row. */
type StoredTotal = [
  productId: string,
  chargeCode: string,
  offeringCode: string,
  offeringVersion: number,
  card: string,
  chargeClass: string,
  taxClass: string,
  unit: string,
  amount: string,
  eventCount: number,
  unitsTotal: string,
  unitsFromAllowance: string,
  unitsCharged: string,
];

/** Totals with changes of the same account and period. */
export function withChanges(totals: GroupTotals | undefined, changes: readonly TotalChange[]): GroupTotals {
  const sums = [...(totals ?? [])];
  for (const change of changes) {
    const at = sums.findIndex((sum) => isSameTotal(sum, change));
    const sum = sums[at];
    if (sum) sums[at] = addChanges(sum, change);
    else sums.push(change);
  }
  return sums;
}

/** How they are stored; null: there are none. */
export function groupTotalsToJson(totals: GroupTotals | undefined): string | null {
  if (!totals || totals.length === 0) return null;
  return JSON.stringify(
    totals.map((total): StoredTotal => [
      total.productId,
      total.chargeCode,
      total.offeringCode,
      total.offeringVersion,
      total.card,
      total.chargeClass,
      total.taxClass,
      total.unit,
      total.amount.toString(),
      total.eventCount,
      total.unitsTotal.toString(),
      total.unitsFromAllowance.toString(),
      total.unitsCharged.toString(),
    ]),
  );
}

/** The inverse of groupTotalsToJson, for the row of a card group and period. */
export function groupTotalsFromJson(
  text: string,
  { lane, accountId, period }: Pick<TotalKey, 'lane' | 'accountId' | 'period'>,
): GroupTotals {
  return (JSON.parse(text) as StoredTotal[]).map((stored) => ({
    lane,
    accountId,
    period,
    productId: stored[0],
    chargeCode: stored[1],
    offeringCode: stored[2],
    offeringVersion: stored[3],
    card: stored[4],
    chargeClass: stored[5],
    taxClass: stored[6],
    unit: stored[7],
    amount: amountFromMicro(BigInt(stored[8])),
    eventCount: stored[9],
    unitsTotal: BigInt(stored[10]),
    unitsFromAllowance: BigInt(stored[11]),
    unitsCharged: BigInt(stored[12]),
  }));
}
