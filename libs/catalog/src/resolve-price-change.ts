import type { OfferDocument, PriceChange } from '@ronghe/contracts';
import type { Located, ProblemList } from './authored-set';
import type { AuthoredOffer, AuthoredPriceChange } from './offer-schema';

/** Price changes as documents; whose prices they change is looked up once all offers are known. */
export function resolvePriceChanges(at: Located<AuthoredOffer>, list: ProblemList): PriceChange[] {
  return at.value.priceChanges.flatMap((change, index) => {
    const field = ['priceChanges', index];
    if (at.value.priceChanges.findIndex(({ code }) => code === change.code) !== index) {
      list.add(at, [...field, 'code'], `${change.code} is there twice`);
    }
    const of = targetOf(change);
    const to = outcomeOf(change);
    if (!of) list.add(at, [...field, 'of'], 'needs either an offer or a specification');
    if (!to) list.add(at, [...field, change.to ? 'percentLess' : 'to'], 'needs either to or percentLess');
    if (!of || !to) return [];
    const { code, label, within, price = null, priority } = change;
    return [{ code, label, of, within, price, to, priority }];
  });
}

function targetOf({ of }: AuthoredPriceChange): PriceChange['of'] | null {
  if (of.offer !== undefined && of.specification === undefined) return { offering: of.offer };
  if (of.specification !== undefined && of.offer === undefined) return { specification: of.specification };
  return null;
}

function outcomeOf({ to, percentLess }: AuthoredPriceChange): PriceChange['to'] | null {
  if (to !== undefined && percentLess === undefined) return { amount: to };
  if (percentLess !== undefined && to === undefined) return { percentLess };
  return null;
}

/** Price changes against the offers that they are about: such products exist, and have the price. */
export function checkPriceChanges(offers: readonly Located<OfferDocument>[], list: ProblemList): void {
  const documents = offers.map(({ value }) => value);
  for (const at of offers) {
    (at.value.priceChanges ?? []).forEach((change, index) => {
      const field = ['priceChanges', index];
      const { of } = change;
      const targets = documents.filter((offer) =>
        'offering' in of ? offer.code === of.offering : offer.specification === of.specification,
      );
      if (targets.length === 0) {
        const [name, target] =
          'offering' in of ? ['offer', of.offering] : ['specification', of.specification];
        list.add(at, [...field, 'of', name], `unknown ${name} ${target}, or no product has it`);
        return;
      }
      checkPrice(at, change, targets, index, list);
    });
  }
}

function checkPrice(
  at: Located<OfferDocument>,
  change: PriceChange,
  targets: readonly OfferDocument[],
  index: number,
  list: ProblemList,
): void {
  const field = ['priceChanges', index];
  const has = (prices: readonly { code: string }[]) => prices.some(({ code }) => code === change.price);
  const isFee = targets.some(({ recurringPrices }) => has(recurringPrices));
  const isUsage = targets.some(({ usagePrices }) => has(usagePrices));
  if (change.price === null) {
    if (targets.some(({ recurringPrices }) => recurringPrices.length > 0)) return;
    list.add(at, [...field, 'of'], 'has no fee that could change');
  } else if (!isFee && !isUsage) {
    list.add(at, [...field, 'price'], `no product that is meant has a price ${change.price}`);
  } else if (isUsage && 'amount' in change.to) {
    list.add(at, [...field, 'to'], `${change.price} is a usage price: only percentLess can change it`);
  }
}
