import { Args, Query, ResolveReference, Resolver } from '@nestjs/graphql';
import { parseLocalDate, type LocalDate } from '@ronghe/kernel';
import {
  connectionOf,
  loaderOf,
  pageLimit,
  pageStart,
  type Connection,
  type GraphQLContext,
  type PageArguments,
} from '@ronghe/platform';
import { CatalogReader } from './catalog-reader.service';
import type { ProductOffering } from './generated/graphql';
import { offeringView } from './offering-view';

/** GraphQL arguments `on`, `first`, `after`. */
export interface DayPageArguments extends PageArguments {
  on?: string | null;
}

/** Offerings at the GraphQL edge; every signed-in actor may read them. */
@Resolver('ProductOffering')
export class OfferingResolver {
  constructor(private readonly reader: CatalogReader) {}

  @Query('productOffering')
  async productOffering(
    @Args('code') code: string,
    @Args('version') version: number | null | undefined,
  ): Promise<ProductOffering | null> {
    const stored = await this.reader.offer(code, version ?? null);
    return stored && offeringView(stored.document, stored.publishedAt);
  }

  @Query('productOfferings')
  async productOfferings(@Args() page: DayPageArguments): Promise<Connection<ProductOffering>> {
    const rows = await this.reader.inForce('offer_version', {
      on: dayOf(page),
      afterCode: pageStart(page),
      limit: pageLimit(page),
    });
    const views = rows.map((row) => offeringView(row.document, row.publishedAt));
    return connectionOf(views, page, (view) => view.code);
  }

  @ResolveReference()
  async reference(
    representation: { code: string; version: number },
    context: GraphQLContext,
  ): Promise<ProductOffering | null> {
    const load = (keys: readonly string[]) => this.reader.offers(keys.map(fromKey));
    const stored = await loaderOf(context, 'catalog.offering', load).load(toKey(representation));
    return stored && offeringView(stored.document, stored.publishedAt);
  }
}

/** The day that a page is about. @throws DomainError('invalid_local_date'). */
export function dayOf(page: DayPageArguments): LocalDate | null {
  return page.on == null ? null : parseLocalDate(page.on);
}

function toKey({ code, version }: { code: string; version: number }): string {
  return `${version}@${code}`;
}

function fromKey(key: string): { code: string; version: number } {
  const at = key.indexOf('@');
  return { version: Number(key.slice(0, at)), code: key.slice(at + 1) };
}
