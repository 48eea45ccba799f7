import { Injectable } from '@nestjs/common';
import type { ReceiptMatch } from '@ronghe/contracts';
import { isId, localDateOf, minMoney, moneyFromMinor, zeroMoney, type Money } from '@ronghe/kernel';
import { requestContext, Transactions, type Tx } from '@ronghe/platform';
import { findAccount } from '../account.store';
import { assertBalanced, credit, debit, type JournalLine } from '../journal-entry';
import { insertEntries } from '../ledger.store';
import type { Allocation } from '../open-item';
import type { PaymentMethod } from '../payment';
import { PostingService } from '../posting.service';
import {
  accountNotFound,
  billNotFound,
  receiptIsMatched,
  receiptIsReturned,
  receiptNotFound,
  receiptNotMatched,
} from '../receivables.errors';
import { reasonMissing } from '../dunning/dunning.errors';
import { CreditService } from '../settlement/credit.service';
import { wordsOf, type Receipt, type ReceiptFact, type ReceiptOutcome } from './receipt';
import {
  clearMatch,
  findAccountsNamed,
  findBillsByNumber,
  findBillsByOpen,
  findByReference,
  findUnmatched,
  insertReceipt,
  lockReceipt,
  saveMatch,
  saveReturn,
  type NamedBill,
} from './receipt.store';

/** Money at the bank whose account is not known lies in no account's lane. */
const NO_LANE = 0;
const LIST_LIMIT = 100;

/** Whom a receipt is for. */
interface Match {
  matchedBy: string;
  accountId: string;
  bills: NamedBill[];
}

/** Receipts that banks and gateways report: kept once by their reference, matched with an account, or listed until somebody does. */
@Injectable()
export class ReceiptService {
  constructor(
    private readonly transactions: Transactions,
    private readonly posting: PostingService,
    private readonly credit: CreditService,
  ) {}

  /**
   * Takes a receipt in the caller's transaction; one that is known has no second effect. Without a match the money is booked
   * as not identified.
   */
  async take(
    tx: Tx,
    fact: ReceiptFact,
    how: { matchBy: readonly ReceiptMatch[]; method: PaymentMethod; fileId: string | null },
  ): Promise<{ receipt: Receipt | null; outcome: ReceiptOutcome }> {
    const receiptId = await insertReceipt(tx, fact, how.fileId);
    if (receiptId === null) {
      const known = await findByReference(tx, fact);
      if (known?.contentHash !== fact.contentHash) return { receipt: known, outcome: 'differs' };
      const isOfThisFile = how.fileId !== null && known.fileId === how.fileId;
      // What was sent back since was nobody's when its file was taken.
      const taken = known.state === 'returned' ? 'unmatched' : known.state;
      return { receipt: known, outcome: isOfThisFile ? taken : 'duplicate' };
    }
    const match = await this.matchOf(tx, fact, how.matchBy);
    if (match) await this.pay(tx, { ...fact, receiptId }, match, { method: how.method });
    else await bookUnidentified(tx, { ...fact, receiptId });
    return { receipt: await findByReference(tx, fact), outcome: match ? 'matched' : 'unmatched' };
  }

  /**
   * Makes a receipt that nobody could match a payment of an account; of a bill of it first, where one is named.
   * @throws DomainError `receipt_not_found`, `receipt_is_matched`, `account_not_found`, `bill_not_found`.
   */
  async match(
    request: { receiptId: string; accountId: string; billNumber?: string | null | undefined },
    key: string,
  ): Promise<Receipt> {
    const { receiptId } = request;
    await this.transactions.once('receivables.matchReceipt', key, request, async (tx) => {
      const { accountId, billNumber } = request;
      const receipt = isId(receiptId) ? await lockReceipt(tx, receiptId) : null;
      if (!receipt) throw receiptNotFound(receiptId);
      checkUnmatched(receipt);
      if (!(await findAccount(tx, accountId))) throw accountNotFound(accountId);
      const named = billNumber ? await findBillsByNumber(tx, [billNumber]) : [];
      const bills = named.filter((bill) => bill.accountId === accountId);
      if (billNumber && bills.length === 0) throw billNotFound(billNumber);
      const match = { matchedBy: requestContext().actor?.id ?? 'system', accountId, bills };
      await this.pay(tx, receipt, match, { method: methodOf(receipt), from: 'unidentified' });
      return { receiptId };
    });
    return this.get(receiptId);
  }

  /**
   * Takes back a match with the wrong account: what the payment paid is owed again, and the receipt is nobody's.
   * @throws DomainError `receipt_not_found`, `receipt_not_matched`, `reason_missing`, `refund_exceeds_payment` where the
   *   payment was refunded.
   */
  async unmatch(request: { receiptId: string; reason: string }, key: string): Promise<Receipt> {
    const { receiptId } = request;
    await this.transactions.once('receivables.unmatchReceipt', key, request, async (tx) => {
      const reason = request.reason.trim();
      if (reason === '') throw reasonMissing();
      const receipt = isId(receiptId) ? await lockReceipt(tx, receiptId) : null;
      if (!receipt) throw receiptNotFound(receiptId);
      const { accountId, paymentId, amount } = receipt;
      if (accountId === null || paymentId === null) throw receiptNotMatched(receiptId);
      await this.credit.unmatch(tx, { accountId, paymentId, amount, reason });
      await clearMatch(tx, receiptId);
      return { receiptId };
    });
    return this.get(receiptId);
  }

