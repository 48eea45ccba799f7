import { Injectable } from '@nestjs/common';
import { isId, moneyFromMinor, zeroMoney, type Instant } from '@ronghe/kernel';
import { Transactions, type Tx } from '@ronghe/platform';
import type { StandingAllocation } from '../account-ledger';
import { findAccount, findAccountPage, type KnownAccount } from '../account.store';
import { noAging } from '../aging/aging';
import { findAging } from '../aging/aging.store';
import { findBalances } from '../balance.store';
import type { Payment } from '../payment';
import { findPayment, findPaymentPage } from '../payment.store';
import { accountNotFound, paymentNotFound, refundNotFound } from '../receivables.errors';
import { findStandingOfSources } from '../settlement/allocation.store';
import type { MovementAnswer } from '../settlement/movement';
import { movementAnswer } from '../settlement/movement-book.service';
import { findDeposits, findMovement, findMovementPage } from '../settlement/movement.store';
import type { AccountMoneyNow } from './billing-account-resource';

interface Page {
  offset: number;
  limit: number;
}

/** A payment with what it pays. */
export interface PaymentShown {
  payment: Payment;
  paid: StandingAllocation[];
}

/** What the standard's interfaces read: payments, refunds, accounts with their balances. */
@Injectable()
export class PaymentReading {
  constructor(private readonly transactions: Transactions) {}

  /** @throws DomainError `payment_not_found`. */
  async payment(paymentId: string): Promise<PaymentShown> {
    const [shown] = await this.transactions.read(async (tx) => {
      const payment = isId(paymentId) ? await findPayment(tx, paymentId) : null;
      return payment ? this.shown(tx, [payment]) : [];
    });
    if (!shown) throw paymentNotFound(paymentId);
    return shown;
  }

  /** Payments of one account or of all, newest first. */
  payments(accountId: string | null, page: Page): Promise<{ payments: PaymentShown[]; total: number }> {
    return this.transactions.read(async (tx) => {
      const account = await ownerOf(tx, accountId);
      if (accountId !== null && !account) return { payments: [], total: 0 };
      const { payments, total } = await findPaymentPage(tx, account, page);
      return { payments: await this.shown(tx, payments), total };
    });
  }

  /** @throws DomainError `refund_not_found`. */
  async refund(refundId: string): Promise<MovementAnswer> {
    const refund = isId(refundId)
      ? await this.transactions.read((tx) => findMovement(tx, refundId, 'refund'))
      : null;
    if (!refund) throw refundNotFound(refundId);
    return movementAnswer(refund);
  }

  /** Refunds of one account or of all, newest first. */
  refunds(accountId: string | null, page: Page): Promise<{ refunds: MovementAnswer[]; total: number }> {
    return this.transactions.read(async (tx) => {
      const account = await ownerOf(tx, accountId);
      if (accountId !== null && !account) return { refunds: [], total: 0 };
      const { movements, total } = await findMovementPage(tx, 'refund', account, page);
      return { refunds: movements.map(movementAnswer), total };
    });
  }

  /** @throws DomainError `account_not_found`. */
  async account(accountId: string): Promise<{ account: AccountMoneyNow; now: Instant }> {
    const found = await this.transactions.read(async (tx) => {
      const known = isId(accountId) ? await findAccount(tx, accountId) : null;
      const [account] = known ? await this.withMoney(tx, [known]) : [];
      return account ? { account, now: tx.now } : null;
    });
    if (!found) throw accountNotFound(accountId.slice(0, 60));
    return found;
  }

  /** Accounts of one customer or of all, newest first. */
  accounts(
    customerId: string | null,
    page: Page,
  ): Promise<{ accounts: AccountMoneyNow[]; total: number; now: Instant }> {
    return this.transactions.read(async (tx) => {
      const { accounts, total } = await findAccountPage(tx, customerId, page);
      return { accounts: await this.withMoney(tx, accounts), total, now: tx.now };
    });
  }

  private async shown(tx: Tx, payments: readonly Payment[]): Promise<PaymentShown[]> {
    const lanes = payments.map(({ lane }) => lane);
    const paid = await findStandingOfSources(
      tx,
      lanes,
      payments.map(({ paymentId }) => paymentId),
    );
    return payments.map((payment) => ({
      payment,
      paid: paid.filter(({ sourceId }) => sourceId === payment.paymentId),
    }));
  }

  private async withMoney(tx: Tx, accounts: readonly KnownAccount[]): Promise<AccountMoneyNow[]> {
    const scope = [accounts.map(({ lane }) => lane), accounts.map(({ account_id }) => account_id)] as const;
    const balances = await findBalances(tx, ...scope);
    const deposits = await findDeposits(tx, ...scope);
    const aging = await findAging(tx, ...scope);
    return accounts.map(({ account_id: accountId, customer_id: customerId }) => ({
      ...{
        accountId,
        customerId,
        credit: balances.find((each) => each.accountId === accountId)?.credit ?? zeroMoney,
      },
      deposit: moneyFromMinor(deposits.get(accountId) ?? 0n),
      aging: aging.get(accountId) ?? noAging,
    }));
  }
}

async function ownerOf(
  tx: Tx,
  accountId: string | null,
): Promise<{ lane: number; accountId: string } | null> {
  if (accountId === null || !isId(accountId)) return null;
  const account = await findAccount(tx, accountId);
  return account && { lane: account.lane, accountId };
}
