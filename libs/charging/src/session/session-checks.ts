import type { UsageClass } from '@ronghe/contracts';
import type { UnitAnswer } from './charging-answer';
import type { ChargingRequest } from './charging-data';
import { ChargingRefusal } from './charging-refusal';
import type { GuidedSession } from './online-guide';
import { isSamePlace } from './charging-time';
import { refusesStart } from './product-stop';
import type { SessionWork } from './session-work';
import { amountOf, measuresOf } from './units';

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
 * What is stopped for a product cannot begin; what has been used already (post event charging) is charged as ever.
 * @throws ChargingRefusal END_USER_REQUEST_DENIED (TS 32.291 table 6.1.7.3-1)
 */
export function assertNotStopped(
  { isIncoming, oneTimeEvent }: ChargingRequest,
  { product, hasUnpaidFee }: GuidedSession,
): void {
  if (oneTimeEvent === 'PEC') return;
  if (hasUnpaidFee)
    throw new ChargingRefusal(403, 'END_USER_REQUEST_DENIED', 'a recurring fee of the product is unpaid');
  if (!refusesStart(product, isIncoming)) return;
  throw new ChargingRefusal(403, 'END_USER_REQUEST_DENIED', 'the product is suspended');
}

/**
 * An event is over with its answer: what was granted of an immediate event is used at once, all of it or nothing
 * (TS 32.290 §5.3.2.2); of a post event what was reported is charged already.
 */
export function settleEvent(
  work: SessionWork,
  { units, oneTimeEvent }: ChargingRequest,
  answers: readonly UnitAnswer[],
): void {
  work.giveBack(null);
  if (oneTimeEvent !== 'IEC') return;
  for (const unit of units) {
    const answer = answers.find(
      (each) => each.kind === 'granted' && isSamePlace(each.granted, unit) && unit.requested !== undefined,
    );
    if (answer?.kind !== 'granted') continue;
    const { usageClass, amount } = answer.granted;
    const asked = unit.requested && amountOf(usageClass, unit.requested);
    if (amount === 0n || (asked && amount < asked))
      throw new ChargingRefusal(403, 'QUOTA_LIMIT_REACHED', 'what is left does not cover it');
    work.use([{ ...unit, used: [{ ...measuresOf(usageClass, amount), at: null, endsTariff: false }] }]);
  }
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
