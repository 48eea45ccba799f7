import { orderingError } from '../ordering.errors';
import type { HeldProduct, PlacedItem } from './basket';

/** The name that a card gets when none is asked for, by what the product is. */
const nameOfSpecification: Readonly<Record<string, string>> = {
  'mobile-main': 'main',
  'mobile-sub': 'sub',
  broadband: 'broadband',
  iptv: 'iptv',
  'fixed-voice': 'fixed',
  'cloud-storage': 'cloud',
};

/**
 * A name for each item, unique among the account's products: the one asked for, else `main`, `sub1`, `sub2`,
 * `broadband`, `iptv`, `iptv2`, … Sub cards are always numbered, others from the second on.
 * @throws DomainError('card_name_taken') for a name that was asked for
 */
export function nameCards(items: readonly PlacedItem[], held: readonly HeldProduct[]): string[] {
  const taken = new Set(held.map((product) => product.card));
  // Names that are asked for come first, so that a default does not take one of them.
  for (const { card, itemNo } of items) {
    if (card === null) continue;
    if (taken.has(card)) throw orderingError('card_name_taken', { item: itemNo, card });
    taken.add(card);
  }
  return items.map((item) => {
    if (item.card !== null) return item.card;
    const card = freeName(baseName(item), item.role === 'sub', taken);
    taken.add(card);
    return card;
  });
}

function baseName(item: PlacedItem): string {
  if (item.role !== 'alone') return item.role;
  const { specification, lineOfBusiness } = item.offer;
  return (specification === null ? undefined : nameOfSpecification[specification]) ?? lineOfBusiness;
}

function freeName(base: string, isNumbered: boolean, taken: ReadonlySet<string>): string {
  if (!isNumbered && !taken.has(base)) return base;
  for (let suffix = isNumbered ? 1 : 2; ; suffix += 1) {
    if (!taken.has(`${base}${suffix}`)) return `${base}${suffix}`;
  }
}
