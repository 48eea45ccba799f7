import {
  addDays,
  allocate,
  compareRatios,
  maxRatio,
  moneyFromDecimal,
  moneyFromMinor,
  moneyToDecimal,
  multiplyRatios,
  ratioFromDecimal,
  ratioFromPercent,
  roundRatio,
  subtractMoney,
  subtractRatios,
  zeroRatio,
} from '@ronghe/kernel';
import { monthsBetween, roundTax, splitTax, stackDiscounts, type NetGross } from '@ronghe/rating';
import { compare } from './compare';
import { discountOf, replayCrossProduct } from './cross-product';
import type { Fields } from './fields';
import { failed, NotApplicable, passed, type Outcome } from './outcome';

/** `discounts_taxes.json`: one vector, by its `kind`. */
export function replayDiscountOrTax(vector: Fields): Outcome {
  const kind = vector.text('kind');
  const input = vector.object('input');
  switch (kind) {
    case 'stacked_discounts':
      return replayStack(vector, input);
    case 'allocate_discount':
      return replayAllocation(vector, input);
    case 'cross_product_discounts':
      return replayCrossProduct(vector, input);
    case 'net_gross_tax':
      return replayNetGross(vector, input);
    case 'months_between_inclusive':
      return replayMonths(vector, input);
    default:
      throw new NotApplicable(`kind ${kind} is not known`);
  }
}

function replayStack(vector: Fields, input: Fields): Outcome {
  const discounts = input.objects('discounts').map((fields) => {
    const discount = discountOf(fields);
    fields.finish();
    return discount;
  });
  const discount = stackDiscounts(input.decimal('subtotal'), discounts);
  input.finish();
  return compare({ discount }, vector.take('expected'));
}

/** The discount never exceeds the lines; allocate shares it out by largest remainder. */
function replayAllocation(vector: Fields, input: Fields): Outcome {
  const lines = input.list('lines').map((line) => moneyFromDecimal(String(line)));
  const discount = moneyFromDecimal(input.text('discount'));
  input.finish();
  const shares = allocate(discount, lines);
  const linesAfter = lines.map((line, index) =>
    ratioFromDecimal(moneyToDecimal(subtractMoney(line, moneyFromMinor(shares[index] ?? 0n)))),
  );
  return compare({ linesAfter }, vector.take('expected'));
}

function replayNetGross(vector: Fields, input: Fields): Outcome {
  const pricesAre = input.oneOf('pricesAre', ['net', 'gross']);
  const [net, gross] = [input.decimalOr('unitPriceNet'), input.decimalOr('unitPriceGross')];
  const price = pricesAre === 'net' ? net : gross;
  const decimals = input.textOr('rounding');
  const unit = splitTax(price ?? zeroRatio, pricesAre, ratioFromPercent(input.text('taxPercent')));
  const quantity = input.decimal('quantity');
  input.finish();
  const exact: NetGross = {
    net: multiplyRatios(unit.net, quantity),
    gross: multiplyRatios(unit.gross, quantity),
    tax: multiplyRatios(unit.tax, quantity),
  };
  const total = decimals === null ? exact : roundTax(exact, Number(decimals));
  const { net: unitNet, gross: unitGross, tax: unitTax } = unit;
  return compare({ unitNet, unitGross, unitTax, ...total }, vector.take('expected'));
}

function replayMonths(vector: Fields, input: Fields): Outcome {
  const ours = monthsBetween(input.date('from'), addDays(input.date('toInclusive'), 1));
  input.finish();
  const expected = vector.object('expected');
  const difference = subtractRatios(ours, expected.decimal('months'));
  const distance = maxRatio(difference, subtractRatios(zeroRatio, difference));
  const tolerance = expected.decimalOr('tolerance') ?? zeroRatio;
  if (compareRatios(distance, tolerance) <= 0) return passed;
  const { numerator, denominator } = roundRatio(difference, 9);
  return failed(`months differ by ${numerator}/${denominator}`);
}
