import {
  addRatios,
  compareRatios,
  currencyDecimals,
  ratioOf,
  subtractRatios,
  sumRatios,
  zeroRatio,
  type Ratio,
} from '@ronghe/kernel';
import { spreadDiscounts, taxPerRate, type ScopedDiscount, type StackedDiscount } from '@ronghe/rating';
import { compare, isSame } from './compare';
import { fieldsOf, type Fields, type Json } from './fields';
import { byChoice, failed, type Outcome } from './outcome';

interface Line {
  line: string;
  product: string | null;
  amount: Ratio;
  percent: string;
}

/** Discounts over several products, spread over lines, then tax per rate over the whole bill. */
export function replayCrossProduct(vector: Fields, input: Fields): Outcome {
  const decimals = currencyDecimals(input.text('currency'));
  const lines = input.objects('lines').map(lineOf);
  const discounts = input.objects('discounts').map((fields) => scopedOf(fields, lines));
  input.finish();
  const given = spreadDiscounts(
    lines.map(({ amount }) => amount),
    discounts,
  );
  const nets = lines.map(({ amount }, index) => subtractRatios(amount, given[index] ?? amount));
  const taxes = taxPerRate(
    lines.map(({ percent }, index) => ({ percent, net: nets[index] ?? zeroRatio })),
    decimals,
  );
  const netTotal = sumRatios(nets);
  const taxTotal = sumRatios(taxes);
  const expected = vector.take('expected');
  return settle(
    {
      lines: lines.map(({ line }, index) => ({ line, discount: given[index] ?? null })),
      feesTotal: sumRatios(lines.map(({ amount }) => amount)),
      discountTotal: sumRatios(given),
      netTotal,
    },
    { taxes, taxTotal, grandTotal: addRatios(netTotal, taxTotal) },
    expected,
    ratioOf(BigInt(lines.length), 10n ** BigInt(decimals)),
  );
}

function lineOf(fields: Fields): Line {
  const line = {
    line: fields.text('line'),
    product: fields.textOr('product'),
    amount: fields.decimal('amount'),
    percent: fields.textOr('taxPercent') ?? '0',
  };
  fields.finish();
  return line;
}

function scopedOf(fields: Fields, all: readonly Line[]): ScopedDiscount {
  const names = fields.has('onlyLines') ? fields.list('onlyLines') : null;
  const product = fields.textOr('onlyProduct');
  const discount = discountOf(fields);
  fields.finish();
  if (names === null && product === null) return { discount, lines: null };
  const indexes = all.flatMap(({ line, product: of }, index) =>
    (names === null || names.includes(line)) && (product === null || of === product) ? [index] : [],
  );
  return { discount, lines: indexes };
}

/** A percentage or a fixed discount. */
export function discountOf(fields: Fields): StackedDiscount {
  return fields.has('percent') ? { percent: fields.text('percent') } : { fixed: fields.text('fixed') };
}

/** Everything but tax must agree; tax may differ by a minor unit a line, since ours is rounded per rate. */
function settle(
  ours: Parameters<typeof compare>[0],
  tax: { taxes: Ratio[]; taxTotal: Ratio; grandTotal: Ratio },
  expected: Json,
  tolerance: Ratio,
): Outcome {
  const fields = fieldsOf(expected, 'expected');
  const published = fields.objects('lines').map((line) => line.decimalOr('tax'));
  const withoutTax = {
    ...(expected as Record<string, Json>),
    lines: fields
      .list('lines')
      .map((line) => ({ ...(line as Record<string, Json>), tax: undefined as never })),
  };
  const rest = Object.fromEntries(
    Object.entries(withoutTax).filter(([name]) => name !== 'taxTotal' && name !== 'grandTotal'),
  );
  const outcome = compare(ours, JSON.parse(JSON.stringify(rest)) as Json);
  if (outcome.status !== 'passed') return outcome;
  const isEqual =
    published.every(
      (figure, index) => figure === null || compareRatios(figure, tax.taxes[index] ?? figure) === 0,
    ) &&
    isSame(tax.taxTotal, fields.text('taxTotal')) &&
    isSame(tax.grandTotal, fields.text('grandTotal'));
  if (isEqual) return outcome;
  const difference = subtractRatios(tax.taxTotal, fields.decimal('taxTotal'));
  const distance =
    compareRatios(difference, ratioOf(0n)) < 0 ? subtractRatios(ratioOf(0n), difference) : difference;
  return compareRatios(distance, tolerance) <= 0
    ? byChoice('tax-is-rounded-per-bill-and-rate', 'all amounts agree; tax is rounded once per rate')
    : failed(`tax total ${fields.text('taxTotal')} is too far from ours`);
}
