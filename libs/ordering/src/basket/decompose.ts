import type {
  BlockKind,
  HeldResource,
  ProductResource,
  ResourceRequest,
  ServiceRequest,
} from '@ronghe/contracts';
import { isNumberKind } from '../product/product';

/** What an order item needs from stock and what it switches, whatever it does to the product. */
export interface DecomposableItem {
  itemNo: number;
  productId: string;
  /** Null for a product without a service of its own. */
  specification: string | null;
  characteristics: Record<string, string>;
  resourceNeeds: readonly ProductResource['kind'][];
  requestedNumber: string | null;
  resources: readonly ProductResource[];
  /** What is to be stopped, where the order blocks or frees the product; else null. */
  barring: BlockKind | null;
}

/** The resources that a sale needs: one slot per need, `1/sim`, `1/sim-2`. */
export function resourceRequests(items: readonly DecomposableItem[]): ResourceRequest[] {
  return items.flatMap((item) => {
    let requestedNumber = item.requestedNumber;
    const counts = new Map<string, number>();
    return item.resourceNeeds.map((kind) => {
      const count = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, count);
      const slot = `${item.itemNo}/${kind}${count === 1 ? '' : `-${count}`}`;
      if (requestedNumber === null || !isNumberKind(kind)) return { slot, kind };
      const value = requestedNumber;
      requestedNumber = null;
      return { slot, kind, value };
    });
  });
}

/** Which held resources belong to an item, in the order of its needs. */
export function resourcesOfItem(itemNo: number, held: readonly HeldResource[]): ProductResource[] {
  const slots = `${itemNo}/`;
  return held
    .filter((resource) => resource.slot.startsWith(slots))
    .map(({ resourceId, kind, value, grade }) => ({
      resourceId,
      kind,
      value,
      ...(grade === undefined ? {} : { grade }),
    }));
}

/** The services to switch, for the items that have one. */
export function serviceRequests(items: readonly DecomposableItem[]): ServiceRequest[] {
  return items.flatMap(({ productId, specification, characteristics, resources, barring }) =>
    specification === null
      ? []
      : [{ productId, specification, characteristics, resources: [...resources], barring }],
  );
}
