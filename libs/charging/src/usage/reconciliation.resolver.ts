import { Args, Query, Resolver } from '@nestjs/graphql';
import { Roles } from '@ronghe/platform';
import type { UsageClass, UsageReconciliation } from '../generated/graphql';
import { Reconciliation } from './reconciliation.service';

/** Offline records against online sessions, at the GraphQL edge. */
@Resolver()
export class ReconciliationResolver {
  constructor(private readonly reconciliation: Reconciliation) {}

  @Roles('billing', 'operations')
  @Query('usageReconciliation')
  async usageReconciliation(
    @Args('accountId') accountId: string,
    @Args('period') period: string,
  ): Promise<UsageReconciliation[]> {
    const rows = await this.reconciliation.of(accountId, period);
    return rows.map(({ usageClass, recordQuantity, sessionQuantity, ...row }) => ({
      ...row,
      usageClass: usageClass.toUpperCase() as UsageClass,
      recordQuantity: recordQuantity.toString(),
      sessionQuantity: sessionQuantity.toString(),
      difference: (recordQuantity - sessionQuantity).toString(),
    }));
  }
}
