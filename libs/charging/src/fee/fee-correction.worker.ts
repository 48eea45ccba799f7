import { Injectable } from '@nestjs/common';
import { instantFromDate, LANE_COUNT } from '@ronghe/kernel';
import { OnJob, PendingWork, Transactions, type JsonObject, type Tx } from '@ronghe/platform';
import { versionsMendedBy } from '@ronghe/rating';
import { AccountBooks } from '../balance/account-books.service';
import { holdProducts } from '../projection/account.store';
import {
  advanceFeeCorrection,
  CORRECT_FEES,
  findCorrectedAccounts,
  findOfferVersions,
  findOpenFeeCorrections,
  lockFeeCorrection,
  type CorrectionCursor,
  type OfferCorrection,
} from './fee-correction.store';
import { PrepaidFees } from './prepaid-fees.service';

/** Lanes of which one transaction looks for accounts, and accounts whose fees it corrects at most. */
const LANES_AT_ONCE = 64;
const ACCOUNTS_AT_ONCE = 100;
/** Most corrections that one look for pending work lists. */
const PENDING_LIMIT = 100;

/**
 * A version that mends an earlier one counts for all that was sold under that, from its beginning (SEMANTICS §2): the fees of
 * prepaid accounts of all periods, past and present, are brought to its prices. What was paid too much is given back to the
 * money that paid it, what is missing is due now; billing is told of both.
 */
@Injectable()
export class FeeCorrectionWorker {
  constructor(
    private readonly transactions: Transactions,
    private readonly books: AccountBooks,
    private readonly fees: PrepaidFees,
  ) {}

  @OnJob(CORRECT_FEES)
  async correct(correction: OfferCorrection): Promise<void> {
    while (await this.transactions.run((tx) => this.correctSome(tx, correction)));
  }

  @PendingWork(CORRECT_FEES)
  async pending(): Promise<JsonObject[]> {
    const corrections = await this.transactions.read((tx) => findOpenFeeCorrections(tx, PENDING_LIMIT));
    return corrections.map(({ code, version }) => ({ code, version }));
  }

  private async correctSome(tx: Tx, correction: OfferCorrection): Promise<boolean> {
    const cursor = await lockFeeCorrection(tx, correction);
    if (!cursor) return false;
    const { code } = correction;
    const versions = versionsMendedBy(await findOfferVersions(tx, code), correction);
    const end = Math.min(cursor.nextLane + LANES_AT_ONCE, LANE_COUNT);
    const lanes = Array.from({ length: end - cursor.nextLane }, (_, index) => cursor.nextLane + index);
    const page = { cursor, limit: ACCOUNTS_AT_ONCE };
    const accounts =
      versions.length === 0 ? [] : await findCorrectedAccounts(tx, { lanes, code, versions }, page);
    const accountIds = accounts.map(({ accountId }) => accountId);
    // A product that ends meanwhile would still be in the book, and its fee be debited again.
    await holdProducts(tx, accountIds);
    const book = await this.books.open(tx, accountIds);
    await this.fees.pricesChanged(
      tx,
      accounts.map(({ accountId, since }) => ({ accountId, since: instantFromDate(since) })),
      book,
    );
    const last = accounts.length === ACCOUNTS_AT_ONCE ? accounts.at(-1) : undefined;
    const next = nextOf(last, versions.length === 0 ? LANE_COUNT : end);
    await advanceFeeCorrection(tx, correction, next);
    return next !== null;
  }
}

/** Behind the last account of a full page, else at the first lane that was not looked at; null: that was all. */
function nextOf(
  last: { lane: number; accountId: string } | undefined,
  nextLane: number,
): CorrectionCursor | null {
  if (last) return { nextLane: last.lane, afterAccount: last.accountId };
  return nextLane < LANE_COUNT ? { nextLane, afterAccount: null } : null;
}
