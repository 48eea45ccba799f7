import type { LocalDate } from '@ronghe/kernel';
import type { FieldPath } from './authored-file';
import type { Located, ProblemList } from './authored-set';
import type { AuthoredTariff, AuthoredUsagePrice } from './usage-price-schema';

interface DatedPrice {
  index: number;
  from: LocalDate;
  to: LocalDate | null;
}

/** Prices of one class in a tariff: one without dates, or several that follow each other without gap or overlap. */
export function checkPriceDates(tariff: Located<AuthoredTariff>, list: ProblemList): void {
  const { prices } = tariff.value;
  prices.forEach(({ code, usage, inForce }, index) => {
    const other = prices.findIndex((candidate) => candidate.code === code && candidate.usage !== usage);
    if (other !== -1 && other < index) {
      list.add(tariff, ['prices', index, 'code'], `${code} is already the price of ${prices[other]?.usage}`);
    }
    if (inForce?.to !== undefined && inForce.to <= inForce.from) {
      list.add(tariff, ['prices', index, 'inForce', 'to'], 'must be after from');
    }
  });
  for (const usage of new Set(prices.map((price) => price.usage))) checkClass(tariff, usage, list);
}

function checkClass(
  tariff: Located<AuthoredTariff>,
  usage: AuthoredUsagePrice['usage'],
  list: ProblemList,
): void {
  const all = tariff.value.prices.map((price, index) => ({ price, index }));
  const ofClass = all.filter(({ price }) => price.usage === usage);
  const dated = ofClass
    .flatMap(({ price: { inForce }, index }): DatedPrice[] =>
      inForce ? [{ index, from: inForce.from, to: inForce.to ?? null }] : [],
    )
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.index - b.index));
  if (ofClass.length > 1) {
    for (const { price, index } of ofClass.filter(({ price: { inForce } }) => !inForce)) {
      list.add(tariff, ['prices', index], `${usage} has several prices: ${price.code} needs inForce`);
    }
  }
  dated.forEach((price, position) => checkFollows(tariff, usage, price, dated[position - 1], list));
  const last = dated.at(-1);
  if (last?.to != null) {
    list.add(tariff, fieldOf(last, 'to'), `leaves ${usage} without a price from ${last.to} on`);
  }
}

function checkFollows(
  tariff: Located<AuthoredTariff>,
  usage: string,
  price: DatedPrice,
  before: DatedPrice | undefined,
  list: ProblemList,
): void {
  if (!before) return;
  const name = `prices[${before.index}]`;
  if (before.to === null) {
    list.add(tariff, fieldOf(price, 'from'), `overlaps ${name}, which has no end`);
  } else if (before.to > price.from) {
    list.add(tariff, fieldOf(price, 'from'), `overlaps ${name}, which ends ${before.to}`);
  } else if (before.to < price.from) {
    list.add(
      tariff,
      fieldOf(price, 'from'),
      `leaves ${usage} without a price from ${before.to}, where ${name} ends`,
    );
  }
}

function fieldOf(price: DatedPrice, name: 'from' | 'to'): FieldPath {
  return ['prices', price.index, 'inForce', name];
}
