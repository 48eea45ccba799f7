import { Injectable } from '@nestjs/common';
import { billPeriodOf, nextBillPeriod } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { rateUsage } from '@ronghe/rating';
import type { AccountBook } from '../balance/account-book';
import { comparePlaces, laterPlace, type UsagePlace } from '../balance/canonical-order';
import { changeGroup, keyIn, movesRollover, type GroupPeriodChange } from '../balance/group-change';
import { groupPeriodId, ratingStateOf, type GroupPeriod } from '../balance/group-period';
import { findGroupPeriods, markForRerate, saveGroupPeriods } from '../balance/group-period.store';
import { PeriodOpening } from '../balance/period-opening.service';
import { cycleOf } from '../balance/wanted-grants';
import { groupBy } from '../group-by';
import { eventOf, outcomeOf, type RatingOutcome, type UsageFact } from './rated-usage';
import { copyRatedUsage } from './rated-usage.store';
import { publishTotals } from './usage-total.store';
import { contributionOf } from './usage-totals';

/**
 * Rates new usage from the stored state of its card groups and periods. Usage that comes after all that was rated is
 * final at once; where it comes out of order, or late, its amount is provisional and the group is marked to be rated again.
 */
@Injectable()
export class UsageRating {
  constructor(private readonly opening: PeriodOpening) {}

  /**
   * Rates, stores and publishes totals, all set-based. The book must hold every account of the facts.
   * @param reference names the cause of the balance entries: the file or the suspense run
   */
  async rate(tx: Tx, facts: readonly UsageFact[], book: AccountBook, reference: string): Promise<void> {
    if (facts.length === 0) return;
    const byGroup = groupBy(facts, groupPeriodId);
    const first = [...byGroup.values()].flatMap((group) => group[0] ?? []);
    await this.opening.ensure(tx, first, book);
    const groups = await findGroupPeriods(tx, first, { lock: true });
    const rated: (UsageFact & RatingOutcome)[] = [];
    const changes = groups.map((group) =>
      rateInto(group, byGroup.get(groupPeriodId(group)) ?? [], book, rated),
    );
    await copyRatedUsage(tx, rated);
    await saveGroupPeriods(tx, changes, reference);
    await markForRerate(
      tx,
      changes.filter(movesRollover).map(({ group }) => nextKeyOf(group, book)),
    );
    await publishTotals(
      tx,
      rated.map((usage) => contributionOf(usage, usage)),
      reference,
    );
  }
}

function rateInto(
  group: GroupPeriod,
  facts: readonly UsageFact[],
  book: AccountBook,
  rated: (UsageFact & RatingOutcome)[],
): GroupPeriodChange {
  const sorted = [...facts].sort(comparePlaces);
  let state = ratingStateOf(group);
  let lastPlace: UsagePlace | null = group.lastPlace;
  let isInOrder = true;
  for (const fact of sorted) {
    const plan = book.planOf(fact);
    const step = rateUsage(state, eventOf(fact), plan);
    state = step.state;
    rated.push({ ...fact, ...outcomeOf(step.rated, plan) });
    isInOrder &&= !fact.isLate && (lastPlace === null || comparePlaces(lastPlace, fact) < 0);
    lastPlace = laterPlace(lastPlace, fact);
  }
  return changeGroup(group, { state, use: 'use', lastPlace, needsRerate: group.needsRerate || !isInOrder });
}

function nextKeyOf(group: GroupPeriod, book: AccountBook) {
  const cycle = cycleOf(group.accountId, book);
  return keyIn(group, nextBillPeriod(billPeriodOf(group.period, cycle), cycle).key);
}
