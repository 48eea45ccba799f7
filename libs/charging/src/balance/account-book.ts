import type {
  AccountOpened,
  DiscountPolicy,
  OfferDocument,
  ProductState,
  UsageClass,
} from '@ronghe/contracts';
import {
  contains,
  isDomainError,
  maxInstant,
  minInstant,
  type BillCycle,
  type Instant,
} from '@ronghe/kernel';
import {
  checkPriced,
  isHeldIn,
  lookupWithCorrections,
  UsagePlanCache,
  usagePlanOf,
  type OfferLookup,
  type RatingPolicies,
  type UsageEvent,
  type UsagePlan,
} from '@ronghe/rating';
import type { Period } from '@ronghe/kernel';
import { chargingError } from '../charging.errors';
import type { UnitGrant } from '../grant/unit-grant';
import { RatingUnits } from '../sharing/rating-units';
import type { Sharing } from '../sharing/sharing';

/** An account's place and cycle. */
export interface BookedAccount extends BillCycle {
  accountId: string;
  lane: number;
  paymentMode?: AccountOpened['paymentMode'];
}

/** What accounts may use beside what their offers say: of each other's, and what was given once. */
export interface AgreedAllowances {
  sharings: readonly Sharing[];
  unitGrants: readonly UnitGrant[];
  /** Discounts of accounts, for those that pay as they use; absent: none. */
  discounts?: readonly DiscountPolicy[];
}

const nothingAgreed: AgreedAllowances = { sharings: [], unitGrants: [] };

/** All that rating needs of a set of accounts: cycles, products with their history, offers and policies. Plain data, no I/O. */
export class AccountBook {
  /** The document of an offer version, or of its correction; throws `projection_behind` when it has not arrived. */
  readonly offers: OfferLookup;
  /** Which card groups are rated as one. */
  readonly units: RatingUnits;
  private readonly accounts: Map<string, BookedAccount>;
  private readonly products: Map<string, ProductState>;
  private readonly plans = new UsagePlanCache();
  private readonly byAccount = new Map<string, ProductState[]>();
  /** The account of each card group. */
  private readonly accountByCardGroup = new Map<string, string>();

  constructor(
    accounts: readonly BookedAccount[],
    products: readonly ProductState[],
    offers: readonly OfferDocument[] | OfferLookup,
    private readonly policies: RatingPolicies | null = null,
    private readonly agreed: AgreedAllowances = nothingAgreed,
  ) {
    this.units = new RatingUnits(agreed.sharings);
    this.accounts = new Map(accounts.map((account) => [account.accountId, account]));
    this.products = new Map(products.map((product) => [product.productId, product]));
    for (const product of products) {
      this.accountByCardGroup.set(product.cardGroupId, product.accountId);
      const siblings = this.byAccount.get(product.accountId);
      if (siblings) siblings.push(product);
      else this.byAccount.set(product.accountId, [product]);
    }
    this.offers = typeof offers === 'function' ? offers : lookupWithCorrections(offers, throwBehind);
  }

  /** The same accounts and products under other documents. */
  under(
    offers: OfferLookup,
    policies: RatingPolicies,
    discounts: readonly DiscountPolicy[] = this.agreed.discounts ?? [],
  ): AccountBook {
    return new AccountBook([...this.accounts.values()], [...this.products.values()], offers, policies, {
      ...this.agreed,
      discounts,
    });
  }

  cycleOf(accountId: string): BookedAccount | undefined {
    return this.accounts.get(accountId);
  }

  productOf(productId: string): ProductState | undefined {
    return this.products.get(productId);
  }

  /** What was given once to a card group and begins in a period. */
  grantsOf(cardGroupId: string, period: Period): UnitGrant[] {
    return this.agreed.unitGrants.filter(
      (grant) => grant.cardGroupId === cardGroupId && contains(period, grant.validFrom),
    );
  }

  /** Every product of the account, also ended ones. */
  holdingsOf(accountId: string): readonly ProductState[] {
    return this.byAccount.get(accountId) ?? [];
  }

  /** The rating units of an account that have an active product in the period. */
  unitsIn(accountId: string, period: Period): string[] {
    const active = this.holdingsOf(accountId).filter((product) => isHeldIn(product, period));
    return [...new Set(active.map((product) => this.ratingUnitOf(product, period.from)))];
  }

  /**
   * The id under which a product's usage is rated, counted and locked: its card group's, or the owner's of the group with
   * which that shares. The same for all of a bill period.
   */
  ratingUnitOf({ cardGroupId }: Pick<ProductState, 'cardGroupId'>, at: Instant): string {
    return this.units.unitOf(cardGroupId, at);
  }

  /** The account to which a unit's balances belong: its owner's; undefined when none of its products is known. */
  accountOfUnit(unitId: string): string | undefined {
    return this.accountByCardGroup.get(unitId);
  }

  /** The accounts whose products have ever been rated in a unit, its owner's first. */
  accountsOfUnit(unitId: string): string[] {
    const owner = this.accountOfUnit(unitId);
    return [...new Set([...(owner === undefined ? [] : [owner]), ...this.units.memberAccountsOf(unitId)])];
  }

