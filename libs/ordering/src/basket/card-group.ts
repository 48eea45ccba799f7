import { orderingError } from '../ordering.errors';
import type { HeldProduct, PlacedItem } from './basket';

/** A product that sub cards may join. */
interface MainCard {
  productId: string;
  specification: string | null;
  bundleId: string | null;
}

/**
 * The card group of each item: a product whose usage is priced by a main card joins that card's group, every
 * other is its own. In a bundle the main card is the bundle's; otherwise it is the one in the basket, else the
 * only one of the account, unless the item names it.
 * @throws DomainError main_card_missing, main_card_ambiguous
 */
export function cardGroups(items: readonly PlacedItem[], held: readonly HeldProduct[]): string[] {
  const ordered = items.filter((item) => item.offer.usagePricedBy === 'own').map(asMainCard);
  const owned = held.filter((product) => product.isFirm && product.cardGroupId === product.productId);
  return items.map((item) =>
    item.offer.usagePricedBy === 'own' ? item.productId : mainCardOf(item, ordered, owned).productId,
  );
}

function mainCardOf(item: PlacedItem, ordered: readonly MainCard[], owned: readonly MainCard[]): MainCard {
  const specifications = item.offer.sale.requires.map((required) => required.specification);
  const isCandidate = (card: MainCard) =>
    card.specification !== null &&
    specifications.includes(card.specification) &&
    (item.bundle === null || card.bundleId === item.bundle.bundleId) &&
    (item.mainProductId === null || card.productId === item.mainProductId);
  const inBasket = ordered.filter(isCandidate);
  const candidates = inBasket.length > 0 ? inBasket : owned.filter(isCandidate);
  const [card, second] = candidates;
  if (!card) throw orderingError('main_card_missing', { item: item.itemNo, offering: item.offer.code });
  if (second) {
    const mainCards = candidates.map((candidate) => candidate.productId);
    throw orderingError('main_card_ambiguous', { item: item.itemNo, mainCards });
  }
  return card;
}

function asMainCard(item: PlacedItem): MainCard {
  const { productId, offer, bundle } = item;
  return { productId, specification: offer.specification, bundleId: bundle?.bundleId ?? null };
}
