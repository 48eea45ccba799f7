import { Injectable } from '@nestjs/common';
import { addDays, billPeriodAt, newId, type BillPeriod } from '@ronghe/kernel';
import { Transactions, type Tx } from '@ronghe/platform';
import { periodSoFar, questionOfNow, type NowScope } from '../bill/bill-so-far';
import { draftBills } from '../bill/draft-bill';
import { readDraftInputs } from '../bill/draft-input.store';
import { saveResults, type AccountResult } from '../bill/draft.store';
import { issueBatch } from '../bill/issue.store';
import { billingErrors } from '../billing.errors';
import { billingPolicyOn } from '../policy';
import { findAccount, findGroup, lockAccounts, type BilledAccount } from '../projection/account.store';
import { readRelations } from '../projection/billing-group.store';
import { readPolicies } from '../projection/projection.store';
import { insertRun } from './bill-run.store';
import { isClosed } from './claim.store';
import { divideLanes, withDrafts } from './lane-range';
import { insertRanges } from './lane-range.store';
import { newRun } from './new-run.service';

interface NowRequest {
  accountId: string;
  scope: NowScope;
}

/**
 * Bills outside the cycle: drafted, numbered and published in one transaction. Should be billed − has been billed holds
 * here too, so the cycle's bill has what is left of the period, and nothing twice.
 */
@Injectable()
export class BillNowService {
  constructor(private readonly transactions: Transactions) {}

  /**
   * The open period of the account's billing group through today, or the account's one-time charges.
   * @throws DomainError `account_not_found`, `account_prepaid`, `period_billed`, `nothing_to_bill`, and what would
   * quarantine the group.
   */
  async bill(request: NowRequest, idempotencyKey: string): Promise<{ billIds: string[] }> {
    return this.transactions.once('billing.billNow', idempotencyKey, request, async (tx) => {
      const account = await findAccount(tx, request.accountId);
      if (!account) throw billingErrors.accountNotFound(request.accountId);
      if (account.paymentMode === 'prepaid') throw billingErrors.accountPrepaid(request.accountId);
      const { cycle } = account;
      const period = periodSoFar(billPeriodAt(tx.now, cycle), tx.now, cycle.zone);
      const members = await this.lockMembers(tx, account, request.scope);
      if (await isClosed(tx, account.lane, account.accountId, period.key))
        throw billingErrors.periodBilled(account.accountId, period.key);
      const results = await draft(tx, { members, period, scope: request.scope });
      if (results.length === 0) throw billingErrors.nothingToBill(account.accountId);
      await issue(tx, { account, period, scope: request.scope, results });
      return { billIds: results.map(({ billId }) => billId) };
    });
  }

  private async lockMembers(tx: Tx, account: BilledAccount, scope: NowScope): Promise<BilledAccount[]> {
    const group = scope === 'one-time' ? [account] : await findGroup(tx, account);
    return lockAccounts(
      tx,
      group.map(({ accountId }) => accountId),
    );
  }
}

type Billed = AccountResult & { billId: string };

async function draft(
  tx: Tx,
  { members, period, scope }: { members: BilledAccount[]; period: BillPeriod; scope: NowScope },
): Promise<Billed[]> {
  const inputs = await readDraftInputs(tx, members, period);
  const ids = members.map(({ accountId }) => accountId);
  for (const accountId of ids) {
    const parked = inputs.parkedReason(accountId);
    if (parked !== null) throw billingErrors.eventParked(accountId, parked);
  }
  const drafts = draftBills(
    members.map((member) => questionOfNow(inputs.questionOf(member), scope)),
    scope === 'one-time' ? [] : await readRelations(tx, members),
  );
  return members.flatMap((account, index): Billed[] => {
    const own = drafts[index];
    // A prepaid account's statement tells of a whole period: it waits for the cycle.
    if (!own || account.paymentMode === 'prepaid') return [];
    const billId = newId();
    return [{ account, billId, outcome: { kind: 'billed', billId, draft: own } }];
  });
}

/** The run that the bills belong to is over as it is made. */
async function issue(
  tx: Tx,
  bill: { account: BilledAccount; period: BillPeriod; scope: NowScope; results: Billed[] },
): Promise<void> {
  const { account, period, scope, results } = bill;
  const { accountId, lane, cycle } = account;
  const count = results.length;
  const run = {
    ...newRun(period, cycle, tx),
    trigger: 'now' as const,
    accountId,
    state: 'completed' as const,
    dueAccounts: count,
    accounts: count,
    added: count,
    completedAt: tx.now,
  };
  await insertRun(tx, run);
  const ranges = divideLanes(run.runId, 1).map((range) => ({
    ...withDrafts(range, [lane]),
    isThrough: true,
  }));
  await insertRanges(tx, ranges);
  await saveResults(tx, { runId: run.runId, period, now: scope }, results);
  const policy = billingPolicyOn(await readPolicies(tx), addDays(period.endDay, -1));
  await issueBatch(tx, { lanes: [lane], runId: run.runId, period, policy }, cycle);
}
