import type { UnitAnswer } from './charging-answer';
import type { ChargingRequest, UnitUsage } from './charging-data';
import { ChargingRefusal } from './charging-refusal';
import { isSamePlace } from './charging-time';
import type { SessionWork } from './session-work';
import { amountOf, measuresOf } from './units';
import { refuseTooMuch } from './used-limit';

/**
 * What each rating group of a request wants. An immediate event is used at once, so it has to say how much; only of what is counted
 * in messages or items it is one where it does not.
 * @throws ChargingRefusal OPTIONAL_IE_INCORRECT
 */
export function unitsWanted(
  work: SessionWork,
  { units, oneTimeEvent }: ChargingRequest,
): readonly UnitUsage[] {
  if (oneTimeEvent !== 'IEC') return units;
  return units.map((unit) => {
    if (unit.requested === undefined && unit.used.length > 0) return unit;
    const { usageClass } = work.useOf(unit);
    const asked = unit.requested ? amountOf(usageClass, unit.requested) : null;
    refuseTooMuch(usageClass, asked ?? 0n);
    if (asked !== null && asked > 0n) return unit;
    if (asked === null && usageClass !== 'data' && usageClass !== 'voice')
      return { ...unit, requested: measuresOf(usageClass, 1n) };
    throw new ChargingRefusal(400, 'OPTIONAL_IE_INCORRECT', 'an immediate event says how much it uses', [
      { param: 'multipleUnitUsage', reason: `rating group ${unit.ratingGroup} asks for nothing` },
    ]);
  });
}

/**
 * An event is over with its answer: what was granted of an immediate event is used at once, all of it or nothing
 * (TS 32.290 §5.3.2.2); of a post event what was reported is charged already.
 * @throws ChargingRefusal QUOTA_LIMIT_REACHED
 */
export function settleEvent(
  work: SessionWork,
  oneTimeEvent: ChargingRequest['oneTimeEvent'],
  units: readonly UnitUsage[],
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
