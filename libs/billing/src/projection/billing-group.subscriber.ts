import { Injectable } from '@nestjs/common';
import type { AccountRelation, EventEnvelope } from '@ronghe/contracts';
import { billPeriodAt, startOfLocalDate, type BillCycle, type LocalDate } from '@ronghe/kernel';
import { OnEvent, type Tx } from '@ronghe/platform';
import { billingErrors } from '../billing.errors';
import { lockAccounts, type BilledAccount } from './account.store';
import { joinGroups, saveRelation } from './billing-group.store';
import { reopenPeriods } from './projection.store';

/** Keeps billing groups: the closure of balance groups and of the relations that tie accounts. */
@Injectable()
export class BillingGroupSubscriber {
  /** Ties two accounts, or unties them: they stay one group, and what was billed since the change is looked at again. */
  @OnEvent('account-relation.changed.v1')
  async relationChanged(event: EventEnvelope<'account-relation.changed.v1'>, tx: Tx): Promise<void> {
    const relation = event.payload;
    const accounts = await this.held(tx, relation);
    const { before, isSaved } = await saveRelation(tx, relation, event.version);
    if (!isSaved) return;
    const groupId = await joinGroups(tx, relation.lane, accounts);
    const changedFrom = firstDayChanged(before, relation);
    for (const account of accounts) {
      const { cycle } = account;
      const { key } = billPeriodAt(startOfLocalDate(changedFrom, cycle.zone), cycle);
      const change = { fromPeriod: key, toPeriod: null, cause: event.type };
      await reopenPeriods(tx, { ...account, groupId }, change);
    }
  }

  private async held(tx: Tx, relation: AccountRelation): Promise<BilledAccount[]> {
    const { lane, ownerAccountId, memberAccountId, relationId } = relation;
    const accounts = await lockAccounts(tx, [ownerAccountId, memberAccountId]);
    const [one, other] = accounts;
    if (!one || !other) throw billingErrors.projectionBehind(one ? memberAccountId : ownerAccountId);
    const isAlike = one.lane === lane && other.lane === lane && sameCycle(one.cycle, other.cycle);
    if (!isAlike) throw billingErrors.groupMixed(relationId);
    return accounts;
  }
}

function sameCycle(a: BillCycle, b: BillCycle): boolean {
  return a.billDay === b.billDay && a.zone === b.zone;
}

/** The first day on which the relation is another than it was. */
function firstDayChanged(before: AccountRelation | null, after: AccountRelation): LocalDate {
  if (!before) return after.effectiveFrom;
  const ends = [before.effectiveTo, after.effectiveTo].filter((day) => day !== null).sort();
  return ends[0] ?? after.effectiveFrom;
}
