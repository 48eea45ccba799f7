import type { AccountOpened, OfferDocument, ProductState, UsageClass } from '@ronghe/contracts';
import { isDomainError, type BillCycle, type Instant } from '@ronghe/kernel';
import {
  isHeldIn,
  lookupWithCorrections,
  usagePlanOf,
  type OfferLookup,
  type UsagePlan,
} from '@ronghe/rating';
import type { Period } from '@ronghe/kernel';
import { chargingError } from '../charging.errors';

/** An account's place and cycle. */
export interface BookedAccount extends BillCycle {
  accountId: string;
  lane: number;
  paymentMode?: AccountOpened['paymentMode'];
}

/** All that rating needs of a set of accounts: cycles, products with their history, and offers. Plain data, no I/O. */
export class AccountBook {
  /** The document of an offer version, or of its correction; throws `projection_behind` when it has not arrived. */
  readonly offers: OfferLookup;
  private readonly accounts: Map<string, BookedAccount>;
  private readonly products: Map<string, ProductState>;
  private readonly byAccount = new Map<string, ProductState[]>();

  constructor(
    accounts: readonly BookedAccount[],
    products: readonly ProductState[],
    offers: readonly OfferDocument[],
  ) {
    this.accounts = new Map(accounts.map((account) => [account.accountId, account]));
    this.products = new Map(products.map((product) => [product.productId, product]));
    for (const product of products) {
      const siblings = this.byAccount.get(product.accountId);
      if (siblings) siblings.push(product);
      else this.byAccount.set(product.accountId, [product]);
    }
    this.offers = lookupWithCorrections(offers, (code, version) => {
      throw chargingError('projection_behind', `offer ${code} version ${version} has not arrived`, { code });
    });
  }

  cycleOf(accountId: string): BookedAccount | undefined {
    return this.accounts.get(accountId);
  }

  productOf(productId: string): ProductState | undefined {
    return this.products.get(productId);
  }

  /** Every product of the account, also ended ones. */
  holdingsOf(accountId: string): readonly ProductState[] {
    return this.byAccount.get(accountId) ?? [];
  }

  /** The card groups of an account that have an active product in the period. */
  cardGroupsIn(accountId: string, period: Period): string[] {
    const active = this.holdingsOf(accountId).filter((product) => isHeldIn(product, period));
    return [...new Set(active.map((product) => product.cardGroupId))];
  }

  /** How a product's usage is charged. Throws what `usagePlanOf` throws. */
  planOf(usage: { productId: string; usageClass: UsageClass; usedAt: Instant }): UsagePlan {
    const holding = this.products.get(usage.productId);
    if (!holding)
      throw chargingError('projection_behind', 'the product has not arrived', { productId: usage.productId });
    return usagePlanOf({
      holding,
      holdings: this.holdingsOf(holding.accountId),
      offers: this.offers,
      usageClass: usage.usageClass,
      usedAt: usage.usedAt,
    });
  }

  /** False when the product's offer has no price for the usage. */
  isPriced(usage: { productId: string; usageClass: UsageClass; usedAt: Instant }): boolean {
    try {
      this.planOf(usage);
      return true;
    } catch (error) {
      if (isDomainError(error) && error.kind !== 'unavailable') return false;
      throw error;
    }
  }
}
