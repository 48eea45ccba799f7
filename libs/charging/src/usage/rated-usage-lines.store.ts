import type { Instant } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { copyCell, copyRows } from '../copy-rows.adapter';
import { partsToJson } from './rated-parts';
import type { RatedLine } from './rate-groups';
import { takesToJson, type UsageFact, type UsagePrice } from './rated-usage';
import { FACT_COLUMNS, OUTCOME_COLUMNS } from './rated-usage.store';

/** Writes newly rated usage with COPY, from lines made by ratedUsageLine. */
export async function copyRatedUsage(tx: Tx, lines: readonly string[]): Promise<void> {
  const rows = lines.length === 0 ? '' : `${lines.join('\n')}\n`;
  await copyRows(tx, `charging.rated_usage (${FACT_COLUMNS}, ${OUTCOME_COLUMNS}, rated_at)`, rows);
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
  // Joined: a template of so many values makes an object for each on the way.
  return [
    lane,
    usageId,
    accountId,
    cardGroupId,
    period,
    productId,
    copyCell(fact.card),
    copyCell(fact.source),
    copyCell(fact.recordId),
    fileId ?? '\\N',
    isLate,
    usedAt,
    fact.usageClass,
    copyCell(fact.peer),
    quantity,
    fact.preratedAmount ?? '\\N',
    priceCells,
    rated.unitsTotal,
    rated.chargedUnits,
    takes,
    rated.amount,
    rated.zeroedByCap,
    copyCell(partsToJson(rated.parts)),
    ratedAt,
  ].join('\t');
}

/** The cells of a line that say which price has rated. */
export function priceCellsOf(price: UsagePrice): string {
  return (
    `${copyCell(price.offeringCode)}\t${price.offeringVersion}\t${price.bookedProductId}\t` +
    `${copyCell(price.bookedCard)}\t${copyCell(price.chargeCode)}\t${copyCell(price.chargeClass)}\t` +
    `${copyCell(price.taxClass)}\t${copyCell(price.counterKey)}\t${price.unit}`
  );
}
