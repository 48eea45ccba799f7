import type { UnitAnswer } from './charging-answer';
import type { UnitUsage } from './charging-data';
import type { SessionWork } from './session-work';

/**
 * Grants what each rating group asks for, and says of each that asked, or whose use has no price, what came of it.
 * @param stopped those whose product was stopped or has ended: they get no more
 */
export function unitAnswers(
  work: SessionWork,
  units: readonly UnitUsage[],
  unpriced: readonly UnitUsage[],
  stopped: readonly UnitUsage[] = [],
): UnitAnswer[] {
  const answers: UnitAnswer[] = [];
  for (const unit of units) {
    const { ratingGroup, upfId, requested } = unit;
    const isUnpriced = unpriced.includes(unit);
    if (requested === undefined && !isUnpriced) continue;
    if (requested !== undefined && stopped.includes(unit)) {
      answers.push({ kind: 'refused', ratingGroup, upfId, resultCode: 'END_USER_SERVICE_DENIED' });
      continue;
    }
    const granted = requested === undefined || isUnpriced ? null : work.grant(unit, requested);
    if (granted) answers.push({ kind: 'granted', granted });
    else answers.push({ kind: 'refused', ratingGroup, upfId, resultCode: 'RATING_FAILED' });
  }
  return answers;
}
