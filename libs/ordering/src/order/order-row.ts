import type { BlockKind, BlockReason, ProductResource, ProductRole } from '@ronghe/contracts';
import { instantFromDate } from '@ronghe/kernel';
import type { OrderReason, OrderState } from './order';
import { bundleOf, type OrderItemRecord, type OrderRecord, type OrderStateRecord } from './order-record';

/** Columns of ordering.product_order as the driver gives them. */
export interface OrderRow {
  order_id: string;
  customer_id: string;
  account_id: string;
  lane: number;
  kind: OrderRecord['kind'];
  state: OrderState;
  version: number;
  reason_code: string | null;
  reason_text: string | null;
  bundle_id: string | null;
  bundle_offering_code: string | null;
  bundle_offering_version: number | null;
  quote_id: string | null;
  placed_by: string;
  channel: string;
  sales_channel: string | null;
  placed_at: Date;
  effective_at: Date | null;
  backdate_reason: string | null;
  hold_until: Date;
  changed_at: Date;
  finished_at: Date | null;
}

/** Columns of ordering.order_item as the driver gives them. */
export interface ItemRow {
  order_id: string;
  item_no: number;
  action: OrderItemRecord['action'];
  product_id: string;
  offering_code: string;
  offering_version: number;
  specification: string | null;
  role: ProductRole;
  card: string;
  bundle_id: string | null;
  bundle_offering_code: string | null;
  bundle_offering_version: number | null;
  card_group_id: string;
  requested_number: string | null;
  online_classes: string[];
  number_count: number;
  resources: ProductResource[];
  block_reason: BlockReason | null;
  block_kind: BlockKind | null;
  barring: BlockKind | null;
  address: string | null;
  replaced: ProductResource[];
}

/** Columns of ordering.order_state as the driver gives them. */
export interface StateRow {
  order_id: string;
  sequence: number;
  state: OrderState;
  reason_code: string | null;
  reason_text: string | null;
  at: Date;
  recorded_by: string;
}

/** An order from its row. */
export function orderFromRow(row: OrderRow): OrderRecord {
  return {
    orderId: row.order_id,
    customerId: row.customer_id,
    accountId: row.account_id,
    lane: row.lane,
    kind: row.kind,
    state: row.state,
    version: row.version,
    reason: reasonOf(row),
    bundle: bundleOf(row.bundle_id, row.bundle_offering_code, row.bundle_offering_version),
    quoteId: row.quote_id,
    placedBy: row.placed_by,
    channel: row.channel,
    salesChannel: row.sales_channel,
    placedAt: instantFromDate(row.placed_at),
    effectiveAt: row.effective_at === null ? null : instantFromDate(row.effective_at),
    backdateReason: row.backdate_reason,
    holdUntil: instantFromDate(row.hold_until),
    changedAt: instantFromDate(row.changed_at),
    finishedAt: row.finished_at === null ? null : instantFromDate(row.finished_at),
  };
}

/** An item from its row. */
export function itemFromRow(row: ItemRow): OrderItemRecord {
  return {
    itemNo: row.item_no,
    action: row.action,
    productId: row.product_id,
    offeringCode: row.offering_code,
    offeringVersion: row.offering_version,
    specification: row.specification,
    role: row.role,
    card: row.card,
    bundle: bundleOf(row.bundle_id, row.bundle_offering_code, row.bundle_offering_version),
    cardGroupId: row.card_group_id,
    requestedNumber: row.requested_number,
    onlineClasses: row.online_classes,
    numberCount: row.number_count,
    resources: row.resources,
    blockReason: row.block_reason,
    blockKind: row.block_kind,
    barring: row.barring,
    address: row.address,
    replaced: row.replaced,
  };
}

/** A step of the history from its row. */
export function stateFromRow(row: StateRow): OrderStateRecord {
  return {
    sequence: row.sequence,
    state: row.state,
    reason: reasonOf(row),
    at: instantFromDate(row.at),
    recordedBy: row.recorded_by,
  };
}

/** Parameters of one item, in the order of the columns after order_id. */
export function itemToRow(item: OrderItemRecord): unknown[] {
  return [
    item.itemNo,
    item.action,
    item.productId,
    item.offeringCode,
    item.offeringVersion,
    item.specification,
    item.role,
    item.card,
    item.bundle?.bundleId ?? null,
    item.bundle?.offeringCode ?? null,
    item.bundle?.offeringVersion ?? null,
    item.cardGroupId,
    item.requestedNumber,
    item.onlineClasses,
    item.numberCount,
    JSON.stringify(item.resources),
    item.blockReason,
    item.blockKind,
    item.barring,
    item.address,
    JSON.stringify(item.replaced),
  ];
}

function reasonOf(row: { reason_code: string | null; reason_text: string | null }): OrderReason | null {
  return row.reason_code === null
    ? null
    : { code: row.reason_code, text: row.reason_text ?? row.reason_code };
}
