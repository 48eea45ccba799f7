import { Injectable } from '@nestjs/common';
import type { BillPublished } from '@ronghe/contracts';
import { localDateOf, moneyToDecimal, newId, type Money } from '@ronghe/kernel';
import { requestContext, Transactions, type Tx } from '@ronghe/platform';
import { applyBill, applyPayment } from './account-ledger';
import { CashDrawer } from './cashier/cash-drawer.service';
import { findAccount } from './account.store';
import { postDebts } from './debt-posting.store';
import { insertBillLane, lockLedger, saveChange } from './ledger.store';
import type { Allocation } from './open-item';
import { paymentAmount, valueDateOf, type Payment, type RecordedPayment } from './payment';
import type { CreditedBill } from './dunning/dispute.store';
import { expectDues } from './dunning/expect-due.store';
import { findPayment, insertPayment } from './payment.store';
import { accountNotFound, accountNotYetKnown, paymentNotFound } from './receivables.errors';
import type { PaymentRequest } from './payment-request';
import { BillLines } from './settlement/bill-lines.service';
import type { LineAmount } from './settlement/line-limit';
import { allocationOf } from './settlement/target';

/** What a credit note by hand credits; what a run takes back is of no bill in particular. */
function creditedBy({ creditsBillId, creditsLines }: BillPublished): CreditedBill | undefined {
  return creditsBillId === undefined ? undefined : { billId: creditsBillId, lines: creditsLines ?? null };
}

/** A payment that was read and checked. */
export interface PaymentToTake extends Omit<PaymentRequest, 'amount' | 'allocations'> {
  amount: Money;
  targets: readonly Allocation[];
  /** Of the bills whose lines are named. */
  lines?: readonly LineAmount[] | undefined;
  from?: 'unidentified' | undefined;
}

/** An answer as it may have been stored. */
type AnsweredPayment = Omit<RecordedPayment, 'valueDate' | 'reference'> & Partial<RecordedPayment>;

/** Posts bills and payments: lock the account's ledger, decide, write. */
@Injectable()
export class PostingService {
  constructor(
    private readonly transactions: Transactions,
    private readonly lines: BillLines,
    private readonly drawer: CashDrawer,
  ) {}

  /**
   * Posts published bills in the caller's transaction: those that owe and meet no credit at once, the others one by one. Errors as `postBill`.
   */
  async postBills(tx: Tx, bills: readonly BillPublished[]): Promise<void> {
    const through = await postDebts(tx, bills);
    for (const bill of bills) if (!through.has(bill.billId)) await this.postBill(tx, bill);
  }

  /**
   * Posts a published bill in the caller's transaction; a bill that has been posted has no second effect.
   * @throws DomainError('projection_behind', 'unavailable') while the account is not known.
   */
  async postBill(tx: Tx, bill: BillPublished): Promise<void> {
    const account = await findAccount(tx, bill.accountId);
    if (!account) throw accountNotYetKnown(bill.accountId);
    const ledger = await lockLedger(tx, account.lane, bill.accountId);
    if (!(await insertBillLane(tx, account.lane, bill))) return;
    const kind = bill.total.startsWith('-') ? 'credit-note' : 'credit';
    const change = applyBill(ledger, bill);
    await saveChange(tx, change, {
      ...{ kind, id: bill.billId, credits: creditedBy(bill) },
      valueDate: localDateOf(tx.now, account.zone),
    });
    await expectDues(tx, [{ bill, account, opened: change.opened }]);
  }

  /**
   * Takes a payment, pays what it is for and with the rest the account's oldest bills; the same key again gets the same
   * payment.
   * @throws DomainError `payment_amount_invalid`, `account_not_found`, `value_date_invalid`, `allocation_exceeds_open`,
   *   `allocation_exceeds_funds`.
   */
  async recordPayment(request: PaymentRequest, idempotencyKey: string): Promise<RecordedPayment> {
    const lines = await this.lines.of(request.allocations);
    const recorded: AnsweredPayment = await this.transactions.once(
      'receivables.recordPayment',
      idempotencyKey,
      request,
      async (tx) => {
        const targets = (request.allocations ?? []).map(allocationOf);
        return this.takePayment(tx, { ...request, amount: paymentAmount(request.amount), targets, lines });
      },
    );
    return this.whole(recorded);
  }

  /** Answers that were stored before payments had value dates lack them: the payment has one. */
  private async whole(recorded: AnsweredPayment): Promise<RecordedPayment> {
    const { valueDate, reference = null, ...rest } = recorded;
    if (valueDate !== undefined) return { ...rest, valueDate, reference };
    const payment = await this.transactions.read((tx) => findPayment(tx, recorded.paymentId));
    if (!payment) throw paymentNotFound(recorded.paymentId);
    return { ...rest, valueDate: payment.valueDate, reference };
  }

  /** Takes a payment in the caller's transaction. Errors as `recordPayment`. */
  async takePayment(tx: Tx, request: PaymentToTake): Promise<RecordedPayment> {
    const { accountId, amount, method } = request;
    const account = await findAccount(tx, accountId);
    if (!account) throw accountNotFound(accountId);
    const { lane } = account;
    const valueDate = valueDateOf(request.valueDate ?? null, localDateOf(tx.now, account.zone));
    const payment: Payment = {
      ...{ paymentId: newId(), accountId, lane, amount, method, receivedAt: tx.now, valueDate },
      receivedBy: requestContext().actor?.id ?? 'system',
      reference: request.reference ?? null,
    };
    const ledger = await lockLedger(tx, lane, accountId);
    await this.lines.assertWithin(tx, ledger, request.lines ?? [], request.targets);
    await insertPayment(tx, payment);
    await this.drawer.note(tx, {
      ...{ method, kind: 'payment', referenceId: payment.paymentId, accountId, amount },
    });
    const change = applyPayment(ledger, { ...payment, from: request.from }, request.targets);
    await saveChange(tx, change, { kind: 'payment', id: payment.paymentId, valueDate });
    const { paymentId, receivedAt } = payment;
    const payload = { paymentId, accountId, amount: moneyToDecimal(amount), method, receivedAt, valueDate };
    tx.emit('payment.received.v1', { aggregateId: paymentId, lane, version: 1, payload });
    return { ...payload, reference: payment.reference };
  }
}
