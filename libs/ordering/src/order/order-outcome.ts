import type { Instant } from '@ronghe/kernel';
import type { ProductVersion } from '../product/product';
import type { OrderItemRecord, OrderRecord } from './order-record';

/** The products that a completed sale installs, in force from its day, else from now. */
export function installedProducts(
  order: OrderRecord,
  items: readonly OrderItemRecord[],
  now: Instant,
  recordedBy: string,
): ProductVersion[] {
  return items.map((item) => ({
    version: 1,
    orderItemNo: item.itemNo,
    specification: item.specification,
    recordedAt: now,
    recordedBy,
    cause: 'activated',
    state: {
      productId: item.productId,
      customerId: order.customerId,
      accountId: order.accountId,
      lane: order.lane,
      orderId: order.orderId,
      offeringCode: item.offeringCode,
      offeringVersion: item.offeringVersion,
      role: item.role,
      card: item.card,
      bundleId: item.bundle?.bundleId ?? null,
      bundleOfferingCode: item.bundle?.offeringCode ?? null,
      bundleOfferingVersion: item.bundle?.offeringVersion ?? null,
      cardGroupId: item.cardGroupId,
      resources: item.resources,
      onlineClasses: item.onlineClasses,
      effectiveFrom: order.effectiveAt ?? now,
      effectiveTo: null,
      ...(order.salesChannel === null ? {} : { channel: order.salesChannel }),
    },
  }));
}
