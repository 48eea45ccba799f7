import type { HrefOf } from '@ronghe/contracts';
import { publicState } from '../order/order';
import type { OrderItemRecord, OrderRecord } from '../order/order-record';
import { PRODUCT_ORDERS, PRODUCTS } from './tmf-product';

/** Id of the item that stands for the bundle; its members are nested in it. */
export const BUNDLE_ITEM_ID = 'bundle';

/** An order as a ProductOrder of TMF622 v4. */
export function toTmfProductOrder(
  order: OrderRecord,
  items: readonly OrderItemRecord[],
  hrefOf: HrefOf,
): Record<string, unknown> {
  const state = publicState(order.state);
  return {
    id: order.orderId,
    href: hrefOf(PRODUCT_ORDERS, order.orderId),
    '@type': 'ProductOrder',
    state,
    orderDate: order.placedAt,
    ...(order.effectiveAt === null ? {} : { requestedStartDate: order.effectiveAt }),
    ...(state === 'completed' && order.finishedAt ? { completionDate: order.finishedAt } : {}),
    ...(state === 'cancelled' && order.finishedAt ? { cancellationDate: order.finishedAt } : {}),
    ...(state === 'cancelled' && order.reason ? { cancellationReason: order.reason.text } : {}),
    // The standard has no attribute for why an order failed: a note says it.
    ...(state === 'failed' && order.reason ? { note: [failureNote(order)] } : {}),
    billingAccount: { id: order.accountId, '@referredType': 'BillingAccount' },
    relatedParty: [{ id: order.customerId, role: 'customer', '@referredType': 'Customer' }],
    ...(order.quoteId === null ? {} : { quote: [{ id: order.quoteId, '@referredType': 'Quote' }] }),
    productOrderItem: toTmfItems(order, items, state, hrefOf),
  };
}

function failureNote(order: OrderRecord): Record<string, unknown> {
  return { text: `${order.reason?.code}: ${order.reason?.text}`, date: order.changedAt, author: 'ordering' };
}

function toTmfItems(
  order: OrderRecord,
  items: readonly OrderItemRecord[],
  state: string,
  hrefOf: HrefOf,
): Record<string, unknown>[] {
  const own = items.map((item) => toTmfItem(item, state, hrefOf));
  if (!order.bundle) return own;
  const { offeringCode } = order.bundle;
  const bundle = {
    id: BUNDLE_ITEM_ID,
    quantity: 1,
    action: 'add',
    state,
    productOffering: { id: offeringCode, '@referredType': 'ProductOffering' },
    productOrderItem: own,
  };
  return [bundle];
}

/** TMF622 knows no suspension: it is a modification of a product's status. */
const tmfActions: Record<OrderItemRecord['action'], string> = {
  add: 'add',
  delete: 'delete',
  change: 'modify',
  move: 'modify',
  suspend: 'modify',
  resume: 'modify',
};

function blockText({ action, blockReason, blockKind }: OrderItemRecord): string {
  return action === 'suspend' ? `suspend: ${blockReason}, ${blockKind}` : `resume: ${blockReason}`;
}

function toTmfItem(item: OrderItemRecord, state: string, hrefOf: HrefOf): Record<string, unknown> {
  const exists = item.action !== 'add' || state === 'completed';
  return {
    id: String(item.itemNo),
    quantity: 1,
    action: tmfActions[item.action],
    state,
    productOffering: { id: item.offeringCode, '@referredType': 'ProductOffering' },
    product: {
      id: item.productId,
      ...(exists ? { href: hrefOf(PRODUCTS, item.productId) } : {}),
      // Characteristics have no value in this version of TMF622: the card is the product's name.
      name: item.card,
      isBundle: false,
      ...(item.blockReason === null
        ? {}
        : { status: item.barring === null ? 'active' : 'suspended', description: blockText(item) }),
      realizingResource: item.resources.map(({ resourceId, kind, value }) => ({
        id: resourceId,
        value,
        '@referredType': kind,
      })),
    },
  };
}
