import { Injectable } from '@nestjs/common';
import { billPeriodAt, isId, localDateOf, zeroAmount } from '@ronghe/kernel';
import { requestContext, Transactions } from '@ronghe/platform';
import { chargingError } from '../charging.errors';
import { limitAmount } from '../money/money-input';
import { findAccounts, touchProducts } from '../projection/account.store';
import { locateProducts } from '../projection/product.store';
import { noteCreditChanges } from '../session/notification/session-notification.store';
import { spanOf, spendingId, type SpendCap, type SpendCapState } from './spend-cap';
import { findSpendCaps, insertSpendCap } from './spend-cap.store';
import { sumSpent } from './spent.store';

/** What staff say of a product's spending. */
export interface SpendCapRequest {
  productId: string;
  /** Yuan; null: no cap, not even the policy's. */
  amount: string | null;
  per: SpendCap['per'];
  atLimit: SpendCap['atLimit'];
  reason: string;
}

/** What products may spend on usage, each by itself. */
@Injectable()
export class SpendCaps {
  constructor(private readonly transactions: Transactions) {}

  /**
   * Sets, changes or takes away a product's cap, from now on: sessions that may go on, or may not, are told.
   * @throws DomainError `amount_invalid`, `product_not_found`.
   */
  async set(request: SpendCapRequest, idempotencyKey: string): Promise<SpendCapState | null> {
    await this.transactions.once('charging.setSpendCap', idempotencyKey, { ...request }, async (tx) => {
      const amount = request.amount === null ? null : limitAmount(request.amount);
      const [product] = isId(request.productId) ? await locateProducts(tx, [request.productId]) : [];
      if (!product)
        throw chargingError('product_not_found', 'no such product', { productId: request.productId });
      await touchProducts(tx, product.accountId);
      const by = requestContext().actor?.id ?? 'system';
      const { per, atLimit, reason } = request;
      await insertSpendCap(tx, product, { amount, per, atLimit }, { reason, by });
      await noteCreditChanges(tx, [product]);
      return {};
    });
    return (await this.ofProducts([request.productId]))[0] ?? null;
  }

  /** The cap of each product and what it has spent now, in the order of the ids; null: nothing was said of it. */
  ofProducts(productIds: readonly string[]): Promise<(SpendCapState | null)[]> {
    return this.transactions.read(async (tx) => {
      const products = await locateProducts(tx, productIds.filter(isId));
      const accounts = await findAccounts(tx, [...new Set(products.map(({ accountId }) => accountId))]);
      const caps = await findSpendCaps(tx, products);
      const wanted = products.flatMap((product) => {
        const cap = caps.get(product.productId);
        const cycle = accounts.find(({ accountId }) => accountId === product.accountId);
        if (!cap || !cycle) return [];
        const at = { period: billPeriodAt(tx.now, cycle).key, day: localDateOf(tx.now, cycle.zone) };
        return [{ place: { ...product, cycle, ...at }, cap, span: spanOf(cap, at) }];
      });
      const sums = await sumSpent(tx, wanted);
      const states = new Map(
        wanted.map(({ place: { productId }, cap, span }) => [
          productId,
          { ...cap, productId, span, spent: sums.get(spendingId(productId, span)) ?? zeroAmount },
        ]),
      );
      return productIds.map((productId) => states.get(productId) ?? null);
    });
  }
}
