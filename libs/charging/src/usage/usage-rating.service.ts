import { Injectable } from '@nestjs/common';
import { DomainError, isDomainError } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { UsageMeter, type RatedUsage, type UsagePlan } from '@ronghe/rating';
import type { AccountBook } from '../balance/account-book';
import { comparePlaces, laterPlace, type UsagePlace } from '../balance/canonical-order';
import { changeGroup, movesRollover, type GroupPeriodChange } from '../balance/group-change';
import { groupPeriodId, ratingStateOf, type GroupPeriod } from '../balance/group-period';
import { findGroupPeriods, markForRerate } from '../balance/group-period.store';
import { saveGroupUse } from '../balance/group-use.store';
import { PeriodOpening } from '../balance/period-opening.service';
import { groupBy } from '../group-by';
import { chargePurses } from '../money/usage-charge.store';
import { nextKeysOf } from '../sharing/unit-neighbours';
import { eventOf, outcomeOf, type RatingOutcome, type UsageFact } from './rated-usage';
import { copyRatedUsage } from './rated-usage.store';
import { addPendingTotals } from './usage-total.store';
import { contributionOf, sumChanges } from './usage-totals';

/**
 * Rates new usage from the stored state of its card groups and periods. Usage that comes after all that was rated is
 * final at once; where it comes out of order, or late, its amount is provisional and the group is marked to be rated again.
 */
@Injectable()
export class UsageRating {
  constructor(private readonly opening: PeriodOpening) {}

  /**
   * Rates and stores, all set-based, and adds to totals, which are published a moment later. The book must hold every
   * account of the facts. Facts that the price cannot rate are left out and returned, by usage id, with why.
   * @param reference names the cause of the balance entries: the file's id
   */
  async rate(
    tx: Tx,
    facts: readonly UsageFact[],
    book: AccountBook,
    reference: string,
  ): Promise<Map<string, DomainError>> {
    const batch: RatedBatch = { rated: [], refused: new Map() };
    if (facts.length === 0) return batch.refused;
    const byGroup = groupBy(facts, groupPeriodId);
    const first = [...byGroup.values()].flatMap((group) => group[0] ?? []);
    await this.opening.ensure(tx, first, book);
    const groups = await findGroupPeriods(tx, first, { lock: true });
    const changes = groups.map((group) =>
      rateInto(group, byGroup.get(groupPeriodId(group)) ?? [], book, batch),
    );
    await copyRatedUsage(tx, batch.rated);
    await saveGroupUse(tx, changes, reference);
    await markForRerate(
      tx,
      changes.filter(movesRollover).flatMap(({ group }) => nextKeysOf(group, book)),
    );
    const totals = sumChanges(batch.rated.map((usage) => contributionOf(usage, usage)));
    // Purses before totals, as everywhere.
    await chargePurses(tx, totals, reference);
    await addPendingTotals(tx, totals);
    return batch.refused;
  }
}

/** What rating a batch makes. */
interface RatedBatch {
  rated: (UsageFact & RatingOutcome)[];
  refused: Map<string, DomainError>;
}

function rateInto(
  group: GroupPeriod,
  facts: readonly UsageFact[],
  book: AccountBook,
  { rated, refused }: RatedBatch,
): GroupPeriodChange {
  const sorted = facts.length > 1 ? [...facts].sort(comparePlaces) : facts;
  const meter = new UsageMeter(ratingStateOf(group));
  let lastPlace: UsagePlace | null = group.lastPlace;
  let isInOrder = true;
  for (const fact of sorted) {
    const plan = book.planOf(fact);
    const result = rateOrRefuse(meter, fact, plan);
    if (result instanceof DomainError) {
      refused.set(fact.usageId, result);
      continue;
    }
    rated.push({ ...fact, ...outcomeOf(result, plan) });
    isInOrder &&= !fact.isLate && (lastPlace === null || comparePlaces(lastPlace, fact) < 0);
    lastPlace = laterPlace(lastPlace, fact);
  }
  const needsRerate = group.needsRerate || !isInOrder;
  return changeGroup(group, { state: meter.state(), use: 'use', lastPlace, needsRerate });
}

/** What cannot be priced leaves the meter as it was. */
function rateOrRefuse(meter: UsageMeter, fact: UsageFact, plan: UsagePlan): RatedUsage | DomainError {
  try {
    return meter.rate(eventOf(fact), plan);
  } catch (error) {
    if (isDomainError(error) && error.kind !== 'unavailable') return error;
    throw error;
  }
}
