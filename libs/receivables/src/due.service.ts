import { Injectable } from '@nestjs/common';
import type { QueryAnswer, QueryInput } from '@ronghe/contracts';
import { moneyToDecimal } from '@ronghe/kernel';
import { OnQuery, type Tx } from '@ronghe/platform';
import { findBillDues } from './balance.store';

/** Tells billing what is still to be paid of a bill, for its printed page. */
@Injectable()
export class DueService {
  @OnQuery('receivables.getBillDue')
  async getBillDue(
    input: QueryInput<'receivables.getBillDue'>,
    tx: Tx,
  ): Promise<QueryAnswer<'receivables.getBillDue'>> {
    const due = (await findBillDues(tx, [input.billId])).get(input.billId);
    return { due: due === undefined ? null : moneyToDecimal(due) };
  }
}
