import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { textIn, type LocalizedText } from '@ronghe/contracts';
import { Roles } from '@ronghe/platform';
import { DunningReadingService } from './dunning-reading.service';
import { accountDunningView, caseView, disputeView, lateFeeView, promiseView } from './dunning.view';

interface AccountRef {
  accountId: string;
}

/** What dunning adds to an account: where it stands, disputes, late fees. */
@Resolver('Account')
export class AccountDunningResolver {
  constructor(private readonly reading: DunningReadingService) {}

  @Roles('counter', 'billing', 'operations')
  @ResolveField('dunning')
  async dunning(@Parent() { accountId }: AccountRef) {
    const found = await this.reading.account(accountId);
    return found && accountDunningView(found);
  }

  @Roles('counter', 'billing', 'operations')
  @ResolveField('disputes')
  async disputes(@Parent() { accountId }: AccountRef) {
    return (await this.reading.disputes(accountId)).map(disputeView);
  }

  @Roles('counter', 'billing', 'operations')
  @ResolveField('lateFees')
  async lateFees(@Parent() { accountId }: AccountRef) {
    const bills = await this.reading.lateBills(accountId);
    return bills.flatMap(({ bill, today, policy }) => (policy ? [lateFeeView(bill, policy, today)] : []));
  }
}

/** The history of an account in dunning. */
@Resolver('AccountDunning')
export class DunningHistoryResolver {
  constructor(private readonly reading: DunningReadingService) {}

  @ResolveField('cases')
  async cases(@Parent() { accountId }: AccountRef, @Args('first') first: number) {
    return (await this.reading.cases(accountId, first)).map(caseView);
  }

  @ResolveField('promise')
  async promise(@Parent() { accountId }: AccountRef) {
    const promise = await this.reading.promise(accountId);
    return promise && promiseView(promise);
  }
}

/** The name of a step that was taken. */
@Resolver('DunningStep')
export class DunningStepResolver {
  @ResolveField('name')
  name(
    @Parent() { names }: { names: LocalizedText | null },
    @Args('language') language: string,
  ): string | null {
    return nameIn(names, language);
  }
}

/** The name of a step to come. */
@Resolver('DunningOutlook')
export class DunningOutlookResolver {
  @ResolveField('name')
  name(
    @Parent() { names }: { names: LocalizedText | null },
    @Args('language') language: string,
  ): string | null {
    return nameIn(names, language);
  }
}

function nameIn(names: LocalizedText | null, language: string): string | null {
  return names && textIn(names, language);
}
