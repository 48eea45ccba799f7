import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Roles } from '@ronghe/platform';
import { SessionCuts } from './session-cuts.service';

/** Sessions of an account that owes. */
@Resolver('Account')
export class AccountSessionResolver {
  constructor(private readonly cuts: SessionCuts) {}

  @Roles('counter', 'billing', 'operations')
  @ResolveField('sessionsToCut')
  sessionsToCut(@Parent() { accountId }: { accountId: string }): Promise<string[]> {
    return this.cuts.ofAccount(accountId);
  }
}
