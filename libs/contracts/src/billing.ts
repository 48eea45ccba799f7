import type { Instant } from '@ronghe/kernel';
import type { MoneyText } from './text';

export interface BillTaxText {
  percent: string;
  gross: MoneyText;
  tax: MoneyText;
}

/**
 * A numbered bill that the customer may see; receivables posts it. It is issued to who pays: charges of accounts that do not
 * pay are lines of the paying account's bill.
 */
export interface BillPublished {
  billId: string;
  number: string;
  customerId: string;
  accountId: string;
  lane: number;
  period: string;
  /** Σ net of its lines; negative for a credit note. */
  total: MoneyText;
  taxes: BillTaxText[];
  /** Of its total: charges that came once, by charge class; late fees bear no late fee themselves. Left out: none. */
  oneTimeCharges?: { chargeClass: string; amount: MoneyText }[];
  /** The bill that a credit note by hand credits: it settles that one first. */
  creditsBillId?: string;
  /** With it: the numbers of that bill's lines that it credits, in part or whole. */
  creditsLines?: number[];
  issuedAt: Instant;
  /** First instant at which it is late: the start of the local day after the last day to pay. */
  dueAt: Instant;
}

/** A numbered statement of a prepaid account: what was used and debited in a period. Nothing is due. */
export interface PrepaidStatementPublished {
  /** Statements are numbered and read as bills are. */
  billId: string;
  number: string;
  customerId: string;
  accountId: string;
  lane: number;
  period: string;
  /** Σ net of its lines, taken from the balance as it came. */
  total: MoneyText;
  issuedAt: Instant;
}

export interface BillingEvents {
  'bill.published.v1': BillPublished;
  'prepaid-statement.published.v1': PrepaidStatementPublished;
}

export interface BillingQueries {
  /** What the lines of published bills come to, tax included, for money that is meant for one of them. 100 bills at most. */
  'billing.getBillLines': {
    input: { billIds: string[] };
    answer: { lines: { billId: string; no: number; amount: MoneyText }[] };
  };
}

export interface BillingCommands {
  /** One line on a future bill: late fee, penalty. */
  'billing.chargeOnce': {
    input: {
      accountId: string;
      chargeClass: string;
      label: string;
      amount: MoneyText;
      taxClass: string;
      serviceDate: string;
    };
    answer: { chargeId: string };
  };
}
