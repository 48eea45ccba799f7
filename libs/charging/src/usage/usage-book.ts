import type { ProductState } from '@ronghe/contracts';
import type { Instant } from '@ronghe/kernel';
import type { UsagePlan } from '@ronghe/rating';
import type { AccountBook, BookedAccount, PricedUse } from '../balance/account-book';
import { chargingError } from '../charging.errors';

/** The books of many accounts as one, for the products that a batch of usage is of. */
export class UsageBook {
  /** @param versions how often products of each account had changed when the book was read, or oftener by what it holds */
  constructor(
    private readonly byAccount: ReadonlyMap<string, AccountBook>,
    private readonly byProduct: ReadonlyMap<string, AccountBook>,
    readonly versions: ReadonlyMap<string, number>,
  ) {}

  /** The book of an account, or one that knows it since it shares; throws `projection_behind` when it has not arrived. */
  bookOf(accountId: string): AccountBook {
    const book =
      this.byAccount.get(accountId) ??
      [...new Set(this.byAccount.values())].find((each) => each.cycleOf(accountId) !== undefined);
    if (!book) throw chargingError('projection_behind', 'the account has not arrived', { accountId });
    return book;
  }

  cycleOf(accountId: string): BookedAccount | undefined {
    return this.byAccount.get(accountId)?.cycleOf(accountId);
  }

  productOf(productId: string): ProductState | undefined {
    return this.byProduct.get(productId)?.productOf(productId);
  }

  /** As `AccountBook.ratingUnitOf`. */
  ratingUnitOf(product: ProductState, at: Instant): string {
    return this.bookOf(product.accountId).ratingUnitOf(product, at);
  }

  /** As `AccountBook.planOf`. */
  planOf(usage: PricedUse): UsagePlan {
    const book = this.byProduct.get(usage.productId);
    if (!book) {
      const { productId } = usage;
      throw chargingError('projection_behind', 'the product has not arrived', { productId });
    }
    return book.planOf(usage);
  }

  /** As `AccountBook.planIfPriced`. */
  planIfPriced(usage: PricedUse): UsagePlan | null {
    return this.byProduct.get(usage.productId)?.planIfPriced(usage) ?? null;
  }

  /** As `AccountBook.isPriced`. */
  isPriced(usage: PricedUse): boolean {
    return this.byProduct.get(usage.productId)?.isPriced(usage) ?? false;
  }
}
