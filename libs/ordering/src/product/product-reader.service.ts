import { Injectable } from '@nestjs/common';
import type { LocalizedText, ProductState } from '@ronghe/contracts';
import { Transactions } from '@ronghe/platform';
import { ReferenceStore } from '../reference/reference.store';
import { orderingError } from '../ordering.errors';
import type { ProductVersion } from './product';
import { ProductStore, type ProductFilter } from './product.store';

/** Installed products for the edges: read in batches, in the order of the ids that are asked for. */
@Injectable()
export class ProductReader {
  constructor(
    private readonly transactions: Transactions,
    private readonly products: ProductStore,
    private readonly reference: ReferenceStore,
  ) {}

  async byIds(productIds: readonly string[]): Promise<(ProductVersion | null)[]> {
    const found = await this.transactions.read((tx) => this.products.latest(tx, productIds));
    const byId = new Map(found.map((product) => [product.state.productId, product]));
    return productIds.map((productId) => byId.get(productId) ?? null);
  }

  /** What GraphQL shows of products: their states. */
  async states(productIds: readonly string[]): Promise<(ProductState | null)[]> {
    return (await this.byIds(productIds)).map((product) => product?.state ?? null);
  }

  /** @throws DomainError product_not_found */
  async get(productId: string): Promise<ProductVersion> {
    const [product] = await this.byIds([productId]);
    if (!product) throw orderingError('product_not_found', { productId });
    return product;
  }

  /** Every version of each product, oldest first. */
  async histories(productIds: readonly string[]): Promise<ProductVersion[][]> {
    const versions = await this.transactions.read((tx) => this.products.histories(tx, productIds));
    return productIds.map((id) => versions.filter(({ state }) => state.productId === id));
  }

  /** The products of each owner, `limit` at most, after one id. */
  async ofOwners(filter: ProductFilter, after: string | null, limit: number): Promise<ProductVersion[][]> {
    const rows = await this.transactions.read((tx) => this.products.list(tx, filter, limit, after));
    return filter.ids.map((id) =>
      rows.filter(({ state }) => (filter.by === 'customer_id' ? state.customerId : state.accountId) === id),
    );
  }

  /** One page by position. */
  async page(
    customerId: string | null,
    page: { offset: number; limit: number },
  ): Promise<{ total: number; products: ProductVersion[] }> {
    return this.transactions.read((tx) => this.products.page(tx, customerId, page));
  }

  /** Names of offerings, by `code@version`; null for one that was never published. */
  async offeringNames(keys: readonly string[]): Promise<(LocalizedText | null)[]> {
    const codes = keys.map((key) => key.slice(0, key.lastIndexOf('@')));
    const offers = await this.transactions.read((tx) => this.reference.offers(tx, codes));
    return keys.map((key, index) => {
      const versions = offers(codes[index] ?? '');
      return versions.find(({ code, version }) => key === `${code}@${version}`)?.name ?? null;
    });
  }
}
