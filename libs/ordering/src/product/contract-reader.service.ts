import { Injectable } from '@nestjs/common';
import { Transactions } from '@ronghe/platform';
import { heldTerms } from '@ronghe/rating';
import { offerVersion } from '../basket/on-sale';
import { ReferenceStore } from '../reference/reference.store';
import { contractView, type ContractView } from './contract-view';
import { ProductStore } from './product.store';

/** Contracts of installed products, for the edges. */
@Injectable()
export class ContractReader {
  constructor(
    private readonly transactions: Transactions,
    private readonly products: ProductStore,
    private readonly reference: ReferenceStore,
  ) {}

  /** The latest contract of each product; null where it never had one. */
  async ofProducts(productIds: readonly string[]): Promise<(ContractView | null)[]> {
    return this.transactions.read(async (tx) => {
      const products = await this.products.latest(tx, productIds);
      const codes = products.flatMap(({ state }) => heldTerms(state).map(({ offeringCode }) => offeringCode));
      const offers = await this.reference.offers(tx, codes);
      const zones = await this.reference.zonesOf(
        tx,
        products.map(({ state }) => state.accountId),
      );
      const views = new Map(
        products.map(({ state }) => [
          state.productId,
          contractView(state, {
            offers: (code, version) => offerVersion({ offers }, code, version),
            zone: zones.get(state.accountId) ?? OPERATOR_ZONE,
            now: tx.now,
          }),
        ]),
      );
      return productIds.map((productId) => views.get(productId) ?? null);
    });
  }
}

/** The zone of an account that has not arrived. */
const OPERATOR_ZONE = 'Asia/Shanghai';
