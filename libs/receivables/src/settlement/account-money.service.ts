import { Injectable } from '@nestjs/common';
import { moneyFromMinor, type Money } from '@ronghe/kernel';
import { Transactions, type Tx } from '@ronghe/platform';
import type { StandingAllocation } from '../account-ledger';
import { findAccounts } from '../account.store';
import { noAging, type Aging } from '../aging/aging';
import { findAging, findAgingTotals } from '../aging/aging.store';
import { LIST_LIMIT } from '../balance.service';
import { findStandingOfAccounts } from './allocation.store';
import type { Movement } from './movement';
import { findDeposits, findMovements } from './movement.store';

/** Deposits, ages, allocations and movements of accounts; every read takes many accounts at once, in their order. */
@Injectable()
export class AccountMoney {
  constructor(private readonly transactions: Transactions) {}

  /** Zero for an account without one. */
  deposits(accountIds: readonly string[]): Promise<Money[]> {
    return this.ofAccounts(accountIds, async (tx, lanes) => {
      const deposits = await findDeposits(tx, lanes, accountIds);
      return accountIds.map((accountId) => moneyFromMinor(deposits.get(accountId) ?? 0n));
    });
  }

  /** What accounts owe, by age. */
  aging(accountIds: readonly string[]): Promise<Aging[]> {
    return this.ofAccounts(accountIds, async (tx, lanes) => {
      const aging = await findAging(tx, lanes, accountIds);
      return accountIds.map((accountId) => aging.get(accountId) ?? noAging);
    });
  }

  /** What all accounts owe, by age. */
  agingTotals(): Promise<Aging> {
    return this.transactions.read(findAgingTotals);
  }

  /** What settled bills and still does, newest first. */
  allocations(accountIds: readonly string[]): Promise<StandingAllocation[][]> {
    return this.ofAccounts(accountIds, async (tx, lanes) => {
      const standing = await findStandingOfAccounts(tx, lanes, accountIds, LIST_LIMIT);
      return accountIds.map((accountId) => standing.get(accountId) ?? []);
    });
  }

  /** Latest movements, newest first. */
  movements(accountIds: readonly string[]): Promise<Movement[][]> {
    return this.ofAccounts(accountIds, async (tx, lanes) => {
      const movements = await findMovements(tx, lanes, accountIds, LIST_LIMIT);
      return accountIds.map((accountId) => movements.filter((each) => each.accountId === accountId));
    });
  }

  private ofAccounts<T>(
    accountIds: readonly string[],
    read: (tx: Tx, lanes: number[]) => Promise<T[]>,
  ): Promise<T[]> {
    return this.transactions.read(async (tx) =>
      read(
        tx,
        (await findAccounts(tx, accountIds)).map(({ lane }) => lane),
      ),
    );
  }
}
