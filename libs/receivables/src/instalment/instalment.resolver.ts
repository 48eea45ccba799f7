import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { moneyToDecimal } from '@ronghe/kernel';
import { loaderOf, Roles, type GraphQLContext } from '@ronghe/platform';
import type { InstalmentPlan } from './instalment-plan';
import { CancelInstalmentPlanDto, CreateInstalmentPlanDto } from './instalment.dto';
import { InstalmentService } from './instalment.service';

/** Instalment plans of an account. */
@Resolver('Account')
export class InstalmentResolver {
  constructor(private readonly instalments: InstalmentService) {}

  @Roles('counter', 'billing')
  @Mutation('createInstalmentPlan')
  async create(@Args('input') input: CreateInstalmentPlanDto, @Args('idempotencyKey') key: string) {
    const parts = input.parts.map(({ dueOn, amount }) => ({ dueOn, amount }));
    return planView(await this.instalments.create({ ...input, parts }, key));
  }

  @Roles('counter', 'billing')
  @Mutation('cancelInstalmentPlan')
  async cancel(@Args('input') input: CancelInstalmentPlanDto, @Args('idempotencyKey') key: string) {
    return planView(await this.instalments.cancel({ ...input }, key));
  }

  @Roles('counter', 'billing', 'operations')
  @ResolveField('instalmentPlans')
  async plans(@Parent() account: { accountId: string }, @Context() context: GraphQLContext) {
    const loader = loaderOf(context, 'receivables.instalmentPlans', (ids: readonly string[]) =>
      this.instalments.plans(ids),
    );
    return ((await loader.load(account.accountId)) ?? []).map(planView);
  }
}

/** A plan as GraphQL shows it. */
function planView({ planId, accountId, state, parts, items, createdAt, endedAt }: InstalmentPlan) {
  return {
    ...{ planId, account: { accountId }, state: state.toUpperCase(), createdAt, endedAt },
    parts: parts.map(({ dueOn, amount }) => ({ dueOn, amount: moneyToDecimal(amount) })),
    bills: items.map(({ billId }) => ({ id: billId })),
  };
}
