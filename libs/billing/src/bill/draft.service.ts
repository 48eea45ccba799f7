import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { AccountRelation } from '@ronghe/contracts';
import { isDomainError, newId, type BillPeriod } from '@ronghe/kernel';
import { DomainLogger, Transactions, type Tx } from '@ronghe/platform';
import { billingErrors } from '../billing.errors';
import { findAccount, findGroup, lockAccounts, type BilledAccount } from '../projection/account.store';
import { readClaimed, readRelations, reopenApart } from '../projection/billing-group.store';
import { bothSides } from '../sharing/relation-sides';
import { draftBills, type BillDraft } from './draft-bill';
import { readDraftInputs, type DraftInputs } from './draft-input.store';
import { saveResults, type AccountResult } from './draft.store';

/** Accounts that are billed together: all or none. */
export interface BillingGroup {
  lane: number;
  groupId: string;
  accountIds: string[];
}

/** After how many accounts others have their turn: less than a millisecond's work. */
const ACCOUNTS_AT_ONCE = 8;

/** Makes drafts: loads what bills depend on, lets the pure function decide, writes. */
@Injectable()
export class DraftService {
  constructor(
    private readonly transactions: Transactions,
    private readonly logger: DomainLogger,
  ) {}

  /**
   * Drafts the bills of groups in the caller's transaction, of whatever lanes. A group that cannot be billed goes to
   * quarantine with its reason, and the others are billed.
   */
  async draftGroups(
    tx: Tx,
    scope: { runId: string; period: BillPeriod },
    groups: readonly BillingGroup[],
  ): Promise<AccountResult[]> {
    const { accounts, relations, apart } = await this.lockGroups(tx, scope, groups);
    const inputs = await readDraftInputs(tx, accounts, scope.period);
    const byId = new Map(accounts.map((account) => [account.accountId, account]));
    const results: AccountResult[] = [];
    let beganAt = 0;
    for (const { accountIds } of groups) {
      const members = accountIds.flatMap((accountId) => byId.get(accountId) ?? []);
      results.push(...this.draftGroup(members, inputs, { relations, apart }));
      // A run works out nothing but bills for minutes: whoever asks this process meanwhile comes between a few of them.
      if (results.length - beganAt < ACCOUNTS_AT_ONCE) continue;
      beganAt = results.length;
      await setImmediate();
    }
    await saveResults(tx, scope, results);
    await reopenApart(tx, scope, apart);
    return results;
  }

  /**
   * The accounts of groups, locked, and what ties them, as it is then. Where groups were joined while the run goes on,
   * one side may have been billed already: its group is billed without it, for this period alone (`apart`), and the next
   * run writes what passes between the two.
   */
  private async lockGroups(
    tx: Tx,
    scope: { runId: string; period: BillPeriod },
    groups: readonly BillingGroup[],
  ): Promise<{ accounts: BilledAccount[]; relations: AccountRelation[]; apart: BilledAccount[] }> {
    const ids = groups.flatMap((group) => group.accountIds);
    const locked = await lockAccounts(tx, ids);
    const relations = await readRelations(tx, locked);
    if (relations.length === 0) return { accounts: locked, relations, apart: [] };
    const claimed = await readClaimed(tx, scope, locked);
    const accounts = locked.filter(({ accountId }) => !claimed.has(accountId));
    const here = new Set(accounts.map(({ accountId }) => accountId));
    const { whole, apart } = bothSides(relations, here, scope.period);
    const groupsApart = new Set(
      accounts.filter(({ accountId }) => apart.has(accountId)).map(({ groupId }) => groupId),
    );
    return { accounts, relations: whole, apart: accounts.filter(({ groupId }) => groupsApart.has(groupId)) };
  }

  /** Puts groups into quarantine that could not even be written. */
  async quarantine(
    tx: Tx,
    scope: { runId: string; period: BillPeriod },
    groups: readonly BillingGroup[],
    reason: string,
  ): Promise<AccountResult[]> {
    const accounts = await lockAccounts(
      tx,
      groups.flatMap((group) => group.accountIds),
    );
    const results = accounts.map((account): AccountResult => ({
      account,
      outcome: { kind: 'quarantined', code: 'draft_failed', reason },
    }));
    await saveResults(tx, scope, results);
    return results;
  }

  /**
   * What a run of the period would write for the account now; writes nothing. Null: nothing.
   * @throws DomainError `account_not_found`, and what would quarantine the account.
   */
  async preview(
    accountId: string,
    periodOf: (account: BilledAccount) => BillPeriod,
  ): Promise<{ period: BillPeriod; draft: BillDraft | null }> {
    return this.transactions.read(async (tx) => {
      const account = await findAccount(tx, accountId);
      if (!account) throw billingErrors.accountNotFound(accountId);
      const period = periodOf(account);
      const group = await findGroup(tx, account);
      const inputs = await readDraftInputs(tx, group, period);
      const relations = await readRelations(tx, group);
      const drafts = draftBills(
        group.map((member) => inputs.questionOf(member)),
        relations,
      );
      const index = group.findIndex((member) => member.accountId === accountId);
      return { period, draft: drafts[index] ?? null };
    });
  }

  private draftGroup(
    members: readonly BilledAccount[],
    inputs: DraftInputs,
    ties: { relations: readonly AccountRelation[]; apart: readonly BilledAccount[] },
  ): AccountResult[] {
    try {
      const ids = new Set(members.map(({ accountId }) => accountId));
      const own = ties.relations.filter(({ memberAccountId }) => ids.has(memberAccountId));
      for (const { accountId } of members) {
        const parked = inputs.parkedReason(accountId);
        if (parked !== null) throw billingErrors.eventParked(accountId, parked);
      }
      const isApart = ties.apart.some(({ accountId }) => ids.has(accountId));
      const drafts = draftBills(
        members.map((account) => {
          const question = inputs.questionOf(account);
          return isApart ? { ...question, reopened: [] } : question;
        }),
        own,
      );
      return members.map((account, index): AccountResult => {
        const draft = drafts[index];
        return {
          account,
          outcome: draft ? { kind: 'billed', billId: newId(), draft } : { kind: 'unchanged' },
        };
      });
    } catch (error) {
      this.logger.warn('A billing group was quarantined', error);
      const code = isDomainError(error) ? error.code : 'draft_failed';
      const reason = error instanceof Error ? error.message : String(error);
      return members.map((account): AccountResult => ({
        account,
        outcome: { kind: 'quarantined', code, reason },
      }));
    }
  }
}
