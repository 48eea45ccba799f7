import { Injectable } from '@nestjs/common';
import { localDateOf, startOfLocalDate } from '@ronghe/kernel';
import { Transactions, type Tx } from '@ronghe/platform';
import { findDunningPolicies, policyOn } from '../top-up/policy.store';
import { lockDueAccounts, saveNextReviews, type DueAccountRow } from './dunning-account.store';
import { saveCases, type Reviewed } from './dunning-case.store';
import { readDunningAccounts } from './dunning-facts.store';
import { reviewAccount } from './dunning-review';
import { turnStops } from './dunning-stop.store';
import { settleLateFees } from './late-fee-review.service';

/** Accounts that are looked at in one transaction. */
const ACCOUNTS_AT_ONCE = 200;

/** Looks at accounts for which something may have come up: decides on their cases, stops and late fees, all together. */
@Injectable()
export class DunningReviewService {
  constructor(private readonly transactions: Transactions) {}

  /** Looks at some accounts; false when there was none. */
  async reviewSome(): Promise<boolean> {
    return this.transactions.run(async (tx) => {
      const rows = await lockDueAccounts(tx, ACCOUNTS_AT_ONCE);
      if (rows.length > 0) await this.review(tx, rows);
      return rows.length > 0;
    });
  }

  private async review(tx: Tx, rows: readonly DueAccountRow[]): Promise<void> {
    const policies = await findDunningPolicies(tx);
    const accounts = await readDunningAccounts(tx, rows);
    const reviewed = accounts.map((account): Reviewed => {
      const today = localDateOf(tx.now, account.zone);
      return { account, review: reviewAccount(account, policyOn(policies, today), today) };
    });
    await saveCases(tx, reviewed);
    await turnStops(
      tx,
      reviewed.flatMap(({ account: { lane, accountId }, review }) =>
        review.stops.map((stop) => ({ lane, accountId, ...stop })),
      ),
    );
    const feeDays = await settleLateFees(tx, rows, policies);
    await saveNextReviews(
      tx,
      reviewed.map(({ account: { lane, accountId, zone }, review }) => {
        const feeDay = feeDays.get(accountId) ?? null;
        const [day] = [review.nextDay, feeDay].flatMap((each) => each ?? []).sort();
        const at = day === undefined ? null : startOfLocalDate(day, zone);
        return { lane, accountId, at, isWatched: review.isWatched || feeDay !== null };
      }),
    );
  }
}
