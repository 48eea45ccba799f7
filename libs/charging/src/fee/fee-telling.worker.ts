import { Injectable } from '@nestjs/common';
import { OnJob, PendingWork, Transactions, type JsonObject } from '@ronghe/platform';
import { tellFees } from './fee-facts.store';
import { hasUntoldFees, lockUntoldFees } from './prepaid-fee.store';

const TELL_FEES = 'charging.tellFees';

/** Fees that one transaction tells. */
const FEES_AT_ONCE = 500;

/** Tells billing of fees that were debited before it was told of any; later ones are told as they are debited. */
@Injectable()
export class FeeTellingWorker {
  constructor(private readonly transactions: Transactions) {}

  @OnJob(TELL_FEES)
  async tell(): Promise<void> {
    while (await this.tellSome());
  }

  @PendingWork(TELL_FEES)
  async untold(): Promise<JsonObject[]> {
    return (await this.transactions.read(hasUntoldFees)) ? [{}] : [];
  }

  private tellSome(): Promise<boolean> {
    return this.transactions.run(async (tx) => {
      const fees = await lockUntoldFees(tx, FEES_AT_ONCE);
      await tellFees(tx, fees);
      return fees.length === FEES_AT_ONCE;
    });
  }
}
