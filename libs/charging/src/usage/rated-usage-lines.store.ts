import type { Instant } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { copyCell, copyRows } from '../copy-rows.adapter';
import { partsToJson } from './rated-parts';
import type { RatedLine } from './rate-groups';
import { takesToJson, type UsageFact, type UsagePrice } from './rated-usage';
import { FACT_COLUMNS, OUTCOME_COLUMNS } from './rated-usage.store';

/** Writes newly rated usage with COPY, from lines made by ratedUsageLine. */
export async function copyRatedUsage(tx: Tx, lines: string): Promise<void> {
  await copyRows(tx, `charging.rated_usage (${FACT_COLUMNS}, ${OUTCOME_COLUMNS}, rated_at)`, lines);
}

/**
 * A newly rated usage as copyRatedUsage takes it. Ids, instants, numbers and codes need no escaping; the rest may hold
 * anything.
 * @param priceCells what priceCellsOf made of its price: the same for all that one price has rated
 */
export function ratedUsageLine(
  fact: UsageFact,
  rated: RatedLine,
  priceCells: string,
  ratedAt: Instant,
): string {
  const { lane, usageId, accountId, cardGroupId, period, productId, fileId, isLate, usedAt, quantity } = fact;
  const takes = rated.takes.length === 0 ? '[]' : copyCell(takesToJson(rated.takes));
  return (
    `${lane}\t${usageId}\t${accountId}\t${cardGroupId}\t${period}\t${productId}\t${copyCell(fact.card)}\t` +
    `${copyCell(fact.source)}\t${copyCell(fact.recordId)}\t${fileId ?? '\\N'}\t${isLate}\t${usedAt}\t` +
    `${fact.usageClass}\t${copyCell(fact.peer)}\t${quantity}\t${fact.preratedAmount ?? '\\N'}\t${priceCells}\t` +
    `${rated.unitsTotal}\t${rated.chargedUnits}\t${takes}\t${rated.amount}\t${rated.zeroedByCap}\t` +
    `${copyCell(partsToJson(rated.parts))}\t${ratedAt}\n`
  );
}

/** The cells of a line that say which price has rated. */
export function priceCellsOf(price: UsagePrice): string {
  return (
    `${copyCell(price.offeringCode)}\t${price.offeringVersion}\t${price.bookedProductId}\t` +
    `${copyCell(price.bookedCard)}\t${copyCell(price.chargeCode)}\t${copyCell(price.chargeClass)}\t` +
    `${copyCell(price.taxClass)}\t${copyCell(price.counterKey)}\t${price.unit}`
  );
}
