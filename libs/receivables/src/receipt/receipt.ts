import type { LocalDate, Money, Instant } from '@ronghe/kernel';

/** Money as a bank or gateway reports it. */
export interface ReceiptFact {
  /** Code of the statement's mapping, or name of the gateway. */
  source: string;
  /** The source's own id of it. */
  reference: string;
  /** Of everything that the source says of it: the same id with another hash is refused. */
  contentHash: string;
  amount: Money;
  valueDate: LocalDate;
  payer: string;
  /** What the payer wrote. */
  remark: string;
}

/** A receipt as it is kept. */
export interface Receipt extends ReceiptFact {
  receiptId: string;
  fileId: string | null;
  state: 'matched' | 'unmatched' | 'returned';
  /** bill-number, account, amount, or who matched it by hand. */
  matchedBy: string | null;
  accountId: string | null;
  paymentId: string | null;
  /** Business time. */
  receivedAt: Instant;
  /** When it was sent back, business time; null: it was not. */
  returnedAt: Instant | null;
}

/** What became of a receipt that was reported. */
export type ReceiptOutcome = 'matched' | 'unmatched' | 'duplicate' | 'differs';

/** Most words of a remark that are looked up, and how long one may be. */
const WORDS_MAXIMUM = 20;
const WORD = /[A-Za-z0-9-]{4,60}/g;

/** The words of a remark that may be bill numbers or account ids. */
export function wordsOf({ remark, payer }: { remark: string; payer: string }): string[] {
  return [...new Set(`${remark} ${payer}`.match(WORD) ?? [])].slice(0, WORDS_MAXIMUM);
}
