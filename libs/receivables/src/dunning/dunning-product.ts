import type { BlockReason, LineOfBusiness, ProductState, ServiceClass } from '@ronghe/contracts';
import { localDateOf, type LocalDate } from '@ronghe/kernel';
import type { Stop } from './dunning-state';

/** The reason of every block that dunning places. */
export const DUNNING_REASON: BlockReason = 'dunning';

/** A live product of an account, as dunning sees it. */
export interface DunnedProduct {
  product: ProductState;
  lineOfBusiness: LineOfBusiness | null;
}

/** The service class of a product by the line of business of its offer; null for what dunning does not stop. */
export function serviceClassOf(line: LineOfBusiness | null): ServiceClass | null {
  switch (line) {
    case 'mobile':
    case 'broadband':
    case 'iptv':
      return line;
    case 'fixed-voice':
      return 'fixed';
    case 'cloud':
    case 'convergent':
    case null:
      return null;
  }
}

/** The products to order for: cards and packs that go with a main card of the account follow it. */
export function headsOf(products: readonly DunnedProduct[]): DunnedProduct[] {
  const known = new Set(products.map(({ product }) => product.productId));
  return products.filter(
    ({ product }) => product.cardGroupId === product.productId || !known.has(product.cardGroupId),
  );
}

/** What dunning has stopped of a product. */
export function dunningBlockOf({ blocks }: ProductState) {
  return (blocks ?? []).find(({ reason, to }) => reason === DUNNING_REASON && to === null);
}

/** The day on which the last of the products was stopped wholly; null while one is not, or there is none. */
export function stoppedSince(heads: readonly DunnedProduct[], zone: string): LocalDate | null {
  const blocks = heads.map(({ product }) => dunningBlockOf(product));
  const days = blocks.map((block) => (block?.kind === 'full-stop' ? localDateOf(block.from, zone) : null));
  return days.some((day) => day === null) ? null : (days.sort().at(-1) ?? null);
}

/** What is wanted of a product. */
export interface WantedStop {
  productId: string;
  wanted: Stop;
}
