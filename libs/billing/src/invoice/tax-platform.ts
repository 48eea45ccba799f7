import type { Instant } from '@ronghe/kernel';

/**
 * The tax platform as billing needs it: it numbers invoices. The same `requestId` again gets the same number, so whoever has not
 * heard an answer asks again.
 */
export abstract class TaxPlatform {
  /** @throws PermanentFailure when it refuses the invoice; any other error: it can be asked again. */
  abstract submit(request: {
    requestId: string;
    xml: string;
  }): Promise<{ number: string; issuedAt: Instant }>;
}
