import { countNumbers, isNumberKind } from '../product/product';
import { orderingError } from '../ordering.errors';
import type { HeldProduct, PlacedItem, SaleContext, SaleItem } from './basket';

/** What an offering needs beside it, on the account or in the basket. @throws DomainError offer_requires */
export function refuseMissingRequirements(items: readonly PlacedItem[], held: readonly HeldProduct[]): void {
  const specifications = new Set([
    ...held.filter((product) => product.isFirm).map((product) => product.specification),
    ...items.map((item) => item.offer.specification),
  ]);
  for (const { offer, itemNo } of items) {
    const needed = offer.sale.requires.map((required) => required.specification);
    if (needed.length > 0 && !needed.some((specification) => specifications.has(specification))) {
      throw orderingError('offer_requires', { item: itemNo, offering: offer.code, oneOf: needed });
    }
  }
}

/** How often an offering may be held by one account or in one card group. @throws DomainError offer_limit_reached */
export function refuseTooManyOfAnOffer(items: readonly SaleItem[], held: readonly HeldProduct[]): void {
  for (const { offer, itemNo, cardGroupId } of items) {
    const limit = offer.sale.atMost;
    if (!limit) continue;
    const isCounted = (code: string, group: string) =>
      code === offer.code && (limit.per === 'account' || group === cardGroupId);
    const wished =
      held.filter((product) => isCounted(product.offeringCode, product.cardGroupId)).length +
      items.filter((item) => isCounted(item.offer.code, item.cardGroupId)).length;
    if (wished > limit.count) {
      const details = { item: itemNo, offering: offer.code, maximum: limit.count, per: limit.per, wished };
      throw orderingError('offer_limit_reached', details);
    }
  }
}

/** The real-name rule: so many numbers on one identity document, over all accounts. @throws DomainError number_limit_reached */
export function refuseTooManyNumbers(
  items: readonly SaleItem[],
  context: Pick<SaleContext, 'numbersInUse' | 'policy'>,
): void {
  const ordered = items.reduce((sum, item) => sum + countNumbers(item.offer.resourceNeeds), 0);
  const maximum = context.policy.numbersPerIdentityDocument;
  if (ordered > 0 && context.numbersInUse + ordered > maximum) {
    throw orderingError('number_limit_reached', { inUse: context.numbersInUse, ordered, maximum });
  }
}

/** A number can be chosen only for what has one. @throws DomainError requested_number_invalid */
export function refuseNumberWithoutNeed(items: readonly PlacedItem[]): void {
  for (const { offer, itemNo, requestedNumber } of items) {
    if (requestedNumber !== null && !offer.resourceNeeds.some(isNumberKind)) {
      throw orderingError('requested_number_invalid', { item: itemNo, offering: offer.code });
    }
  }
}
