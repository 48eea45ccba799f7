import { Injectable } from '@nestjs/common';
import { sumMoney } from '@ronghe/kernel';
import { paymentAmount, type PaymentMethod } from '../payment';
import type { MovementAnswer } from './movement';
import { MovementBook } from './movement-book.service';
import { returnDeposit, takeDeposit, useDeposit } from './settlement';

interface DepositRequest {
  accountId: string;
  amount: string;
  method: PaymentMethod;
  reason?: string | null | undefined;
}

/** Deposits: taken as a security, given back, or used for arrears. */
@Injectable()
export class DepositService {
  constructor(private readonly book: MovementBook) {}

  /** @throws DomainError `account_not_found`, `payment_amount_invalid`. */
  take(request: DepositRequest, key: string): Promise<MovementAnswer> {
    return this.book.once('deposit-taken', key, request, async ({ ledger, head }) => {
      const amount = paymentAmount(request.amount);
      return { change: takeDeposit(ledger, head, { amount, method: request.method }), amount };
    });
  }

  /** @throws DomainError `account_not_found`, `payment_amount_invalid`, `deposit_exceeded`. */
  giveBack(request: DepositRequest, key: string): Promise<MovementAnswer> {
    return this.book.once('deposit-returned', key, request, async ({ ledger, head }) => {
      const amount = paymentAmount(request.amount);
      return { change: returnDeposit(ledger, head, { amount, method: request.method }), amount };
    });
  }

  /**
   * Pays what is late, the oldest first, with up to so much of the deposit; the answer says how much it took.
   * @throws DomainError `account_not_found`, `payment_amount_invalid`, `deposit_exceeded`, `nothing_to_allocate`.
   */
  use(
    request: { accountId: string; amount: string; reason?: string | null | undefined },
    key: string,
  ): Promise<MovementAnswer> {
    return this.book.once('deposit-used', key, request, async ({ ledger, head }) => {
      const change = useDeposit(ledger, head, paymentAmount(request.amount));
      return { change, amount: sumMoney(change.allocations.map(({ amount }) => amount)) };
    });
  }
}
