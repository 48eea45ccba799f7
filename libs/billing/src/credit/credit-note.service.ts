import { Injectable } from '@nestjs/common';
import { addDays, billPeriodOf, newId } from '@ronghe/kernel';
import { requestContext, Transactions, type Tx } from '@ronghe/platform';
import { findBills } from '../bill/bill.store';
import { saveBill } from '../bill/draft.store';
import { issueBatch } from '../bill/issue.store';
import type { Bill } from '../bill/bill';
import { billingErrors } from '../billing.errors';
import { billingPolicyOn } from '../policy';
import { lockAccounts } from '../projection/account.store';
import { readPolicies } from '../projection/projection.store';
import { creditNote, type LineToCredit } from './credit-note';
import { insertCreditNote, readLinesLeft } from './credit-note.store';

export interface CreditRequest {
  billId: string;
  reason: string;
  lines: LineToCredit[];
}

/** Issues credit notes by hand: numbered and published at once, in the transaction that decides. */
@Injectable()
export class CreditNoteService {
  constructor(private readonly transactions: Transactions) {}

  /**
   * Credits lines of a published bill; the same key again gets the same note.
   * @throws DomainError `bill_not_found`, `bill_not_creditable`, `credit_amount_invalid`, `credit_line_unknown`,
   *   `credit_line_repeated`, `credit_line_refused`, `credit_exceeds_line`.
   */
  issue(request: CreditRequest, idempotencyKey: string): Promise<{ billId: string }> {
    return this.transactions.once('billing.issueCreditNote', idempotencyKey, request, (tx) =>
      this.credit(tx, request),
    );
  }

  private async credit(tx: Tx, { billId, reason, lines }: CreditRequest): Promise<{ billId: string }> {
    const [bill] = await findBills(tx, [billId]);
    if (!bill) throw billingErrors.billNotFound(billId);
    if (bill.statement) throw billingErrors.billNotCreditable(billId);
    const account = await lockBilled(tx, bill);
    const draft = creditNote(bill, await readLinesLeft(tx, bill), lines, reason);
    const period = billPeriodOf(bill.period, account.cycle);
    // A note is its own run: it is numbered and published as a run's bills are.
    const runId = newId();
    const scope = { lanes: [bill.lane], runId, period };
    await saveBill(tx, scope, { account, billId: runId, draft });
    await insertCreditNote(tx, {
      ...{ lane: bill.lane, billId: runId, creditedBillId: billId, reason },
      requestedBy: requestContext().actor?.id ?? 'system',
    });
    const policy = billingPolicyOn(await readPolicies(tx), addDays(period.endDay, -1));
    await issueBatch(tx, { ...scope, policy }, account.cycle);
    return { billId: runId };
  }
}

/** Whose charges are on the bill: no run drafts them, and no other note credits them, until this one is written. */
async function lockBilled(tx: Tx, bill: Bill) {
  const others = bill.lines.flatMap(({ accountId }) => accountId ?? []);
  const accounts = await lockAccounts(tx, [...new Set([bill.accountId, ...others])]);
  const account = accounts.find(({ accountId }) => accountId === bill.accountId);
  if (!account) throw billingErrors.accountNotFound(bill.accountId);
  return account;
}
