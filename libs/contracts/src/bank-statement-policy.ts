import type { PolicyHead } from './policy-head';
import type { LocalizedText } from './text';

/** What a bank transfer is matched by, in the order in which it is tried. */
export type ReceiptMatch = 'bill-number' | 'account' | 'amount';

/** How a bank writes its statements as CSV in UTF-8, and by what its lines find their account. */
export interface BankStatementPolicy extends PolicyHead<'bank-statement'> {
  name: LocalizedText;
  delimiter: string;
  /** Lines before the one that names the columns. */
  skipLines: number;
  /** Names of the columns; null where the bank has none. */
  columns: {
    /** The bank's own id of a line; without it lines are told apart by their content. */
    reference: string | null;
    valueDate: string;
    /** Money that came in; empty, zero and negative amounts are lines of other kinds. */
    amount: string;
    payer: string | null;
    /** Where payers write what they pay for. */
    remarks: string[];
  };
  dateFormat: 'YYYY-MM-DD' | 'YYYY/MM/DD' | 'YYYYMMDD';
  matchBy: ReceiptMatch[];
}
