import { addAmounts, addMoney } from '@ronghe/kernel';
import type { BilledCharge, DraftLine } from '../src/bill/charge-line';
import { sumDiscounts } from '../src/bill/line-discount';

/** What has been billed after these lines too, summed by service period and key as the database sums it. */
export function addToBilled(billed: readonly BilledCharge[], lines: readonly DraftLine[]): BilledCharge[] {
  const sums = new Map(billed.map((charge) => [nameOf(charge), charge]));
  for (const line of lines) {
    const name = nameOf(line);
    const before = sums.get(name);
    sums.set(name, before ? added(before, line) : line);
  }
  return [...sums.values()];
}

function nameOf({ servicePeriod, key, payer }: BilledCharge): string {
  return `${servicePeriod}|${key}|${payer ?? ''}`;
}

function added(a: BilledCharge, b: BilledCharge): BilledCharge {
  return {
    ...a,
    amount: addMoney(a.amount, b.amount),
    discount: addMoney(a.discount, b.discount),
    net: addMoney(a.net, b.net),
    discounts: sumDiscounts([...a.discounts, ...b.discounts]),
    exact: addAmounts(a.exact, b.exact),
    exactUsage: addAmounts(a.exactUsage, b.exactUsage),
    exactSettled: addAmounts(a.exactSettled, b.exactSettled),
  };
}
