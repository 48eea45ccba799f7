import { Injectable } from '@nestjs/common';
import { isDomainError, isId, localDateOf, moneyToDecimal, newId, type Money } from '@ronghe/kernel';
import { Commands, requestContext, Transactions, type Tx } from '@ronghe/platform';
import { findAccount } from '../account.store';
import { CashDrawer } from '../cashier/cash-drawer.service';
import { insertEntries } from '../ledger.store';
import { paymentAmount, type PaymentMethod } from '../payment';
import { insertPayment } from '../payment.store';
import { accountNotFound, accountNotPrepaid, topUpNotFound } from '../receivables.errors';
import { findBalancePolicy } from './policy.store';
import { assertWithin, topUpEntry, type TopUp } from './top-up';
import { findTopUp, findTopUps, findWaiting, insertTopUp, saveOutcome } from './top-up.store';

export const GRANT_TOP_UP = 'receivables.grantTopUp';

/** Top-ups that one sweep looks at. */
const PENDING_MAXIMUM = 500;

/**
 * Money paid in advance: booked as cash and prepayment in one transaction, then granted by charging. Between the two
 * the row stands in state `booked`, and whoever finds it sends the command with the payment's id as key.
 */
@Injectable()
export class TopUpService {
  constructor(
    private readonly transactions: Transactions,
    private readonly commands: Commands,
    private readonly drawer: CashDrawer,
  ) {}

  /**
   * Takes the money and grants it. Answers also while charging cannot be reached: the state is `booked` then.
   * @throws DomainError `payment_amount_invalid`, `account_not_found`, `account_not_prepaid`, `top_up_out_of_bounds`,
   *   `cashier_shift_missing`.
   */
  async topUp(
    request: { accountId: string; amount: string; method: PaymentMethod },
    idempotencyKey: string,
  ): Promise<TopUp> {
    const { paymentId } = await this.transactions.once(
      'receivables.topUp',
      idempotencyKey,
      request,
      async (tx) => ({
        paymentId: await this.book(tx, { ...request, amount: paymentAmount(request.amount) }),
      }),
    );
    await this.grant(paymentId);
    return this.get(paymentId);
  }

  /** Asks charging to grant a booked top-up; nothing where it has been answered, or where charging is away. */
  async grant(paymentId: string): Promise<void> {
    const topUp = await this.transactions.read((tx) => findTopUp(tx, paymentId));
    if (!topUp || topUp.state !== 'booked') return;
    const { accountId } = topUp;
    try {
      const amount = moneyToDecimal(topUp.amount);
      const input = { accountId, paymentId, amount };
      const outcome = await this.commands.send('charging.topUp', input, { key: paymentId });
      await this.transactions.run((tx) => saveOutcome(tx, topUp, 'granted', outcome));
    } catch (error) {
      if (!isDomainError(error)) throw error;
      // Busy and unavailable say nothing about the top-up: the sweep asks again.
      if (error.kind === 'unavailable' || error.code === 'busy') return;
      await this.transactions.run((tx) => saveOutcome(tx, topUp, 'refused', { code: error.code }));
    }
  }

  /** @throws DomainError `top_up_not_found`. */
  async get(paymentId: string): Promise<TopUp> {
    const topUp = isId(paymentId) ? await this.transactions.read((tx) => findTopUp(tx, paymentId)) : null;
    if (!topUp) throw topUpNotFound(paymentId);
    return topUp;
  }

  /** Top-ups of one account or of all, newest first. */
  async page(
    accountId: string | null,
    page: { offset: number; limit: number },
  ): Promise<{ topUps: TopUp[]; total: number }> {
    return this.transactions.read(async (tx) => {
      if (accountId === null) return findTopUps(tx, null, page);
      const account = isId(accountId) ? await findAccount(tx, accountId) : null;
      if (!account) return { topUps: [], total: 0 };
      return findTopUps(tx, { lane: account.lane, accountId }, page);
    });
  }

  /** Booked top-ups that charging has not answered. */
  waiting(): Promise<string[]> {
    return this.transactions.read((tx) => findWaiting(tx, PENDING_MAXIMUM));
  }

  private async book(
    tx: Tx,
    request: { accountId: string; amount: Money; method: PaymentMethod },
  ): Promise<string> {
    const { accountId, amount, method } = request;
    const account = await findAccount(tx, accountId);
    if (!account) throw accountNotFound(accountId);
    if (account.payment_mode !== 'prepaid') throw accountNotPrepaid(accountId);
    const { lane, zone } = account;
    assertWithin(amount, await findBalancePolicy(tx, localDateOf(tx.now, zone)));
    const paymentId = newId();
    const receivedBy = requestContext().actor?.id ?? 'system';
    const bookedAt = tx.now;
    const topUp: TopUp = {
      paymentId,
      lane,
      accountId,
      amount,
      method,
      state: 'booked',
      bookedAt,
      grantedAt: null,
      outcome: null,
    };
    const valueDate = localDateOf(bookedAt, zone);
    await insertPayment(tx, {
      ...{ paymentId, accountId, lane, amount, method, receivedAt: bookedAt, receivedBy },
      ...{ valueDate, reference: null },
    });
    await insertTopUp(tx, topUp);
    await this.drawer.note(tx, { method, kind: 'top-up', referenceId: paymentId, accountId, amount });
    await insertEntries(tx, [topUpEntry(topUp)]);
    const payload = { paymentId, accountId, amount: moneyToDecimal(amount), method, receivedAt: bookedAt };
    tx.emit('payment.received.v1', { aggregateId: paymentId, lane, version: 1, payload });
    tx.enqueue(GRANT_TOP_UP, { paymentId });
    return paymentId;
  }
}
