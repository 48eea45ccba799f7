import { Injectable } from '@nestjs/common';
import { PlatformConfig, SystemClock, Transactions } from '@ronghe/platform';
import { receiptDiffers } from '../receivables.errors';
import { assertSigned, readCallback } from './callback';
import { ReceiptService } from './receipt.service';

/** What a gateway is told, the same however often it asks. */
export interface CallbackAnswer {
  transactionId: string | null;
  state: 'accepted' | 'ignored';
}

/** Payments that a gateway reports, signed with the secret that RONGHE_GATEWAY_SECRETS has for it. */
@Injectable()
export class GatewayService {
  constructor(
    private readonly config: PlatformConfig,
    private readonly clock: SystemClock,
    private readonly transactions: Transactions,
    private readonly receipts: ReceiptService,
  ) {}

  /**
   * Takes a payment that a gateway reports; the same report again, or replayed, changes nothing and gets the same answer.
   * @throws DomainError `callback_refused`, `callback_invalid`, `payment_amount_invalid`, `receipt_differs`.
   */
  async receive(
    gateway: string,
    callback: { timestamp: string; signature: string; bytes: string },
    body: unknown,
  ): Promise<CallbackAnswer> {
    assertSigned(callback, this.config.gatewaySecrets.get(gateway), this.clock.now());
    const fact = readCallback(gateway, body);
    if (fact === null) return { transactionId: null, state: 'ignored' };
    const { outcome } = await this.transactions.run((tx) =>
      this.receipts.take(tx, fact, { matchBy: ['bill-number', 'account'], method: 'gateway', fileId: null }),
    );
    if (outcome === 'differs') throw receiptDiffers(fact.reference);
    return { transactionId: fact.reference, state: 'accepted' };
  }
}
