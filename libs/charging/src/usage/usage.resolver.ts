import { Args, Query, Resolver } from '@nestjs/graphql';
import { connectionOf, pageLimit, pageStartId, Roles, type Connection } from '@ronghe/platform';
import type { RatedUsage, UsageTotal } from '../generated/graphql';
import { UsageReader } from './usage-reader.service';
import { totalView, usageView } from './usage.view';

/** Rated usage at the GraphQL edge. */
@Resolver()
export class UsageResolver {
  constructor(private readonly usages: UsageReader) {}

  @Roles('counter', 'billing', 'operations')
  @Query('usage')
  async usage(
    @Args('accountId') accountId: string,
    @Args('period') period: string,
    @Args('first') first: number,
    @Args('after') after: string | undefined,
  ): Promise<Connection<RatedUsage>> {
    const page = { first, after };
    const rows = await this.usages.page(accountId, period, {
      after: pageStartId(page),
      limit: pageLimit(page),
    });
    return connectionOf(rows.map(usageView), page, (usage) => usage.usageId);
  }

  @Roles('counter', 'billing', 'operations')
  @Query('usageTotals')
  async usageTotals(
    @Args('accountId') accountId: string,
    @Args('period') period: string,
  ): Promise<UsageTotal[]> {
    return (await this.usages.totals(accountId, period)).map(totalView);
  }
}
