import type { ProductState, UsageClass } from '@ronghe/contracts';
import type { Instant } from '@ronghe/kernel';
import type { UnitAnswer } from './charging-answer';
import type { ChargingRequest, UnitUsage } from './charging-data';
import { ChargingRefusal } from './charging-refusal';
import type { GuidedSession } from './online-guide';
import { refusesMore, refusesStart } from './product-stop';
import type { SessionWork } from './session-work';

/** A session of a product whose classes are all charged offline, or not priced at all, is none of ours. */
export function assertOnline(work: SessionWork, request: ChargingRequest, { product }: GuidedSession): void {
  const { units } = request;
  const isPriced =
    units.length > 0
      ? units.some((unit) => work.isPriced(work.useOf(unit)))
      : product.onlineClasses.some((usageClass) =>
          work.isPriced({ usageClass: usageClass as UsageClass, priced: undefined }),
        );
  if (isPriced) return;
  throw new ChargingRefusal(
    403,
    'CHARGING_NOT_APPLICABLE',
    'what this subscriber uses is not charged online',
  );
}

/**
 * Why nothing may begin of what is stopped for a product; what has been used already (post event charging) is charged as ever.
 * Null: it may. END_USER_REQUEST_DENIED (TS 32.291 table 6.1.7.3-1).
 */
export function refusalOfStopped(
  { isIncoming, oneTimeEvent }: ChargingRequest,
  { product, hasUnpaidFee }: GuidedSession,
): ChargingRefusal | null {
  if (oneTimeEvent === 'PEC') return null;
  if (hasUnpaidFee)
    return new ChargingRefusal(403, 'END_USER_REQUEST_DENIED', 'a recurring fee of the product is unpaid');
  if (!refusesStart(product, isIncoming)) return null;
  return new ChargingRefusal(403, 'END_USER_REQUEST_DENIED', 'the product is suspended');
}

/** What a product that was stopped or ended meanwhile gets no more of; what it has used is charged. Undefined: nothing. */
export function unitsStopped(
  work: SessionWork,
  { units }: ChargingRequest,
  product: ProductState | undefined,
  now: Instant,
): readonly UnitUsage[] | undefined {
  if (!product?.blocks && !product?.effectiveTo) return undefined;
  return units.filter((unit) => refusesMore(product, work.useOf(unit).usageClass, now));
}

/**
 * Whether a request left nothing for others: a rating group got nothing, something was used that nothing covers, or more than
 * was free, so that what others hold is hollow; or it spent the last of a spend cap, or brought a price to the cap at which
 * the service stops. What was spent before is no news.
 */
export function endsCredit(work: SessionWork): boolean {
  const { pace, group, overrun } = work;
  return (
    overrun > 0n ||
    work.spendsLast ||
    work.reachesCap ||
    pace.some(({ granted }) => granted === 0n) ||
    group.buckets.some(({ reserved, remaining }) => reserved > remaining)
  );
}

/** Whether every rating group that asked is told that nothing is left. */
export function areAllOut(units: readonly UnitAnswer[]): boolean {
  return units.length > 0 && units.every((unit) => unit.kind === 'granted' && unit.granted.amount === 0n);
}

/** Why a create is refused whose rating groups all get nothing. */
export function nothingLeft(): ChargingRefusal {
  return new ChargingRefusal(403, 'QUOTA_LIMIT_REACHED', 'nothing is left that this subscriber may use');
}

/** Whether a request says that something was used. */
export function reportsUse({ units }: ChargingRequest): boolean {
  return units.some(({ used }) => used.length > 0);
}
