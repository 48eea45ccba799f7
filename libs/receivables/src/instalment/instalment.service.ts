import { Injectable } from '@nestjs/common';
import { addDays, DomainError, localDateOf, newId, startOfLocalDate } from '@ronghe/kernel';
import { OnDue, requestContext, Transactions, type DueRow, type Tx } from '@ronghe/platform';
import { findAccount, findAccounts, type KnownAccount } from '../account.store';
import { lockLedger, updateOpenItems } from '../ledger.store';
import type { OpenItem } from '../open-item';
import { paymentAmount } from '../payment';
import { accountNotFound } from '../receivables.errors';
import {
  hold,
  itemsOfPlan,
  paidOf,
  readParts,
  release,
  standingOf,
  type InstalmentPlan,
} from './instalment-plan';
import { endPlan, findActivePlan, findPlans, insertPlan } from './instalment-plan.store';

const PART_DUE = 'receivables.instalmentDue';
/** Plans that an account shows. */
const PLANS_SHOWN = 20;

/** Agrees to instalment plans, looks on the day after each part whether it was paid, and lets broken plans fall due. */
@Injectable()
export class InstalmentService {
  constructor(private readonly transactions: Transactions) {}

  /**
   * Splits what is late into dated parts; it is not late any more while they are paid.
   * @throws DomainError `account_not_found`, `instalment_plan_active`, `instalment_parts_invalid`, `instalment_sum_differs`,
   *   `nothing_overdue`, `payment_amount_invalid`.
   */
  async create(
    request: {
      accountId: string;
      billIds?: readonly string[] | null | undefined;
      parts: readonly { dueOn: string; amount: string }[];
    },
    key: string,
  ): Promise<InstalmentPlan> {
    const { accountId } = request;
    await this.transactions.once('receivables.createInstalmentPlan', key, request, async (tx) => {
      const { account, openItems, active } = await this.open(tx, accountId);
      if (active) throw planIsActive(active.planId);
      const written = request.parts.map(({ dueOn, amount }) => ({ dueOn, amount: paymentAmount(amount) }));
      const parts = readParts(written, localDateOf(tx.now, account.zone));
      const items = itemsOfPlan(openItems, { billIds: request.billIds ?? null, parts, now: tx.now });
      const plan: InstalmentPlan = {
        ...{ planId: newId(), lane: account.lane, accountId, state: 'active', parts, items },
        ...{ createdAt: tx.now, createdBy: requestContext().actor?.id ?? 'system', endedAt: null },
      };
      await insertPlan(tx, plan);
      await updateOpenItems(tx, account.lane, hold(openItems, plan));
      await this.lookAgain(tx, plan, account, parts[0]?.dueOn ?? null);
      return { planId: plan.planId };
    });
    return this.latest(accountId);
  }

  /**
   * Ends the plan of an account: what is not paid falls due at once.
   * @throws DomainError `account_not_found`, `instalment_plan_not_active`.
   */
  async cancel(request: { accountId: string; reason: string }, key: string): Promise<InstalmentPlan> {
    const { accountId } = request;
    await this.transactions.once('receivables.cancelInstalmentPlan', key, request, async (tx) => {
      const { openItems, active } = await this.open(tx, accountId);
      if (!active) throw noActivePlan(accountId);
      await this.end(tx, active, 'cancelled', openItems);
      return { planId: active.planId };
    });
    return this.latest(accountId);
  }

  /** The day after a part: the plan goes on, is kept, or broken. */
  @OnDue(PART_DUE)
  async partDue({ key, data }: DueRow, tx: Tx): Promise<void> {
    const { account, openItems, active } = await this.open(tx, String(data['accountId']));
    if (active?.planId !== key) return;
    const paid = paidOf(active, openItems);
    const { state, nextDueOn } = standingOf(active, paid, localDateOf(tx.now, account.zone));
    if (state === 'active') return this.lookAgain(tx, active, account, nextDueOn);
    await this.end(tx, active, state, openItems);
  }

  /** Latest plans of accounts, newest first. */
  plans(accountIds: readonly string[]): Promise<InstalmentPlan[][]> {
    return this.transactions.read(async (tx) => {
      const lanes = (await findAccounts(tx, accountIds)).map(({ lane }) => lane);
      const plans = await findPlans(tx, lanes, accountIds, PLANS_SHOWN);
      return accountIds.map((accountId) => plans.filter((plan) => plan.accountId === accountId));
    });
  }

  private async latest(accountId: string): Promise<InstalmentPlan> {
    const [[plan] = []] = await this.plans([accountId]);
    if (!plan) throw noActivePlan(accountId);
    return plan;
  }

  private async open(
    tx: Tx,
    accountId: string,
  ): Promise<{ account: KnownAccount; openItems: OpenItem[]; active: InstalmentPlan | null }> {
    const account = await findAccount(tx, accountId);
    if (!account) throw accountNotFound(accountId);
    const { openItems } = await lockLedger(tx, account.lane, accountId);
    return { account, openItems, active: await findActivePlan(tx, account.lane, accountId) };
  }

  private async end(
    tx: Tx,
    plan: InstalmentPlan,
    state: 'kept' | 'broken' | 'cancelled',
    openItems: readonly OpenItem[],
  ): Promise<void> {
    await endPlan(tx, plan, state);
    await updateOpenItems(tx, plan.lane, release(openItems, plan));
    await tx.cancelSchedule(PART_DUE, plan.planId);
  }

  private async lookAgain(
    tx: Tx,
    { planId, accountId }: InstalmentPlan,
    { zone }: KnownAccount,
    dueOn: InstalmentPlan['parts'][number]['dueOn'] | null,
  ): Promise<void> {
    if (dueOn === null) return;
    await tx.schedule(PART_DUE, planId, startOfLocalDate(addDays(dueOn, 1), zone), { accountId });
  }
}

function planIsActive(planId: string): DomainError {
  return new DomainError('instalment_plan_active', 'conflict', 'the account has a plan already', { planId });
}

function noActivePlan(accountId: string): DomainError {
  return new DomainError('instalment_plan_not_active', 'conflict', 'the account has no plan', { accountId });
}
