import type { MoneyText } from '@ronghe/contracts';
import { addMoney, moneyFromDecimal, moneyToDecimal, negateMoney, zeroMoney } from '@ronghe/kernel';
import type { LineDiscount } from '@ronghe/rating';

/** The same as it is stored. */
export type StoredDiscount = Omit<LineDiscount, 'amount'> & { amount: MoneyText };

/** As JSON. */
export function storedDiscount(discount: LineDiscount): StoredDiscount {
  return { ...discount, amount: moneyToDecimal(discount.amount) };
}

/** From JSON. */
export function discountFrom(stored: StoredDiscount): LineDiscount {
  return { ...stored, amount: moneyFromDecimal(stored.amount) };
}

/** One entry for each policy, in the order in which they come first. */
export function sumDiscounts(discounts: readonly LineDiscount[]): LineDiscount[] {
  const sums = new Map<string, LineDiscount>();
  for (const discount of discounts) {
    const known = sums.get(discount.code);
    const amount = addMoney(known?.amount ?? zeroMoney, discount.amount);
    sums.set(discount.code, { ...(known ?? discount), amount });
  }
  return [...sums.values()];
}

/** Discount by discount what was not given yet; negative for what is taken back. */
export function lessDiscounts(
  should: readonly LineDiscount[],
  billed: readonly LineDiscount[],
): LineDiscount[] {
  const takenBack = billed.map((each) => ({ ...each, amount: negateMoney(each.amount) }));
  return sumDiscounts([...should, ...takenBack]).filter(({ amount }) => amount !== zeroMoney);
}

/** The discounts of a bill, each with what it took of all lines. */
export function appliedDiscounts(lines: readonly { discounts: LineDiscount[] }[]): LineDiscount[] {
  const discounts = sumDiscounts(lines.flatMap((line) => line.discounts));
  return discounts.filter(({ amount }) => amount !== zeroMoney);
}
