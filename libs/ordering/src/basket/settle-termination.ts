import { orderingError } from '../ordering.errors';
import { isLive, type ProductVersion } from '../product/product';
import type { HeldProduct, SaleContext } from './basket';
import { offerVersion } from './on-sale';
import type { DeleteRequest } from './order-request';

/** All that decides whether products may be terminated; plain data, read under the account's lock. */
export interface TerminationContext {
  offers: SaleContext['offers'];
  /** The latest version of each product that is named. */
  products: readonly ProductVersion[];
  /** What the account owns and what its open orders add: neither may lose what it needs. */
  held: readonly HeldProduct[];
  /** Products that another open order terminates. */
  ending: ReadonlySet<string>;
  /** Products that another open order blocks or frees. */
  changing: ReadonlySet<string>;
}

/**
 * The products that an order terminates, in the order of its items.
 * @throws DomainError product_not_found, product_not_active, product_in_order, product_has_dependents
 */
export function settleTermination(
  items: readonly DeleteRequest[],
  context: TerminationContext,
): ProductVersion[] {
  const ended = items.map(({ productId }) => {
    const product = context.products.find((candidate) => candidate.state.productId === productId);
    if (!product) throw orderingError('product_not_found', { productId });
    if (!isLive(product.state)) throw orderingError('product_not_active', { productId });
    if (context.ending.has(productId) || context.changing.has(productId))
      throw orderingError('product_in_order', { productId });
    return product;
  });
  refuseLeavingDependents(ended, context);
  return ended;
}

/** Sub cards go with their main card, and what needs a line goes with the last such line. */
function refuseLeavingDependents(ended: readonly ProductVersion[], context: TerminationContext): void {
  const endedIds = new Set(ended.map((product) => product.state.productId));
  const staying = context.held.filter(
    (product) => !endedIds.has(product.productId) && !context.ending.has(product.productId),
  );
  const lost = new Set(ended.map((product) => product.specification));
  const left = new Set(staying.map((product) => product.specification));
  const dependents = staying.filter((product) => {
    if (product.cardGroupId !== product.productId && endedIds.has(product.cardGroupId)) return true;
    const { requires } = offerVersion(context, product.offeringCode, product.offeringVersion).sale;
    const neededFromEnded = requires.some((required) => lost.has(required.specification));
    return neededFromEnded && !requires.some((required) => left.has(required.specification));
  });
  if (dependents.length > 0) {
    const products = dependents.map(({ productId, card }) => ({ productId, card }));
    throw orderingError('product_has_dependents', { products });
  }
}
