import type { Instant } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { BinaryRows } from '../binary-rows';
import { copyBinaryRows } from '../copy-binary-rows.adapter';
import { partsToJson } from './rated-parts';
import type { RatedLine } from './rate-groups';
import { takesToJson, type UsageFact, type UsagePrice } from './rated-usage';

/** What usage of one product by one price, out of one file, has in common; then what differs. */
const COLUMNS = `lane, account_id, card_group_id, period, product_id, card, source, file_id, offering_code, offering_version,
  booked_product_id, booked_card, charge_code, charge_class, tax_class, counter_key, unit, rated_at,
  usage_id, record_id, is_late, used_at, usage_class, peer, quantity, prerated_amount, units_total, units_charged, takes,
  amount, zeroed_by_cap, parts`;
const COLUMN_COUNT = COLUMNS.split(',').length;

/** Writes newly rated usage with COPY, from rows made by writeRatedUsage. */
export async function copyRatedUsage(tx: Tx, rows: BinaryRows): Promise<void> {
  await copyBinaryRows(tx, `charging.rated_usage (${COLUMNS})`, rows);
}

/** What the rows of a product's usage by one price, out of one file, begin with. */
export function headOfRatedUsage(fact: UsageFact, price: UsagePrice, ratedAt: Instant): Buffer {
  return BinaryRows.headOf(COLUMN_COUNT, (cells) => {
    cells.smallint(fact.lane);
    cells.uuid(fact.accountId);
    cells.uuid(fact.cardGroupId);
    cells.text(fact.period);
    cells.uuid(fact.productId);
    cells.text(fact.card);
    cells.text(fact.source);
    if (fact.fileId === null) cells.nothing();
    else cells.uuid(fact.fileId);
    cells.text(price.offeringCode);
    cells.integer(price.offeringVersion);
    cells.uuid(price.bookedProductId);
    cells.text(price.bookedCard);
    cells.text(price.chargeCode);
    cells.text(price.chargeClass);
    cells.text(price.taxClass);
    cells.text(price.counterKey);
    cells.text(price.unit);
    cells.instant(ratedAt);
  });
}

/** Adds a newly rated usage as copyRatedUsage takes it. @param head what headOfRatedUsage made */
export function writeRatedUsage(rows: BinaryRows, head: Buffer, fact: UsageFact, rated: RatedLine): void {
  rows.begin(head);
  rows.uuid(fact.usageId);
  rows.text(fact.recordId);
  rows.bool(fact.isLate);
  rows.instant(fact.usedAt);
  rows.text(fact.usageClass);
  if (fact.peer === null) rows.nothing();
  else rows.text(fact.peer);
  rows.bigint(fact.quantity);
  if (fact.preratedAmount === undefined || fact.preratedAmount === null) rows.nothing();
  else rows.bigint(fact.preratedAmount);
  rows.bigint(rated.unitsTotal);
  rows.bigint(rated.chargedUnits);
  rows.jsonb(rated.takes.length === 0 ? '[]' : takesToJson(rated.takes));
  rows.bigint(rated.amount);
  rows.bool(rated.zeroedByCap);
  const parts = partsToJson(rated.parts);
  if (parts === null) rows.nothing();
  else rows.jsonb(parts);
}
