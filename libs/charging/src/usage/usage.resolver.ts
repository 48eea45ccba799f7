import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { amountToDecimal } from '@ronghe/kernel';
import { connectionOf, pageLimit, pageStartId, Roles, type Connection } from '@ronghe/platform';
import { explanationText, recompute, type ExplanationStep, type RatedUsage as Rated } from '@ronghe/rating';
import type { RatedUsage, UsageTotal } from '../generated/graphql';
import type { StoredUsage } from './rated-usage';
import { UsageReader } from './usage-reader.service';
import { totalView, usageView } from './usage.view';

/** Product text exists in two languages; anything else is answered in English. */
function languageOf(text: string): 'en' | 'zh-CN' {
  return text === 'zh-CN' ? 'zh-CN' : 'en';
}

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

  @Roles('counter', 'billing', 'operations')
  @Query('explainUsage')
  explainUsage(
    @Args('accountId') accountId: string,
    @Args('usageId') usageId: string,
  ): Promise<{ usage: StoredUsage; again: Rated }> {
    return this.usages.explain(accountId, usageId);
  }
}

/** A usage with what the engine said when it was rated again. */
interface ExplanationParent {
  usage: StoredUsage;
  again: Rated;
}

/** Shows the trace of a usage that was rated again. */
@Resolver('UsageExplanation')
export class UsageExplanationResolver {
  @ResolveField('usage')
  usage(@Parent() { usage }: ExplanationParent): RatedUsage {
    return usageView(usage);
  }

  @ResolveField('text')
  text(@Parent() { again }: ExplanationParent, @Args('language') language: string): string {
    return again.trace ? explanationText(again.trace, languageOf(language)) : '';
  }

  @ResolveField('steps')
  steps(@Parent() { again }: ExplanationParent): ExplanationStep[] {
    return again.trace?.steps ?? [];
  }

  @ResolveField('recomputed')
  recomputed(@Parent() { again }: ExplanationParent): string {
    return again.trace ? recompute(again.trace) : amountToDecimal(again.amount);
  }

  @ResolveField('matches')
  matches(@Parent() { usage, again }: ExplanationParent): boolean {
    return usage.amount === again.amount;
  }
}

/** A step of a trace, in the language that was asked for. */
@Resolver('UsageExplanationStep')
export class UsageExplanationStepResolver {
  @ResolveField('text')
  text(@Parent() step: ExplanationStep, @Args('language') language: string): string {
    return step.text[languageOf(language)];
  }
}
