import { Injectable } from '@nestjs/common';
import { nextBillPeriod, billPeriodOf } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { rateUsage } from '@ronghe/rating';
import type { AccountBook } from '../balance/account-book';
import { comparePlaces, laterPlace } from '../balance/canonical-order';
import { changeGroup, keyIn, movesRollover } from '../balance/group-change';
import { ratingStateOf, type GroupPeriod } from '../balance/group-period';
import { markForRerate, saveGroupPeriods } from '../balance/group-period.store';
import { backOut } from '../balance/replay';
import { cycleOf } from '../balance/wanted-grants';
import { eventOf, outcomeOf, type UsageFact } from '../usage/rated-usage';
import { findUsage, insertRatedUsage, updateRatedUsage } from '../usage/rated-usage.store';
import { publishTotals } from '../usage/usage-total.store';
import { contributionOf } from '../usage/usage-totals';
import { kbOf } from './quota';
import { ONLINE_SOURCE, type Session } from './session';

/** Rates what a session has used, on its total: each report replaces the one before, so that the sum is the price of the whole. */
@Injectable()
export class SessionUsage {
  /**
   * Brings the session's rated usage to its total and returns the group after it. The group must be locked. Where others
   * have used after the session's start, the amounts are provisional and the group is marked to be rated again.
   */
  async charge(tx: Tx, session: Session, group: GroupPeriod, book: AccountBook): Promise<GroupPeriod> {
    const quantity = kbOf(session.usedOctets);
    const before = await findUsage(tx, session.lane, session.sessionId);
    if (quantity === (before?.quantity ?? 0n)) return group;
    const fact = factOf(session, quantity, book);
    const plan = book.planOf(fact);
    const state = before
      ? backOut(ratingStateOf(group), { ...before, chargedUnits: before.unitsCharged })
      : ratingStateOf(group);
    const step = rateUsage(state, eventOf(fact), plan);
    const usage = { ...fact, ...outcomeOf(step.rated, plan) };
    const isLast = group.lastPlace === null || comparePlaces(group.lastPlace, fact) <= 0;
    const change = changeGroup(group, {
      state: step.state,
      use: 'use',
      lastPlace: laterPlace(group.lastPlace, fact),
      needsRerate: group.needsRerate || !isLast,
    });
    await (before ? updateRatedUsage(tx, [usage]) : insertRatedUsage(tx, [usage]));
    await saveGroupPeriods(tx, [change], `session ${session.sessionId}`);
    if (movesRollover(change)) {
      const cycle = cycleOf(session.accountId, book);
      await markForRerate(tx, [keyIn(group, nextBillPeriod(billPeriodOf(group.period, cycle), cycle).key)]);
    }
    await publishTotals(tx, [
      ...(before ? [contributionOf(before, before, -1n)] : []),
      contributionOf(usage, usage),
    ]);
    return change.group;
  }
}

/** A session's usage, whole, at its start. */
export function factOf(session: Session, quantity: bigint, book: AccountBook): UsageFact {
  const { lane, sessionId, accountId, cardGroupId, period, productId, startedAt } = session;
  return {
    lane,
    usageId: sessionId,
    accountId,
    cardGroupId,
    period,
    productId,
    card: book.productOf(productId)?.card ?? '',
    source: ONLINE_SOURCE,
    recordId: sessionId,
    fileId: null,
    isLate: false,
    usedAt: startedAt,
    usageClass: 'data',
    peer: null,
    quantity,
  };
}
