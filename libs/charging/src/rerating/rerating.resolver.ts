import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { UsageClass } from '@ronghe/contracts';
import { instantFromIso, type Instant } from '@ronghe/kernel';
import { connectionOf, pageLimit, pageStartId, Roles, SystemClock, type Connection } from '@ronghe/platform';
import type { ReratingCharge, ReratingDelta, ReratingProblem, ReratingSummary } from '../generated/graphql';
import type { ReratingScope } from './rerating';
import { ReratingReader } from './rerating-reader.service';
import { ReratingDto } from './rerating.dto';
import {
  chargeView,
  deltaView,
  problemView,
  reratingView,
  summaryView,
  type ReratingView,
} from './rerating.view';
import { Reratings } from './reratings.service';

/** Re-ratings at the GraphQL edge: previewed by billing, applied by billing or operations. */
@Resolver('Rerating')
export class ReratingResolver {
  constructor(
    private readonly reratings: Reratings,
    private readonly reader: ReratingReader,
    private readonly clock: SystemClock,
  ) {}

  @Roles('billing', 'operations')
  @Query('rerating')
  async rerating(@Args('reratingId') reratingId: string): Promise<ReratingView | null> {
    const rerating = await this.reratings.find(reratingId);
    return rerating && reratingView(rerating, this.clock.now());
  }

  @Roles('billing', 'operations')
  @Query('reratings')
  async page(
    @Args('first') first: number,
    @Args('after') after: string | undefined,
  ): Promise<Connection<ReratingView>> {
    const page = { first, after };
    const rows = await this.reratings.page({ after: pageStartId(page), limit: pageLimit(page) });
    const views = rows.map((row) => reratingView(row, this.clock.now()));
    return connectionOf(views, page, (view) => view.reratingId);
  }

  @Roles('billing', 'operations')
  @Mutation('previewRerating')
  async previewRerating(
    @Args('input') input: ReratingDto,
    @Args('idempotencyKey') key: string,
  ): Promise<ReratingView> {
    return this.view(this.reratings.preview(scopeOf(input), input.reason, key));
  }

  @Roles('billing', 'operations')
  @Mutation('previewReratingAgain')
  async previewReratingAgain(
    @Args('reratingId') reratingId: string,
    @Args('idempotencyKey') key: string,
  ): Promise<ReratingView> {
    return this.view(this.reratings.previewAgain(reratingId, key));
  }

  @Roles('billing', 'operations')
  @Mutation('applyRerating')
  async applyRerating(
    @Args('reratingId') reratingId: string,
    @Args('idempotencyKey') key: string,
  ): Promise<ReratingView> {
    return this.view(this.reratings.apply(reratingId, key));
  }

  @Roles('billing', 'operations')
  @Mutation('cancelRerating')
  async cancelRerating(
    @Args('reratingId') reratingId: string,
    @Args('idempotencyKey') key: string,
  ): Promise<ReratingView> {
    return this.view(this.reratings.cancel(reratingId, key));
  }

  @ResolveField('outOfDate')
  outOfDate(@Parent() { rerating }: ReratingView): Promise<boolean> {
    return this.reratings.isOutOfDate(rerating);
  }

  @ResolveField('summary')
  async summary(@Parent() { reratingId }: ReratingView): Promise<ReratingSummary> {
    return summaryView(await this.reader.summary(reratingId));
  }

  @ResolveField('charges')
  async charges(@Parent() { reratingId }: ReratingView): Promise<ReratingCharge[]> {
    return (await this.reader.charges(reratingId)).map(chargeView);
  }

  @ResolveField('deltas')
  async deltas(
    @Parent() { reratingId }: ReratingView,
    @Args('first') first: number,
    @Args('accountId') accountId: string | undefined,
    @Args('after') after: string | undefined,
  ): Promise<Connection<ReratingDelta>> {
    const page = { first, after };
    const at = { accountId: accountId ?? null, after: pageStartId(page), limit: pageLimit(page) };
    const rows = await this.reader.deltas(reratingId, at);
    return connectionOf(rows.map(deltaView), page, (delta) => delta.deltaId);
  }

  @ResolveField('problems')
  async problems(@Parent() { reratingId }: ReratingView): Promise<ReratingProblem[]> {
    return (await this.reader.problems(reratingId)).map(problemView);
  }

  private async view(rerating: Promise<Parameters<typeof reratingView>[0]>): Promise<ReratingView> {
    return reratingView(await rerating, this.clock.now());
  }
}

function scopeOf(input: ReratingDto): ReratingScope {
  const instant = (text: string | null | undefined): Instant | null => (text ? instantFromIso(text) : null);
  return {
    accountId: input.accountId ?? null,
    offeringCode: input.offeringCode ?? null,
    offeringVersion: input.offeringVersion ?? null,
    usedFrom: instant(input.usedFrom),
    usedTo: instant(input.usedTo),
    usageClass: input.usageClass ? (input.usageClass.toLowerCase() as UsageClass) : null,
    source: input.source ?? null,
  };
}
