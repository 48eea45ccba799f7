import { Injectable } from '@nestjs/common';
import { maxMoney, subtractMoney, sumMoney, zeroMoney, type Money } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { AccountLedger, LedgerChange } from '../account-ledger';
import { paymentAmount, type PaymentMethod } from '../payment';
import { findPayment } from '../payment.store';
import { lockLedger } from '../ledger.store';
import { allocationNotFound, paymentNotFound, refundExceedsPayment } from '../receivables.errors';
import { findStanding } from './allocation.store';
import { BillLines } from './bill-lines.service';
import type { MovementAnswer } from './movement';
import { MovementBook, type Decided, type Desk } from './movement-book.service';
import { refundedOf } from './movement.store';
import { creditToUnidentified, refundCredit, reversalsOf, spendCredit, takeBack } from './settlement';
import { allocationOf, type AllocationText } from './target';

/** What is done with an account's credit: pay bills with it, take allocations back into it, pay it out. */
@Injectable()
export class CreditService {
  constructor(
    private readonly book: MovementBook,
    private readonly lines: BillLines,
  ) {}

  /**
   * Pays the bills or lines that are named with credit; the oldest bills where none is.
   * @throws DomainError `account_not_found`, `nothing_to_allocate`, `allocation_exceeds_open`, `allocation_exceeds_funds`,
   *   `line_not_found`.
   */
  async allocate(
    request: { accountId: string; allocations?: readonly AllocationText[] | undefined },
    key: string,
  ): Promise<MovementAnswer> {
    const lines = await this.lines.of(request.allocations);
    return this.book.once('credit-used', key, request, async ({ tx, ledger, head }) => {
      const targets = (request.allocations ?? []).map(allocationOf);
      await this.lines.assertWithin(tx, ledger, lines, targets);
      const change = spendCredit(ledger, head, targets);
      return { change, amount: sumMoney(change.allocations.map(({ amount }) => amount)) };
    });
  }

  /**
   * Takes an allocation back, wholly unless an amount is named: its bill is owed again.
   * @throws DomainError `account_not_found`, `allocation_not_found`, `allocation_exceeds_standing`.
   */
  unallocate(
    request: { accountId: string; allocationId: string; amount?: string | null | undefined; reason: string },
    key: string,
  ): Promise<MovementAnswer> {
    return this.book.once('unallocation', key, request, async ({ tx, ledger, head }) => {
      const { allocationId } = request;
      const [allocation] = await findStanding(tx, ledger, { allocationId });
      if (!allocation || allocation.sourceKind === 'write-off') throw allocationNotFound(allocationId);
      const amount = request.amount ? paymentAmount(request.amount) : allocation.amount;
      const owed = await lockLedger(tx, ledger.lane, ledger.accountId, [allocation.billId]);
      const change = takeBack(owed, head, [{ allocation, amount }]);
      return { change, amount, referenceId: allocation.billId };
    });
  }

  /**
   * Pays credit out, in cash or through the bank. Where a payment is named it is that payment that is given back: what it
   * paid is owed again as far as the account's credit does not reach.
   * @throws DomainError `account_not_found`, `payment_not_found`, `refund_exceeds_credit`, `refund_exceeds_payment`.
   */
  refund(
    request: {
      accountId: string;
      amount: string;
      method: PaymentMethod;
      paymentId?: string | null | undefined;
      reason: string;
    },
    key: string,
  ): Promise<MovementAnswer> {
    const { method, paymentId } = request;
    return this.book.once('refund', key, request, async (desk) => {
      const amount = paymentAmount(request.amount);
      const payOut = (ledger: AccountLedger) => refundCredit(ledger, desk.head, { amount, method });
      if (!paymentId) return { change: payOut(desk.ledger), amount };
      return this.giveBack(desk, paymentId, amount, payOut);
    });
  }

  /**
   * Takes a payment back whose money was somebody else's, in the caller's transaction: it is not identified again.
   * @throws DomainError `account_not_found`, `payment_not_found`, `refund_exceeds_payment` where it was paid back already.
   */
  async unmatch(
    tx: Tx,
    {
      paymentId,
      amount,
      ...request
    }: { accountId: string; paymentId: string; amount: Money; reason: string },
  ): Promise<void> {
    await this.book.carryOut(tx, 'receipt-unmatched', request, (desk) =>
      this.giveBack(desk, paymentId, amount, (ledger) => creditToUnidentified(ledger, desk.head, amount)),
    );
  }

  /** What a payment paid is owed again as far as the account's credit does not reach, and its money goes. */
  private async giveBack(
    desk: Desk,
    paymentId: string,
    amount: Money,
    payOut: (ledger: AccountLedger) => LedgerChange,
  ): Promise<Decided> {
    await this.assertLeft(desk, paymentId, amount);
    const freed = await this.free(desk, paymentId, amount);
    const out = payOut(freed?.after ?? desk.ledger);
    const change = { ...out, entries: [...(freed?.entries ?? []), ...out.entries] };
    return { change: { ...change, reversed: freed?.reversed ?? [] }, amount, referenceId: paymentId };
  }

  private async assertLeft({ tx, ledger }: Desk, paymentId: string, amount: Money): Promise<void> {
    const payment = await findPayment(tx, paymentId);
    if (!payment || payment.accountId !== ledger.accountId) throw paymentNotFound(paymentId);
    const back = await refundedOf(tx, ledger.lane, ledger.accountId, paymentId);
    const left = subtractMoney(payment.amount, back);
    if (amount > left) throw refundExceedsPayment(paymentId, left);
  }

  /** Takes back as much of what the payment paid as the credit lacks, the newest first; none where it lacks nothing. */
  private async free(
    { tx, ledger, head }: Desk,
    paymentId: string,
    amount: Money,
  ): Promise<LedgerChange | null> {
    const lacking = maxMoney(subtractMoney(amount, ledger.credit), zeroMoney);
    if (lacking === zeroMoney) return null;
    const standing = await findStanding(tx, ledger, { sourceId: paymentId });
    const billIds = standing.map(({ billId }) => billId);
    const owed = await lockLedger(tx, ledger.lane, ledger.accountId, billIds);
    return takeBack(owed, head, reversalsOf(standing, lacking));
  }
}
