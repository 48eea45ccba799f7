import { Injectable } from '@nestjs/common';
import type { QueryAnswer, QueryInput } from '@ronghe/contracts';
import { moneyToDecimal, type Money } from '@ronghe/kernel';
import { OnQuery, type Tx } from '@ronghe/platform';
import { LIST_LIMIT } from './balance.service';
import { findBillDues } from './balance.store';

/** Tells billing what is still to be paid of bills, for its printed page and its API. */
@Injectable()
export class DueService {
  @OnQuery('receivables.getBillDues')
  async getBillDues(
    input: QueryInput<'receivables.getBillDues'>,
    tx: Tx,
  ): Promise<QueryAnswer<'receivables.getBillDues'>> {
    const dues = await findBillDues(tx, input.billIds.slice(0, LIST_LIMIT));
    return { dues: input.billIds.map((billId) => textOf(dues.get(billId))) };
  }
}

function textOf(due: Money | undefined): string | null {
  return due === undefined ? null : moneyToDecimal(due);
}
