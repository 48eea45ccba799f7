import { Injectable } from '@nestjs/common';
import { isId, localDateOf } from '@ronghe/kernel';
import { Transactions, type Tx } from '@ronghe/platform';
import { findAccount } from '../account.store';
import { findDunningPolicies, policyOn } from '../top-up/policy.store';
import { findDisputes } from './dispute.store';
import { findDunningAccount } from './dunning-account.store';
import { readDunningAccounts } from './dunning-facts.store';
import type { AccountInDunning } from './dunning-standing';
import { findCases, findPromise, readDunningSummary } from './dunning-reading.store';
import { findLateBillsOfAccount } from './late-fee.store';

/** Most cases, disputes and late bills that one answer lists. */
const LIST_MAXIMUM = 100;

/** What the counter asks about accounts that do not pay in time. */
@Injectable()
export class DunningReadingService {
  constructor(private readonly transactions: Transactions) {}

  /** Null for an account that has had no bill to pay. */
  async account(accountId: string): Promise<AccountInDunning | null> {
    return this.of(accountId, async (tx, key) => {
      const row = await findDunningAccount(tx, key.lane, accountId);
      const [account] = row ? await readDunningAccounts(tx, [row]) : [];
      if (!row || !account) return null;
      const today = localDateOf(tx.now, row.zone);
      const policy = policyOn(await findDunningPolicies(tx), today);
      return { account, bearsLateFee: row.bears_late_fee, termsReason: row.terms_reason, policy, today };
    });
  }

  async cases(accountId: string, first: number) {
    const limit = Math.min(Math.max(first, 0), LIST_MAXIMUM);
    return (await this.of(accountId, (tx, key) => findCases(tx, key, limit))) ?? [];
  }

  async promise(accountId: string) {
    return this.of(accountId, findPromise);
  }

  async disputes(accountId: string) {
    return (await this.of(accountId, (tx, key) => findDisputes(tx, key, LIST_MAXIMUM))) ?? [];
  }

  /** Bills that became late, newest first, with the day until which their fee is told and the rules of their day. */
  async lateBills(accountId: string) {
    const found = await this.of(accountId, async (tx, key) => {
      const today = localDateOf(tx.now, key.zone);
      const policies = await findDunningPolicies(tx);
      const bills = await findLateBillsOfAccount(tx, key, today, LIST_MAXIMUM);
      return bills.map((bill) => ({ bill, today, policy: policyOn(policies, bill.facts.lateFrom) }));
    });
    return found ?? [];
  }

  summary() {
    return this.transactions.read(readDunningSummary);
  }

  private of<T>(
    accountId: string,
    read: (tx: Tx, key: { lane: number; accountId: string; zone: string }) => Promise<T | null>,
  ): Promise<T | null> {
    return this.transactions.read(async (tx) => {
      const account = isId(accountId) ? await findAccount(tx, accountId) : null;
      return account ? read(tx, { lane: account.lane, accountId, zone: account.zone }) : null;
    });
  }
}
