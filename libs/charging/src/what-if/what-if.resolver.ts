import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Roles, SystemClock } from '@ronghe/platform';
import { WhatIfDto } from './what-if.dto';
import { figuresView, whatIfView, type WhatIfView } from './what-if.view';
import { WhatIfs } from './what-ifs.service';

/** Trials of draft documents at the GraphQL edge. */
@Resolver('WhatIf')
export class WhatIfResolver {
  constructor(
    private readonly trials: WhatIfs,
    private readonly clock: SystemClock,
  ) {}

  @Roles('billing', 'operations')
  @Query('whatIf')
  async whatIf(@Args('whatIfId') whatIfId: string): Promise<WhatIfView | null> {
    const trial = await this.trials.find(whatIfId);
    return trial && whatIfView(trial, this.clock.now());
  }

  @Roles('billing', 'operations')
  @Mutation('startWhatIf')
  async startWhatIf(
    @Args('input') { period, files, replacements }: WhatIfDto,
    @Args('idempotencyKey') key: string,
  ): Promise<WhatIfView> {
    const input = {
      period,
      files: files.map(({ path, text }) => ({ path, text })),
      replacements: replacements.map(({ offering, by }) => ({ offering, by })),
    };
    return whatIfView(await this.trials.start(input, key), this.clock.now());
  }

  @Roles('billing', 'operations')
  @Mutation('cancelWhatIf')
  async cancelWhatIf(
    @Args('whatIfId') whatIfId: string,
    @Args('idempotencyKey') key: string,
  ): Promise<WhatIfView> {
    return whatIfView(await this.trials.cancel(whatIfId, key), this.clock.now());
  }

  @ResolveField('figures')
  async figures(@Parent() { whatIfId }: WhatIfView): Promise<ReturnType<typeof figuresView>> {
    return figuresView(await this.trials.figures(whatIfId));
  }
}