  /** An account with those whose products have ever been rated in one unit with its own. */
  sharersOf(accountId: string): string[] {
    const units = new Set(
      this.holdingsOf(accountId).flatMap(({ cardGroupId }) => [
        cardGroupId,
        ...this.units.relatedTo(cardGroupId),
      ]),
    );
    return [...new Set([accountId, ...[...units].flatMap((unitId) => this.accountsOfUnit(unitId))])];
  }

  /** Every product of the accounts whose card groups have ever been rated in a unit, also ended ones. */
  holdingsOfUnit(unitId: string): readonly ProductState[] {
    const accountIds = this.accountsOfUnit(unitId);
    return accountIds.length === 1
      ? this.holdingsOf(accountIds[0] ?? '')
      : accountIds.flatMap((accountId) => this.holdingsOf(accountId));
  }

  /** The card groups, also ended ones, that are rated as a unit in a period. */
  cardGroupsOf(unitId: string, period: Period): string[] {
    const ids = new Set(this.holdingsOfUnit(unitId).map((product) => product.cardGroupId));
    return [...ids].filter((cardGroupId) => this.units.unitOf(cardGroupId, period.from) === unitId);
  }

  /** Whether any product that is rated in a unit is active in a period. */
  isUnitHeld(unitId: string, period: Period): boolean {
    return this.holdingsOfUnit(unitId).some(
      (product) => isHeldIn(product, period) && this.ratingUnitOf(product, period.from) === unitId,
    );
  }

  /** How a product's usage is charged; found once for each product, class and stretch of time. Throws what `usagePlanOf` throws. */
  planOf(usage: PricedUse): UsagePlan {
    const { productId, usageClass, usedAt } = usage;
    return this.plans.planOf(productId, usageClass, usedAt, () => {
      const holding = this.products.get(productId);
      if (!holding) throw chargingError('projection_behind', 'the product has not arrived', { productId });
      const plan = usagePlanOf({
        holding,
        holdings: this.holdingsOf(holding.accountId),
        offers: this.offers,
        usageClass,
        usedAt,
        ...(this.policies && { policies: this.policies }),
        ...zoneOf(this.accounts.get(holding.accountId)),
        ...this.useDiscountsOf(holding.accountId),
      });
      return this.inUnit(plan, holding.cardGroupId, usedAt);
    });
  }

  /** As planOf; null where the product's offer has no price for the usage. */
  planIfPriced(usage: PricedUse): UsagePlan | null {
    try {
      return this.planOf(usage);
    } catch (error) {
      if (isDomainError(error) && error.kind !== 'unavailable') return null;
      throw error;
    }
  }

  /** Money that is taken as it is used is discounted in the price. */
  private useDiscountsOf(accountId: string): { useDiscounts?: readonly DiscountPolicy[] } {
    const { discounts = [] } = this.agreed;
    const isPrepaid = this.accounts.get(accountId)?.paymentMode === 'prepaid';
    return isPrepaid && discounts.length > 0 ? { useDiscounts: discounts } : {};
  }

  /** Members count for themselves: a card group's counter has a name of its own in its owner's unit. */
  private inUnit(plan: UsagePlan, cardGroupId: string, usedAt: Instant): UsagePlan {
    const stretch = this.units.stretchOf(cardGroupId, usedAt);
    const holds = plan.holds && {
      from: maxInstant(plan.holds.from, stretch.from),
      to: minInstant(plan.holds.to, stretch.to),
    };
    const isMember = this.units.unitOf(cardGroupId, usedAt) !== cardGroupId;
    const isOfGroup = plan.counterKey === plan.chargeCode;
    const counterKey = isMember && isOfGroup ? `member/${cardGroupId}/${plan.counterKey}` : plan.counterKey;
    return { ...plan, counterKey, ...(holds && { holds }) };
  }

  /**
   * False when the product's offer has no price for the usage. Where the quantity is given, no part of it may be without
   * a rate, and what is priced by its amount must have one.
   */
  isPriced(usage: PricedUse & Partial<Pick<UsageEvent, 'quantity' | 'peer' | 'preratedAmount'>>): boolean {
    try {
      const plan = this.planOf(usage);
      const { quantity } = usage;
      if (quantity === undefined) return true;
      const { productId, usageClass, usedAt, peer = null, preratedAmount = null } = usage;
      checkPriced({ productId, usageClass, usedAt, quantity, peer, preratedAmount }, plan);
      return true;
    } catch (error) {
      if (isDomainError(error) && error.kind !== 'unavailable') return false;
      throw error;
    }
  }
}

function throwBehind(code: string, version: number): never {
  throw chargingError('projection_behind', `offer ${code} version ${version} has not arrived`, { code });
}

/** What the price of a usage is found by. */
export interface PricedUse {
  productId: string;
  usageClass: UsageClass;
  usedAt: Instant;
}

function zoneOf(account: BookedAccount | undefined): { zone?: string } {
  return account ? { zone: account.zone } : {};
}
