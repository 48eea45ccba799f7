import type { LineOfBusiness, ProductResource, ResourceKind } from '@ronghe/contracts';
import { orderingError } from '../ordering.errors';
import { isLive, type ProductVersion } from '../product/product';
import type { SaleContext } from './basket';
import { offerVersion } from './on-sale';
import type { MoveRequest } from './order-request';

/** All that decides whether products may be moved; plain data, read under the account's lock. */
export interface MoveContext extends Pick<SaleContext, 'offers'> {
  /** The latest version of each product that is named. */
  products: readonly ProductVersion[];
  /** Products that another open order ends, changes, moves, blocks or frees. */
  changing: ReadonlySet<string>;
}

/** A product that is moved, and what of its resources is given back for others of the same kinds. */
export interface SettledMove {
  product: ProductVersion;
  address: string;
  replaced: ProductResource[];
}

/**
 * The products that an order moves to another address. What their offers say is renewed (a port) is taken anew, the rest stays:
 * the number above all.
 * @throws DomainError product_not_found, product_not_active, product_in_order, product_not_movable
 */
export function settleMove(items: readonly MoveRequest[], context: MoveContext): SettledMove[] {
  return items.map(({ productId, address }) => {
    const product = context.products.find(({ state }) => state.productId === productId);
    if (!product) throw orderingError('product_not_found', { productId });
    if (!isLive(product.state)) throw orderingError('product_not_active', { productId });
    if (context.changing.has(productId)) throw orderingError('product_in_order', { productId });
    const { offeringCode, offeringVersion, resources } = product.state;
    const { move, lineOfBusiness } = offerVersion(context, offeringCode, offeringVersion);
    if (!move && !movable.has(lineOfBusiness))
      throw orderingError('product_not_movable', { productId, offering: offeringCode });
    const renews = move?.renews ?? renewedByDefault;
    return { product, address, replaced: resources.filter(({ kind }) => renews.includes(kind)) };
  });
}

/** Where an offer says nothing, what lies at an address moves without a fee and gets another port. */
const movable: ReadonlySet<LineOfBusiness> = new Set(['broadband', 'iptv', 'fixed-voice']);
const renewedByDefault: readonly ResourceKind[] = ['optical_terminal'];
