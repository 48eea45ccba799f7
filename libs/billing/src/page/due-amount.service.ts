import { Injectable } from '@nestjs/common';
import { isDomainError, moneyFromDecimal, type Money } from '@ronghe/kernel';
import { Queries } from '@ronghe/platform';

/** Asks receivables what is still to be paid; a bill is readable without the answer. */
@Injectable()
export class DueAmounts {
  constructor(private readonly queries: Queries) {}

  /** In the order of the bills; null where a bill is not posted or receivables does not answer. */
  async of(billIds: readonly string[]): Promise<(Money | null)[]> {
    try {
      const { dues } = await this.queries.ask('receivables.getBillDues', { billIds: [...billIds] });
      return dues.map((due) => (due === null ? null : moneyFromDecimal(due)));
    } catch (error) {
      if (isDomainError(error) && error.kind === 'unavailable') return billIds.map(() => null);
      throw error;
    }
  }
}
