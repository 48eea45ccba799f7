import { Args, Mutation, Parent, Query, ResolveField, ResolveReference, Resolver } from '@nestjs/graphql';
import type { Actor, Role } from '@ronghe/contracts';
import {
  connectionOf,
  CurrentActor,
  loaderOf,
  pageLimit,
  pageStart,
  Public,
  Roles,
  type Connection,
  type GraphQLContext,
  type PageArguments,
} from '@ronghe/platform';
import type { Role as RoleName } from './generated/graphql';
import { CreateStaffDto } from './identity.dto';
import type { Staff } from './staff';
import { StaffService } from './staff.service';

const nameOf: Record<Role, RoleName> = {
  counter: 'COUNTER',
  billing: 'BILLING',
  operations: 'OPERATIONS',
  partner: 'PARTNER',
};

/** Staff at the GraphQL edge. */
@Resolver('Staff')
export class StaffResolver {
  constructor(private readonly service: StaffService) {}

  @Query('me')
  async me(@CurrentActor() actor: Actor): Promise<Staff> {
    return this.service.get(actor.id);
  }

  @Roles('operations')
  @Query('staff')
  async staff(@Args() page: PageArguments): Promise<Connection<Staff>> {
    const rows = await this.service.list(pageStart(page), pageLimit(page));
    return connectionOf(rows, page, (each) => each.username);
  }

  @Roles('operations')
  @Mutation('createStaff')
  async createStaff(
    @Args('input') input: CreateStaffDto,
    @Args('idempotencyKey') idempotencyKey: string,
  ): Promise<Staff> {
    const roles = input.roles.map((name) => name.toLowerCase());
    const { staffId } = await this.service.create({ ...input, roles }, idempotencyKey);
    return this.service.get(staffId);
  }

  @Roles('operations')
  @Mutation('disableStaff')
  async disableStaff(
    @Args('staffId') staffId: string,
    @Args('idempotencyKey') idempotencyKey: string,
  ): Promise<Staff> {
    await this.service.disable(staffId, idempotencyKey);
    return this.service.get(staffId);
  }

  @Roles('operations')
  @ResolveReference()
  async reference(representation: { staffId: string }, context: GraphQLContext): Promise<Staff | null> {
    const load = (ids: readonly string[]) => this.service.findMany(ids);
    return loaderOf(context, 'staff.byId', load).load(representation.staffId);
  }

  /** Open: who may have the member of staff may see this, also the answer to a sign-in, which has no actor yet. */
  @Public()
  @ResolveField('roles')
  roles(@Parent() staff: Staff): RoleName[] {
    return staff.roles.map((role) => nameOf[role]);
  }
}
