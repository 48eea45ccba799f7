import { Injectable } from '@nestjs/common';
import { Transactions } from '@ronghe/platform';
import { paymentAmount, type PaymentMethod } from '../payment';
import { PostingService } from '../posting.service';
import { billNotFound } from '../receivables.errors';
import { findStanding } from './allocation.store';
import type { MovementAnswer } from './movement';
import { MovementBook } from './movement-book.service';
import { recover, writeOff } from './settlement';

/** Bills that are given up as a loss, and losses that are paid after all. */
@Injectable()
export class WriteOffService {
  constructor(
    private readonly book: MovementBook,
    private readonly transactions: Transactions,
    private readonly posting: PostingService,
  ) {}

  /**
   * Gives up what a bill has open, or a part of it.
   * @throws DomainError `account_not_found`, `bill_not_found`, `allocation_exceeds_open`, `payment_amount_invalid`.
   */
  writeOff(
    request: { accountId: string; billId: string; amount?: string | null | undefined; reason: string },
    key: string,
  ): Promise<MovementAnswer> {
    const { billId } = request;
    return this.book.once('write-off', key, request, async ({ ledger, head }) => {
      const item = ledger.openItems.find((each) => each.billId === billId);
      if (!item) throw billNotFound(billId);
      const amount = request.amount ? paymentAmount(request.amount) : item.open;
      return { change: writeOff(ledger, head, { billId, amount }), amount, referenceId: billId };
    });
  }

  /**
   * Takes the money of a bill that had been given up: it is owed again, and paid at once.
   * @throws DomainError `account_not_found`, `nothing_written_off`, `payment_amount_invalid`.
   */
  recover(
    request: { accountId: string; billId: string; amount: string; method: PaymentMethod },
    key: string,
  ): Promise<MovementAnswer> {
    const { accountId, billId, method } = request;
    return this.transactions.once('receivables.recovery', key, request, async (tx) => {
      const amount = paymentAmount(request.amount);
      // The money is the payment's; the movement only says that the loss is none.
      const decide = { accountId, billIds: [billId] };
      const movement = await this.book.carryOut(tx, 'recovery', decide, async ({ ledger, head }) => {
        const standing = await findStanding(tx, ledger, { billId });
        return { change: recover(ledger, head, { standing, amount, billId }), amount, referenceId: billId };
      });
      const targets = [{ billId, amount }];
      await this.posting.takePayment(tx, { accountId, amount, method, targets, reference: null });
      return movement;
    });
  }
}