  /**
   * Sends money back to where it came from, because it is nobody's: it leaves the bank by hand, this books it.
   * @throws DomainError `receipt_not_found`, `receipt_is_matched`, `receipt_is_returned`, `reason_missing`.
   */
  async return(request: { receiptId: string; reason: string }, key: string): Promise<Receipt> {
    const { receiptId } = request;
    await this.transactions.once('receivables.returnReceipt', key, request, async (tx) => {
      const reason = request.reason.trim();
      if (reason === '') throw reasonMissing();
      const receipt = isId(receiptId) ? await lockReceipt(tx, receiptId) : null;
      if (!receipt) throw receiptNotFound(receiptId);
      checkUnmatched(receipt);
      await saveReturn(tx, receiptId, { by: requestContext().actor?.id ?? 'system', reason });
      await bookReturned(tx, receipt);
      return { receiptId };
    });
    return this.get(receiptId);
  }

  /** @throws DomainError `receipt_not_found`. */
  async get(receiptId: string): Promise<Receipt> {
    const receipt = await this.transactions.run((tx) => lockReceipt(tx, receiptId));
    if (!receipt) throw receiptNotFound(receiptId);
    return receipt;
  }

  /** Receipts that are nobody's yet, oldest first. */
  unmatched(after: string | null, first: number): Promise<Receipt[]> {
    const limit = Math.min(Math.max(first, 0), LIST_LIMIT);
    return this.transactions.read((tx) => findUnmatched(tx, after, limit));
  }

  private async pay(
    tx: Tx,
    receipt: ReceiptFact & { receiptId: string },
    { matchedBy, accountId, bills }: Match,
    { method, from }: { method: PaymentMethod; from?: 'unidentified' },
  ): Promise<void> {
    const account = await findAccount(tx, accountId);
    if (!account) throw accountNotFound(accountId);
    const { amount, reference } = receipt;
    const today = localDateOf(tx.now, account.zone);
    const valueDate = receipt.valueDate < today ? receipt.valueDate : today;
    const targets = targetsOf(bills, amount);
    const request = { accountId, amount, method, valueDate, reference, targets, from };
    const { paymentId } = await this.posting.takePayment(tx, request);
    await saveMatch(tx, receipt.receiptId, { matchedBy, accountId, paymentId });
  }

  /** By the first way that finds exactly one account. */
  private async matchOf(tx: Tx, fact: ReceiptFact, matchBy: readonly ReceiptMatch[]): Promise<Match | null> {
    const words = wordsOf(fact);
    const found: Record<ReceiptMatch, () => Promise<(NamedBill | { accountId: string })[]>> = {
      'bill-number': () => findBillsByNumber(tx, words),
      account: async () => (await findAccountsNamed(tx, words)).map((accountId) => ({ accountId })),
      amount: async () => {
        const bills = await findBillsByOpen(tx, fact.amount);
        return bills.length === 1 ? bills : [];
      },
    };
    for (const way of matchBy) {
      const places = await found[way]();
      const [accountId, ...others] = [...new Set(places.map((place) => place.accountId))];
      if (accountId === undefined || others.length > 0) continue;
      return {
        matchedBy: way,
        accountId,
        bills: places.flatMap((place) => ('billId' in place ? [place] : [])),
      };
    }
    return null;
  }
}

/** A bank's receipts come in statements, a gateway's one by one. */
function methodOf({ fileId }: Receipt): PaymentMethod {
  return fileId === null ? 'gateway' : 'transfer';
}

/** @throws DomainError `receipt_is_matched`, `receipt_is_returned`. */
function checkUnmatched({ receiptId, state }: Receipt): void {
  if (state === 'matched') throw receiptIsMatched(receiptId);
  if (state === 'returned') throw receiptIsReturned(receiptId);
}

/** The named bills as far as they are open and the money reaches. */
function targetsOf(bills: readonly NamedBill[], amount: Money): Allocation[] {
  let left = amount;
  return bills.flatMap(({ billId, open }) => {
    const part = minMoney(left, open);
    left = moneyFromMinor(left - part);
    return part > zeroMoney ? [{ billId, amount: part }] : [];
  });
}

async function bookUnidentified(
  tx: Tx,
  { receiptId, amount }: ReceiptFact & { receiptId: string },
): Promise<void> {
  const lines = [...debit('bank', amount, receiptId), ...credit('unidentified', amount, receiptId)];
  await bookOf(tx, 'receipt', receiptId, lines);
}

async function bookReturned(tx: Tx, { receiptId, amount }: Receipt): Promise<void> {
  const lines = [...debit('unidentified', amount, receiptId), ...credit('bank', amount, receiptId)];
  await bookOf(tx, 'receipt-returned', receiptId, lines);
}

async function bookOf(
  tx: Tx,
  kind: 'receipt' | 'receipt-returned',
  receiptId: string,
  lines: JournalLine[],
): Promise<void> {
  const entry = { lane: NO_LANE, kind, referenceId: receiptId, accountId: receiptId };
  await insertEntries(tx, [assertBalanced({ ...entry, period: null, bookedAt: tx.now, lines })]);
}
