import { Injectable } from '@nestjs/common';
import type { BillPublished, Events } from '@ronghe/contracts';
import { moneyToDecimal, newId } from '@ronghe/kernel';
import { requestContext, Transactions, type Tx } from '@ronghe/platform';
import { applyBill, applyPayment } from './account-ledger';
import { findAccount } from './account.store';
import { insertBillLane, isPosted, lockLedger, saveChange } from './ledger.store';
import { paymentAmount, type Payment, type PaymentMethod } from './payment';
import { insertPayment } from './payment.store';
import { accountNotFound, accountNotYetKnown } from './receivables.errors';

/** The answer of a payment, and the fact that is published. */
export type RecordedPayment = Events['payment.received.v1'];

/** Posts bills and payments: lock the account's ledger, decide, write. */
@Injectable()
export class PostingService {
  constructor(private readonly transactions: Transactions) {}

  /**
   * Posts a published bill in the caller's transaction; a bill that has been posted has no second effect.
   * @throws DomainError('projection_behind', 'unavailable') while the account is not known.
   */
  async postBill(tx: Tx, bill: BillPublished): Promise<void> {
    const account = await findAccount(tx, bill.accountId);
    if (!account) throw accountNotYetKnown(bill.accountId);
    const ledger = await lockLedger(tx, account.lane, bill.accountId);
    if (await isPosted(tx, account.lane, 'bill', bill.billId)) return;
    await insertBillLane(tx, account.lane, bill.billId);
    const kind = bill.total.startsWith('-') ? 'credit-note' : 'credit';
    await saveChange(tx, applyBill(ledger, bill), { kind, id: bill.billId });
  }

  /**
   * Takes a payment and pays the account's oldest bills with it; the same key again gets the same payment.
   * @throws DomainError `payment_amount_invalid`, `account_not_found`.
   */
  async recordPayment(
    request: { accountId: string; amount: string; method: PaymentMethod },
    idempotencyKey: string,
  ): Promise<RecordedPayment> {
    return this.transactions.once('receivables.recordPayment', idempotencyKey, request, async (tx) => {
      const amount = paymentAmount(request.amount);
      const account = await findAccount(tx, request.accountId);
      if (!account) throw accountNotFound(request.accountId);
      const payment: Payment = {
        paymentId: newId(),
        accountId: request.accountId,
        lane: account.lane,
        amount,
        method: request.method,
        receivedAt: tx.now,
        receivedBy: requestContext().actor?.id ?? 'system',
      };
      const ledger = await lockLedger(tx, account.lane, request.accountId);
      await insertPayment(tx, payment);
      await saveChange(tx, applyPayment(ledger, payment), { kind: 'payment', id: payment.paymentId });
      const { paymentId, accountId, lane, method, receivedAt } = payment;
      const recorded = { paymentId, accountId, amount: moneyToDecimal(amount), method, receivedAt };
      tx.emit('payment.received.v1', { aggregateId: paymentId, lane, version: 1, payload: recorded });
      return recorded;
    });
  }
}
