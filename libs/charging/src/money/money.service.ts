import { Injectable } from '@nestjs/common';
import { amountToDecimal, isId, maxAmount, negateAmount, subtractAmounts, type Amount } from '@ronghe/kernel';
import { Transactions, type Tx } from '@ronghe/platform';
import { chargingError } from '../charging.errors';
import { findAccounts, type ChargingAccount } from '../projection/account.store';
import { noteMoneyBack } from '../session/notification/credit-back.store';
import { changingAmount, limitAmount } from './money-input';
import type { MoneyEntry } from './money-entry';
import { findMoneyEntries } from './money-entry.store';
import { creditMoney, freeMoney, mainOf, type Purse, type PurseChange } from '@ronghe/rating';
import { findPurses, lockPurses, savePurses } from './purse.store';
import { takeForAdjustment } from './transfer';
import { prepaidOf } from './transfer.service';

/** What an account may spend, and what staff do to it. */
@Injectable()
export class MoneyService {
  constructor(private readonly transactions: Transactions) {}

  /** Purses with what is free of each, in the order of the ids; null for unknown accounts. */
  purses(accountIds: readonly string[]): Promise<({ purse: Purse; free: Amount } | null)[]> {
    return this.transactions.read(async (tx) => {
      const purses = await findPurses(tx, await findAccounts(tx, accountIds.filter(isId)));
      return accountIds.map((accountId) => {
        const purse = purses.get(accountId);
        return purse ? { purse, free: freeMoney(purse, tx.now) } : null;
      });
    });
  }

  /** A page of an account's entries, newest first. @throws DomainError `account_not_found`. */
  entries(accountId: string, at: { before: string | null; limit: number }): Promise<MoneyEntry[]> {
    return this.transactions.read(async (tx) => {
      const [account] = isId(accountId) ? await findAccounts(tx, [accountId]) : [];
      if (!account) throw chargingError('account_not_found', 'no such account', { accountId });
      return findMoneyEntries(tx, { ...account, ...at });
    });
  }

  /**
   * Adds to or takes from an account's own money, on somebody's word: goodwill, a correction. Taking is all or
   * nothing, never from bonuses, and goes below zero as far as the credit limit lets it.
   * @throws DomainError `amount_invalid`, `account_not_found`, `account_not_prepaid`, `money_not_enough`.
   */
  async adjust(
    request: { accountId: string; amount: string; reason: string },
    idempotencyKey: string,
  ): Promise<{ accountId: string; amount: string; free: string }> {
    return this.transactions.once('charging.adjustMoney', idempotencyKey, request, async (tx) => {
      const amount = changingAmount(request.amount);
      const { account, purse } = await this.lock(tx, request.accountId);
      const change = adjusted(purse, amount, tx);
      await savePurses(tx, [change], request.reason);
      if (amount > 0n) await noteMoneyBack(tx, account);
      return {
        accountId: request.accountId,
        amount: amountToDecimal(amount),
        free: amountToDecimal(freeMoney(change.purse, tx.now)),
      };
    });
  }

  /**
   * Sets how far an account may go below zero. What it has used of its credit already stays used: the limit is never
   * less than that.
   * @throws DomainError `amount_invalid`, `account_not_found`, `account_not_prepaid`.
   */
  async setCreditLimit(
    request: { accountId: string; creditLimit: string },
    idempotencyKey: string,
  ): Promise<{ accountId: string; creditLimit: string }> {
    return this.transactions.once('charging.setCreditLimit', idempotencyKey, request, async (tx) => {
      const wanted = limitAmount(request.creditLimit);
      const { account, purse } = await this.lock(tx, request.accountId);
      const main = mainOf(purse);
      const used = subtractAmounts(main.reserved, main.remaining);
      const creditLimit = maxAmount(wanted, used);
      const buckets = purse.buckets.map((bucket) => (bucket === main ? { ...main, creditLimit } : bucket));
      await savePurses(tx, [{ purse: { ...purse, buckets }, moves: [] }], 'credit limit');
      if (creditLimit > main.creditLimit) await noteMoneyBack(tx, account);
      return { accountId: request.accountId, creditLimit: amountToDecimal(creditLimit) };
    });
  }

  private async lock(tx: Tx, accountId: string): Promise<{ account: ChargingAccount; purse: Purse }> {
    const account = prepaidOf(await findAccounts(tx, isId(accountId) ? [accountId] : []), accountId);
    return { account, purse: (await lockPurses(tx, [account])).get(accountId) as Purse };
  }
}

function adjusted(purse: Purse, amount: Amount, { now }: Tx): PurseChange {
  const { bucketId } = mainOf(purse);
  if (amount > 0n) return creditMoney(purse, { bucketId, amount, kind: 'adjust' });
  return takeForAdjustment(purse, negateAmount(amount), now);
}
