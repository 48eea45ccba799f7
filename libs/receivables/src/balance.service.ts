import { Injectable } from '@nestjs/common';
import { Transactions } from '@ronghe/platform';
import type { Money } from '@ronghe/kernel';
import { findAccounts } from './account.store';
import { findBalances, findBillDues, findOpenItems, type AccountBalance } from './balance.store';
import type { OpenItem } from './open-item';
import type { Payment } from './payment';
import { findPayments } from './payment.store';
import type { TrialBalanceRow } from './ledger-account';
import { readTrialBalance } from './trial-balance.store';

/** Most items that one answer lists for an account. */
export const LIST_LIMIT = 100;

/** What is owed, paid and booked; every read takes many keys at once, in their order. */
@Injectable()
export class BalanceService {
  constructor(private readonly transactions: Transactions) {}

  /** What is open of each bill; null for one that has not been posted. */
  async billDues(billIds: readonly string[]): Promise<(Money | null)[]> {
    const dues = await this.transactions.read((tx) => findBillDues(tx, billIds));
    return billIds.map((billId) => dues.get(billId) ?? null);
  }

  /** Null for an account without a posting. */
  async balances(accountIds: readonly string[]): Promise<(AccountBalance | null)[]> {
    const rows = await this.transactions.read(async (tx) => {
      const lanes = (await findAccounts(tx, accountIds)).map((account) => account.lane);
      return findBalances(tx, lanes, accountIds);
    });
    return accountIds.map((accountId) => rows.find((row) => row.accountId === accountId) ?? null);
  }

  /** Unpaid bills of each account, the one due first first. */
  async openItems(accountIds: readonly string[]): Promise<OpenItem[][]> {
    const rows = await this.transactions.read(async (tx) => {
      const lanes = (await findAccounts(tx, accountIds)).map((account) => account.lane);
      return findOpenItems(tx, lanes, accountIds, LIST_LIMIT);
    });
    return accountIds.map((accountId) => rows.filter((row) => row.accountId === accountId));
  }

  /** Latest payments of each account, newest first. */
  async payments(accountIds: readonly string[]): Promise<Payment[][]> {
    const rows = await this.transactions.read(async (tx) => {
      const lanes = (await findAccounts(tx, accountIds)).map((account) => account.lane);
      return findPayments(tx, lanes, accountIds, LIST_LIMIT);
    });
    return accountIds.map((accountId) => rows.filter((row) => row.accountId === accountId));
  }

  /** The general ledger at a glance. */
  async trialBalance(): Promise<TrialBalanceRow[]> {
    return this.transactions.read(readTrialBalance);
  }
}
