import { Injectable } from '@nestjs/common';
import { negateMoney, type Money } from '@ronghe/kernel';
import { requestContext, type Tx } from '@ronghe/platform';
import type { PaymentMethod } from '../payment';
import { shiftMissing } from './cashier.errors';
import { insertReceipt, lockOpenShift, needsShift } from './cashier.store';

/** What takes cash out of the till, and what brings it in; the rest moves none. */
const paidOut: readonly string[] = ['refund', 'deposit-returned'];
const paidIn: readonly string[] = ['payment', 'top-up', 'deposit-taken'];

/** Notes cash in the shift of the clerk who takes it or pays it out. */
@Injectable()
export class CashDrawer {
  /**
   * Writes the receipt in the caller's transaction; nothing for other methods, and for cash without a shift where none is
   * needed.
   * @throws DomainError `cashier_shift_missing`.
   */
  async note(
    tx: Tx,
    moved: {
      method: PaymentMethod | null;
      kind: string;
      referenceId: string;
      accountId: string;
      amount: Money;
    },
  ): Promise<void> {
    const { actor } = requestContext();
    const isOut = paidOut.includes(moved.kind);
    if (moved.method !== 'cash' || actor === null || !(isOut || paidIn.includes(moved.kind))) return;
    const shift = await lockOpenShift(tx, actor.id);
    if (shift) {
      const amount = isOut ? negateMoney(moved.amount) : moved.amount;
      await insertReceipt(tx, shift, { ...moved, amount });
    } else if (await needsShift(tx)) throw shiftMissing();
  }
}
