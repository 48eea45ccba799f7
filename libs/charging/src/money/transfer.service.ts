import { Injectable } from '@nestjs/common';
import { isId, newId, type Amount } from '@ronghe/kernel';
import { Transactions, type Tx } from '@ronghe/platform';
import { chargingError } from '../charging.errors';
import { findAccounts, type ChargingAccount } from '../projection/account.store';
import { positiveAmount } from './money-input';
import { creditMoney, mainOf, type Purse } from '@ronghe/rating';
import { noteMoneyBack } from '../session/notification/credit-back.store';
import { lockPurses, savePurses } from './purse.store';
import { takeForTransfer, type MoneyTransfer } from './transfer';
import { findTaken, findTransfer, findTransfers, insertTransfer, saveGiven } from './transfer.store';

export const GIVE_TRANSFER = 'charging.giveTransfer';

/** Transfers that one sweep looks at. */
const PENDING_MAXIMUM = 500;

/**
 * Transfers through clearing: taken from the payer in one transaction, given to the receiver in another, each once;
 * their lanes may lie apart. In between the money is in the transfer's row.
 */
@Injectable()
export class Transfers {
  constructor(private readonly transactions: Transactions) {}

  /**
   * Moves an account's own money to another prepaid account.
   * @throws DomainError `amount_invalid`, `account_not_found`, `account_not_prepaid`, `transfer_to_itself`,
   * `money_not_enough`.
   */
  async transfer(
    request: { fromAccountId: string; toAccountId: string; amount: string },
    idempotencyKey: string,
  ): Promise<MoneyTransfer> {
    const transferId = await this.transactions.once('charging.transferMoney', idempotencyKey, request, (tx) =>
      this.take(tx, { ...request, amount: positiveAmount(request.amount) }),
    );
    await this.give(transferId);
    return this.get(transferId);
  }

  /** Gives a taken transfer to its receiver; nothing where that has been done. */
  async give(transferId: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      const transfer = await findTransfer(tx, transferId, { lock: true });
      if (!transfer || transfer.state === 'given') return;
      const [receiver] = await findAccounts(tx, [transfer.toAccountId]);
      const purse = receiver && (await lockPurses(tx, [receiver])).get(receiver.accountId);
      if (!purse) throw chargingError('projection_behind', 'the account has not arrived');
      const { bucketId } = mainOf(purse);
      const change = creditMoney(purse, { bucketId, amount: transfer.amount, kind: 'transfer-in' });
      await savePurses(tx, [change], transferId);
      await saveGiven(tx, transfer);
      await noteMoneyBack(tx, receiver);
    });
  }

  /** @throws DomainError `transfer_not_found`. */
  async get(transferId: string): Promise<MoneyTransfer> {
    const found = isId(transferId)
      ? await this.transactions.read((tx) => findTransfer(tx, transferId))
      : undefined;
    if (!found) throw chargingError('transfer_not_found', 'no such transfer', { transferId });
    return found;
  }

  /** Transfers of one payer or of all, newest first. */
  page(
    accountId: string | null,
    page: { offset: number; limit: number },
  ): Promise<{ transfers: MoneyTransfer[]; total: number }> {
    return this.transactions.read(async (tx) => {
      if (accountId === null) return findTransfers(tx, null, page);
      const [payer] = isId(accountId) ? await findAccounts(tx, [accountId]) : [];
      return payer ? findTransfers(tx, payer, page) : { transfers: [], total: 0 };
    });
  }

  /** Transfers that were taken and not given. */
  taken(): Promise<string[]> {
    return this.transactions.read((tx) => findTaken(tx, PENDING_MAXIMUM));
  }

  private async take(
    tx: Tx,
    { fromAccountId, toAccountId, amount }: { fromAccountId: string; toAccountId: string; amount: Amount },
  ): Promise<string> {
    if (fromAccountId === toAccountId) {
      throw chargingError('transfer_to_itself', 'an account has its own money already', { fromAccountId });
    }
    const accounts = await findAccounts(tx, [fromAccountId, toAccountId]);
    const payer = prepaidOf(accounts, fromAccountId);
    prepaidOf(accounts, toAccountId);
    const purse = (await lockPurses(tx, [payer])).get(fromAccountId) as Purse;
    const transferId = newId();
    await savePurses(tx, [takeForTransfer(purse, amount, tx.now)], transferId);
    const { lane } = payer;
    const takenAt = tx.now;
    await insertTransfer(tx, {
      transferId,
      lane,
      fromAccountId,
      toAccountId,
      amount,
      state: 'taken',
      takenAt,
      givenAt: null,
    });
    tx.enqueue(GIVE_TRANSFER, { transferId });
    return transferId;
  }
}

/** The account, if it is one that spends money in advance. */
export function prepaidOf(accounts: readonly ChargingAccount[], accountId: string): ChargingAccount {
  const account = accounts.find((each) => each.accountId === accountId);
  if (!account) throw chargingError('account_not_found', 'no such account', { accountId });
  if (account.paymentMode !== 'prepaid') {
    throw chargingError('account_not_prepaid', 'the account pays by bill, not in advance', { accountId });
  }
  return account;
}
