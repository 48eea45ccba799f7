import {
  compareUsage,
  openState,
  ratePeriod,
  rateUsage,
  type RatedUsage,
  type RatingState,
  type UsageEvent,
} from '@ronghe/rating';
import { replay, withhold, type Replay } from './replay';

/**
 * Rates everything of a card group and period up to one event again, that event with the trace on. The same function,
 * grants and order as when it was rated. Undefined when the event is not among them.
 */
export function explainUsage(question: Replay, usageId: string): RatedUsage | undefined {
  const event = question.events.find((each) => each.usageId === usageId);
  if (!event) return undefined;
  return rateUsage(stateBefore(event, question), event, question.planOf(event), { trace: true }).rated;
}

function stateBefore(event: UsageEvent, question: Replay): RatingState {
  const earlier = question.events.filter((each) => compareUsage(each, event) < 0);
  if (!event.isLate) return ratePeriod(openState(question.grants), earlier, question.planOf).state;
  // Late usage finds what was in time, less what the next period has used of it.
  const inTime = replay({ ...question, events: question.events.filter((each) => !each.isLate) }).state;
  const late = earlier.filter((each) => each.isLate);
  return ratePeriod(withhold(inTime, question.usedNextPeriod).state, late, question.planOf).state;
}
