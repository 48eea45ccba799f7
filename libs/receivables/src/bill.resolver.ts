import { Context, Parent, ResolveField, Resolver, ResolveReference } from '@nestjs/graphql';
import { moneyToDecimal } from '@ronghe/kernel';
import { loaderOf, Roles, type GraphQLContext } from '@ronghe/platform';
import { BalanceService } from './balance.service';

interface BillRef {
  id: string;
}

/** What receivables adds to a bill: the amount due. */
@Resolver('Bill')
export class BillResolver {
  constructor(private readonly balances: BalanceService) {}

  @ResolveReference()
  resolveReference(reference: BillRef): BillRef {
    return { id: reference.id };
  }

  @Roles('counter', 'billing', 'operations')
  @ResolveField('due')
  async due(@Parent() bill: BillRef, @Context() context: GraphQLContext): Promise<string | null> {
    const loader = loaderOf(context, 'receivables.billDues', (ids: readonly string[]) =>
      this.balances.billDues(ids),
    );
    const due = await loader.load(bill.id);
    return due === null ? null : moneyToDecimal(due);
  }
}
