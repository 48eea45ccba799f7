import {
  addDays,
  addRatios,
  compareRatios,
  currencyDecimals,
  multiplyRatios,
  ratioFromDecimal,
  ratioOf,
  subtractRatios,
  sumRatios,
  zeroRatio,
  type Ratio,
} from '@ronghe/kernel';
import { cappedCredit, restOfPrice, shareLeft } from '@ronghe/rating';
import type { Figure } from './compare';
import type { Fields } from './fields';

/** A price that changes within a period: a credit for the rest of the old one, a charge for the rest of the new one. */
export function planChange(input: Fields): { [name: string]: Figure } {
  // Conventions are told in words; what they mean is in the dates.
  input.skip('convention', 'rounding');
  const start = input.date('periodStart');
  const end = input.has('periodEndExclusive')
    ? input.date('periodEndExclusive')
    : addDays(input.date('periodEndInclusive'), 1);
  const share = shareLeft({ start, end }, input.date('changeDate'));
  const decimals = currencyDecimals(input.textOr('currency') ?? 'CNY');
  const part = (price: Ratio | null, isWhole = false) =>
    price === null ? zeroRatio : restOfPrice(price, isWhole ? ratioOf(1n) : share, decimals);
  const [old, next, added, removed] = ['old', 'new', 'added', 'removed'].map((name) => input.object(name));
  if (!old || !next || !added || !removed) return {};
  const credit = withinPaid(part(priceOf(old)), old);
  const charge = part(priceOf(next));
  const addedCharge = part(priceOf(added), added.flag('oneTime'));
  const removedCredit = part(priceOf(removed));
  for (const fields of [old, next, added, removed]) fields.finish();
  const figures = [credit, charge, addedCharge, removedCredit];
  const minus = (figure: Ratio) => subtractRatios(zeroRatio, figure);
  return {
    credit: minus(credit),
    charge,
    addedCharge,
    removedCredit: minus(removedCredit),
    net: subtractRatios(addRatios(charge, addedCharge), sumRatios([credit, removedCredit])),
    lines: figures.filter((figure) => compareRatios(figure, zeroRatio) !== 0).length,
  };
}

/** No more is credited than was paid: a sum, or all or nothing. */
function withinPaid(wanted: Ratio, old: Fields): Ratio {
  const paid = old.take('paid');
  if (paid === null || paid === true) return wanted;
  return paid === false ? zeroRatio : cappedCredit(wanted, ratioFromDecimal(String(paid)), zeroRatio);
}

/** Per period; null for nothing, and for what is charged by its usage. */
function priceOf(item: Fields): Ratio | null {
  const isByUsage = item.flag('usageBased');
  const price = item.decimalOr('unitPrice');
  const quantity = item.decimalOr('quantity') ?? ratioOf(1n);
  return price === null || isByUsage ? null : multiplyRatios(price, quantity);
}
