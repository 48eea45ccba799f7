import {
  addRatios,
  compareRatios,
  divideRatios,
  maxRatio,
  minRatio,
  multiplyRatios,
  ratioFromDecimal,
  ratioFromPercent,
  subtractRatios,
  sumRatios,
  zeroRatio,
  type Ratio,
} from '@ronghe/kernel';

/** So many percent, or so much. Decimal strings. */
export type StackedDiscount = { percent: string } | { fixed: string };

/** A discount on the lines that it names (by index). Null: on all. */
export interface ScopedDiscount {
  discount: StackedDiscount;
  lines: readonly number[] | null;
}

/** What discounts take from a sum, one after the other: percentages first, then fixed ones; never below zero. SEMANTICS §6. */
export function stackDiscounts(subtotal: Ratio, discounts: readonly StackedDiscount[]): Ratio {
  const left = inOrder(discounts.map((discount) => ({ discount, lines: null }))).reduce(
    (rest, { discount }) => subtractRatios(rest, takenBy(discount, rest)),
    subtotal,
  );
  return subtractRatios(subtotal, left);
}

/**
 * What each line gives to all discounts together, exact. Discounts are taken in the order given (the most specific
 * first) among equals, percentages before fixed ones; each is spread by what is left of its lines, never below zero.
 */
export function spreadDiscounts(lines: readonly Ratio[], discounts: readonly ScopedDiscount[]): Ratio[] {
  const given = lines.map(() => zeroRatio);
  for (const { discount, lines: scope } of inOrder(discounts)) {
    const left = lines.map((line, index) =>
      scope === null || scope.includes(index) ? subtractRatios(line, given[index] ?? zeroRatio) : zeroRatio,
    );
    const base = sumRatios(left);
    if (compareRatios(base, zeroRatio) <= 0) continue;
    const share = divideRatios(takenBy(discount, base), base);
    left.forEach((rest, index) => {
      given[index] = addRatios(given[index] ?? zeroRatio, multiplyRatios(rest, share));
    });
  }
  return given;
}

/** Percentages before fixed discounts, otherwise in the order given. */
export function percentagesFirst<T>(discounts: readonly T[], isFixed: (discount: T) => boolean): T[] {
  return [...discounts].sort((a, b) => Number(isFixed(a)) - Number(isFixed(b)));
}

function inOrder(discounts: readonly ScopedDiscount[]): ScopedDiscount[] {
  return percentagesFirst(discounts, ({ discount }) => 'fixed' in discount);
}

function takenBy(discount: StackedDiscount, rest: Ratio): Ratio {
  const wanted =
    'percent' in discount
      ? multiplyRatios(rest, ratioFromPercent(discount.percent))
      : ratioFromDecimal(discount.fixed);
  return maxRatio(minRatio(wanted, rest), zeroRatio);
}
