import { Injectable } from '@nestjs/common';
import type {
  ProductBlock,
  ProductMove,
  ProductTerms,
  ProductResource,
  ProductRole,
} from '@ronghe/contracts';
import { instantFromDate, isId, type Instant } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { countNumbers, type ProductCause, type ProductVersion } from './product';

interface ProductRow {
  product_id: string;
  version: number;
  customer_id: string;
  account_id: string;
  lane: number;
  order_id: string;
  order_item_no: number;
  offering_code: string;
  offering_version: number;
  specification: string | null;
  role: ProductRole;
  card: string;
  bundle_id: string | null;
  bundle_offering_code: string | null;
  bundle_offering_version: number | null;
  card_group_id: string;
  resources: ProductResource[];
  online_classes: string[];
  blocks: ProductBlock[];
  earlier_terms: ProductTerms[];
  moves: ProductMove[];
  channel: string | null;
  changed_from: Date | null;
  effective_from: Date;
  effective_to: Date | null;
  recorded_at: Date;
  recorded_by: string;
  cause: ProductCause;
}

/** Which products to list: whose, and from where on. */
export interface ProductFilter {
  by: 'customer_id' | 'account_id';
  ids: readonly string[];
  liveOnly: boolean;
}

const NUMBER_OF_COLUMNS = 29;

/** Installed products: append-only versions. */
@Injectable()
export class ProductStore {
  /**
   * Records new versions in one statement each for what they supersede and what is new. The exclusion constraint
   * refuses versions that overlap, the unique index a card name that is taken.
   */
  async record(tx: Tx, versions: readonly ProductVersion[]): Promise<void> {
    if (versions.length === 0) return;
    await tx.execute(
      `update ordering.product_version p set superseded_at = n.recorded_at
       from unnest($1::uuid[], $2::timestamptz[]) as n (product_id, recorded_at)
       where p.product_id = n.product_id and p.superseded_at is null`,
      [versions.map((each) => each.state.productId), versions.map((each) => each.recordedAt)],
    );
    const places = versions.map((_, row) => placeholders(row * NUMBER_OF_COLUMNS)).join(', ');
    await tx.execute(
      `insert into ordering.product_version
         (product_id, version, customer_id, account_id, lane, order_id, order_item_no, offering_code, offering_version,
          specification, role, card, bundle_id, bundle_offering_code, bundle_offering_version, card_group_id, resources,
          online_classes, number_count, blocks, earlier_terms, moves, channel, changed_from, effective_from, effective_to, recorded_at,
          recorded_by, cause)
       values ${places}`,
      versions.flatMap(toRow),
    );
  }

  /** The latest version of each product; ids that name none are left out. Locked, with `lock`, until the end of tx. */
  async latest(
    tx: Tx,
    productIds: readonly string[],
    options: { lock?: boolean } = {},
  ): Promise<ProductVersion[]> {
    const rows = await tx.query<ProductRow>(
      `select * from ordering.product_version where product_id = any($1::uuid[]) and superseded_at is null
       order by product_id ${options.lock ? 'for update' : ''}`,
      [productIds.filter(isId)],
    );
    return rows.map(fromRow);
  }

  /** Every version of many products, oldest first: what was in force, and since when that was known. */
  async histories(tx: Tx, productIds: readonly string[]): Promise<ProductVersion[]> {
    const rows = await tx.query<ProductRow>(
      `select * from ordering.product_version where product_id = any($1::uuid[]) order by product_id, version`,
      [productIds.filter(isId)],
    );
    return rows.map(fromRow);
  }

  /** The products in force on an account. */
  async liveOfAccount(tx: Tx, accountId: string): Promise<ProductVersion[]> {
    const rows = await tx.query<ProductRow>(
      `select * from ordering.product_version
       where account_id = $1 and superseded_at is null and effective_to is null order by product_id`,
      [accountId],
    );
    return rows.map(fromRow);
  }

