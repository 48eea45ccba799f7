import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { AccountRelationKind } from '@ronghe/contracts';
import { loaderOf, Roles, type GraphQLContext } from '@ronghe/platform';
import type { Account } from './account';
import { AccountRelationService } from './account-relation.service';
import type { StoredRelation } from './account-relation.store';
import { EndAccountRelationDto, RelateAccountsDto } from './account-relation.dto';
import { customerErrors } from './customer.errors';
import type { AccountRelationKind as KindName } from './generated/graphql';

const kindOf: Record<KindName, AccountRelationKind> = {
  SPONSORSHIP: 'sponsorship',
  PARENT: 'parent',
  SPLIT: 'split',
  DISCOUNT_SHARING: 'discount-sharing',
};

/** Relations of accounts at the GraphQL edge. */
@Resolver('Account')
export class AccountRelationResolver {
  constructor(private readonly relations: AccountRelationService) {}

  @Roles('counter')
  @Mutation('relateAccounts')
  async relateAccounts(
    @Args('input') input: RelateAccountsDto,
    @Args('idempotencyKey') idempotencyKey: string,
  ) {
    const { relationId } = await this.relations.relate(
      { ...input, kind: kindOf[input.kind] },
      idempotencyKey,
    );
    return this.shown(relationId);
  }

  @Roles('counter')
  @Mutation('endAccountRelation')
  async endAccountRelation(
    @Args('input') input: EndAccountRelationDto,
    @Args('idempotencyKey') idempotencyKey: string,
  ) {
    const { relationId } = await this.relations.end({ ...input }, idempotencyKey);
    return this.shown(relationId);
  }

  @Roles('counter', 'billing', 'operations')
  @ResolveField('relations')
  async ofAccount(@Parent() account: Account, @Context() context: GraphQLContext) {
    const load = (ids: readonly string[]) => this.relations.ofAccounts(ids);
    const found = await loaderOf(context, 'accountRelation.byAccount', load).load(account.accountId);
    return (found ?? []).map(relationView);
  }

  private async shown(relationId: string) {
    const relation = await this.relations.find(relationId);
    if (!relation) throw customerErrors.relationNotFound(relationId);
    return relationView(relation);
  }
}

function relationView({ terms, ownerAccountId, memberAccountId, ...rest }: StoredRelation) {
  const { relationId, effectiveFrom, effectiveTo } = rest;
  const blank = { percent: null, limit: null, chargeClasses: null, productIds: null, priority: null };
  const empty = { ...blank, memberPays: null, discountCodes: null };
  const kind = (Object.keys(kindOf) as KindName[]).find((name) => kindOf[name] === terms.kind);
  return {
    relationId,
    ownerAccountId,
    memberAccountId,
    effectiveFrom,
    effectiveTo,
    ...empty,
    ...terms,
    kind,
  };
}
