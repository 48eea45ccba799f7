import { Injectable } from '@nestjs/common';
import type { QueryAnswer, QueryInput } from '@ronghe/contracts';
import { isId, moneyToDecimal } from '@ronghe/kernel';
import { OnQuery, type Tx } from '@ronghe/platform';
import { findBills } from './bill.store';

/** Most bills of one answer. */
const BILL_LIMIT = 100;

/** Tells receivables what lines come to, for payments that name a line. */
@Injectable()
export class BillLinesService {
  @OnQuery('billing.getBillLines')
  async getBillLines(
    input: QueryInput<'billing.getBillLines'>,
    tx: Tx,
  ): Promise<QueryAnswer<'billing.getBillLines'>> {
    const bills = await findBills(tx, input.billIds.filter(isId).slice(0, BILL_LIMIT));
    return {
      lines: bills.flatMap(({ billId, lines }) =>
        lines.map(({ no, net }) => ({ billId, no, amount: moneyToDecimal(net) })),
      ),
    };
  }
}