  /** Products of many owners at once, at most `limit` for each, by id, after one id. */
  async list(tx: Tx, filter: ProductFilter, limit: number, after: string | null): Promise<ProductVersion[]> {
    const rows = await tx.query<ProductRow>(
      `select p.* from unnest($1::uuid[]) as owner (id), lateral (
         select * from ordering.product_version
         where ${filter.by} = owner.id and superseded_at is null
           and ($2::uuid is null or product_id > $2) and (not $3 or effective_to is null)
         order by product_id limit $4
       ) p order by p.product_id`,
      [filter.ids.filter(isId), after, filter.liveOnly, limit],
    );
    return rows.map(fromRow);
  }

  /** One page by position, as TMF637 pages, and how many there are in all. */
  async page(
    tx: Tx,
    customerId: string | null,
    page: { offset: number; limit: number },
  ): Promise<{ total: number; products: ProductVersion[] }> {
    const filter = `superseded_at is null and ($1::uuid is null or customer_id = $1)`;
    const [count] = await tx.query<{ total: string }>(
      `select count(*) as total from ordering.product_version where ${filter}`,
      [customerId],
    );
    const rows = await tx.query<ProductRow>(
      `select * from ordering.product_version where ${filter} order by product_id offset $2 limit $3`,
      [customerId, page.offset, page.limit],
    );
    return { total: Number(count?.total ?? 0), products: rows.map(fromRow) };
  }

  /** Numbers in force on a customer's identity document. */
  async countNumbersOfCustomer(tx: Tx, customerId: string): Promise<number> {
    const [row] = await tx.query<{ numbers: string }>(
      `select coalesce(sum(number_count), 0) as numbers from ordering.product_version
       where customer_id = $1 and superseded_at is null and effective_to is null`,
      [customerId],
    );
    return Number(row?.numbers ?? 0);
  }
}

function placeholders(offset: number): string {
  return `(${Array.from({ length: NUMBER_OF_COLUMNS }, (_, column) => `$${offset + column + 1}`).join(', ')})`;
}

function toRow(product: ProductVersion): unknown[] {
  const { version, state, orderItemNo, specification, recordedAt, recordedBy, cause } = product;
  return [
    state.productId,
    version,
    state.customerId,
    state.accountId,
    state.lane,
    state.orderId,
    orderItemNo,
    state.offeringCode,
    state.offeringVersion,
    specification,
    state.role,
    state.card,
    state.bundleId,
    state.bundleOfferingCode,
    state.bundleOfferingVersion,
    state.cardGroupId,
    JSON.stringify(state.resources),
    state.onlineClasses,
    countNumbers(state.resources.map((resource) => resource.kind)),
    JSON.stringify(state.blocks ?? []),
    JSON.stringify(state.earlierTerms ?? []),
    JSON.stringify(state.moves ?? []),
    state.channel ?? null,
    state.changedFrom ?? null,
    state.effectiveFrom,
    state.effectiveTo,
    recordedAt,
    recordedBy,
    cause,
  ];
}

function fromRow(row: ProductRow): ProductVersion {
  return {
    version: row.version,
    orderItemNo: row.order_item_no,
    specification: row.specification,
    recordedAt: instantFromDate(row.recorded_at),
    recordedBy: row.recorded_by,
    cause: row.cause,
    state: {
      productId: row.product_id,
      customerId: row.customer_id,
      accountId: row.account_id,
      lane: row.lane,
      orderId: row.order_id,
      offeringCode: row.offering_code,
      offeringVersion: row.offering_version,
      role: row.role,
      card: row.card,
      bundleId: row.bundle_id,
      bundleOfferingCode: row.bundle_offering_code,
      bundleOfferingVersion: row.bundle_offering_version,
      cardGroupId: row.card_group_id,
      resources: row.resources,
      onlineClasses: row.online_classes,
      effectiveFrom: instantFromDate(row.effective_from),
      effectiveTo: toInstant(row.effective_to),
      ...(row.blocks.length === 0 ? {} : { blocks: row.blocks }),
      ...(row.earlier_terms.length === 0 ? {} : { earlierTerms: row.earlier_terms }),
      ...(row.moves.length === 0 ? {} : { moves: row.moves }),
      ...(row.channel === null ? {} : { channel: row.channel }),
      ...(row.changed_from === null ? {} : { changedFrom: instantFromDate(row.changed_from) }),
    },
  };
}

function toInstant(date: Date | null): Instant | null {
  return date === null ? null : instantFromDate(date);
}
