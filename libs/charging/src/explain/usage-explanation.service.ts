import { Injectable } from '@nestjs/common';
import { isId } from '@ronghe/kernel';
import { Transactions, type Tx } from '@ronghe/platform';
import { termsAt, type Holding, type RatedUsage, type UsagePlan } from '@ronghe/rating';
import type { AccountBook } from '../balance/account-book';
import { AccountBooks } from '../balance/account-books.service';
import { explainUsage } from '../balance/explain-usage';
import { keyIn, usedOfRolled } from '../balance/group-change';
import { ratingStateOf, type StoredBucket } from '../balance/group-period';
import { findGroupPeriods } from '../balance/group-period.store';
import { laterKeysOf } from '../balance/later-periods';
import { chargingError } from '../charging.errors';
import { findAccounts } from '../projection/account.store';
import { eventOf, type StoredUsage } from '../usage/rated-usage';
import { findUsage, findUsageAnywhere, findUsageOf } from '../usage/rated-usage.store';
import { priceOriginOf, pricingProductOf, type PriceOrigin } from './price-origin';

/** A usage with what the engine says when it is rated again, and what it refers to. */
export interface ExplainedUsage {
  usage: StoredUsage;
  again: RatedUsage;
  origin: PriceOrigin;
  /** The buckets that the usage took from, by code, as they stand. */
  buckets: ReadonlyMap<string, StoredBucket>;
  /** The card of a product of the account, or of one that shares with it. */
  cardOf: (productId: string) => string | null;
  /** The account to which the buckets of the usage's unit belong. */
  unitAccountId: string;
}

/** Explains rated usage by running the engine again. */
@Injectable()
export class UsageExplanations {
  constructor(
    private readonly transactions: Transactions,
    private readonly books: AccountBooks,
  ) {}

  /**
   * A usage with what the engine says when it rates everything up to it again, trace on.
   * @param accountId where it is known; otherwise every lane is looked at
   * @throws DomainError `account_not_found`, `usage_not_found`
   */
  explain(accountId: string | null, usageId: string): Promise<ExplainedUsage> {
    return this.transactions.read(async (tx) => {
      const usage = await this.find(tx, accountId, usageId);
      if (!usage) throw chargingError('usage_not_found', 'there is no such usage', { usageId });
      const book = await this.books.open(tx, [usage.accountId]);
      return this.rateAgain(tx, usage, book);
    });
  }

  private async find(tx: Tx, accountId: string | null, usageId: string): Promise<StoredUsage | undefined> {
    if (accountId === null) return isId(usageId) ? findUsageAnywhere(tx, usageId) : undefined;
    const [account] = isId(accountId) ? await findAccounts(tx, [accountId]) : [];
    if (!account)
      throw chargingError('account_not_found', 'charging does not know this account', { accountId });
    const usage = isId(usageId) ? await findUsage(tx, account.lane, usageId) : undefined;
    return usage?.accountId === accountId ? usage : undefined;
  }

  private async rateAgain(tx: Tx, usage: StoredUsage, book: AccountBook): Promise<ExplainedUsage> {
    const key = keyIn(usage, usage.period);
    const [group] = await findGroupPeriods(tx, [key]);
    const later = group ? await findGroupPeriods(tx, laterKeysOf(group, book)) : [];
    let plan: UsagePlan | undefined;
    const again =
      group &&
      explainUsage(
        {
          grants: ratingStateOf(group).buckets,
          events: (await findUsageOf(tx, [key])).map(eventOf),
          planOf: (event) => {
            const found = book.planOf(event);
            if (event.usageId === usage.usageId) plan = found;
            return found;
          },
          usedNextPeriod: usedOfRolled(later, key.cardGroupId),
        },
        usage.usageId,
      );
    const used = book.productOf(usage.productId);
    if (!again || !plan || !used) {
      throw chargingError('usage_not_found', 'the period of the usage is not open', {
        usageId: usage.usageId,
      });
    }
    // The offers that the products had then.
    const then = (product: Holding): Holding => termsAt(product, usage.usedAt);
    const pricing = pricingProductOf(plan, then(used), book.holdingsOf(usage.accountId).map(then));
    return {
      usage,
      again,
      origin: priceOriginOf(plan, then(used), pricing),
      buckets: new Map(group.buckets.map((bucket) => [bucket.code, bucket])),
      unitAccountId: group.accountId,
      cardOf: (productId) => book.productOf(productId)?.card ?? null,
    };
  }
}
