import { productLanguage, textIn } from '@ronghe/contracts';
import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { amountToDecimal } from '@ronghe/kernel';
import { Roles } from '@ronghe/platform';
import { explanationText, recompute, type ExplanationStep } from '@ronghe/rating';
import type { RatedUsage } from '../generated/graphql';
import { usageView } from '../usage/usage.view';
import type { PriceOrigin } from './price-origin';
import { UsageExplanations, type ExplainedUsage } from './usage-explanation.service';
import { partView, sourceView } from './usage-explanation.view';

/** Shows the chain from a usage to its amount. */
@Resolver('UsageExplanation')
export class UsageExplanationResolver {
  constructor(private readonly explanations: UsageExplanations) {}

  @Roles('counter', 'billing', 'operations')
  @Query('explainUsage')
  explainUsage(
    @Args('accountId') accountId: string | undefined,
    @Args('usageId') usageId: string,
  ): Promise<ExplainedUsage> {
    return this.explanations.explain(accountId ?? null, usageId);
  }

  @ResolveField('usage')
  usage(@Parent() { usage }: ExplainedUsage): RatedUsage {
    return usageView(usage);
  }

  @ResolveField('accountId')
  accountId(@Parent() { usage }: ExplainedUsage): string {
    return usage.accountId;
  }

  @ResolveField('price')
  price(@Parent() { origin }: ExplainedUsage): PriceOrigin {
    return origin;
  }

  @ResolveField('parts')
  parts(@Parent() { again }: ExplainedUsage): ReturnType<typeof partView>[] {
    // What a price without rates counts stands in a part without a cell.
    return (again.parts ?? []).filter(({ cell }) => cell !== '').map(partView);
  }

  @ResolveField('sources')
  sources(@Parent() explained: ExplainedUsage): ReturnType<typeof sourceView>[] {
    const { again, buckets, cardOf } = explained;
    return again.takes.map((take) => sourceView(take, buckets.get(take.bucketCode), cardOf, explained));
  }

  @ResolveField('text')
  text(@Parent() { again }: ExplainedUsage, @Args('language') language: string): string {
    return again.trace ? explanationText(again.trace, productLanguage(language)) : '';
  }

  @ResolveField('steps')
  steps(@Parent() { again }: ExplainedUsage): ExplanationStep[] {
    return again.trace?.steps ?? [];
  }

  @ResolveField('recomputed')
  recomputed(@Parent() { again }: ExplainedUsage): string {
    return again.trace ? recompute(again.trace) : amountToDecimal(again.amount);
  }

  @ResolveField('matches')
  matches(@Parent() { usage, again }: ExplainedUsage): boolean {
    return usage.amount === again.amount;
  }

  @ResolveField('awaitsRerating')
  awaitsRerating(@Parent() { usage, origin }: ExplainedUsage): boolean {
    return usage.offeringCode !== origin.offeringCode || usage.offeringVersion !== origin.offeringVersion;
  }
}

/** A step of a trace, in the language that was asked for. */
@Resolver('UsageExplanationStep')
export class UsageExplanationStepResolver {
  @ResolveField('text')
  text(@Parent() step: ExplanationStep, @Args('language') language: string): string {
    return textIn(step.text, language);
  }

  @ResolveField('inputs')
  inputs(@Parent() step: ExplanationStep): { name: string; value: string }[] {
    return Object.entries(step.inputs).map(([name, value]) => ({ name, value }));
  }
}

/** Texts of where a price comes from. */
@Resolver('PriceOrigin')
export class PriceOriginResolver {
  @ResolveField('label')
  label(@Parent() { label }: PriceOrigin, @Args('language') language: string): string {
    return textIn(label, language);
  }

  @ResolveField('reason')
  reason(@Parent() { reason }: PriceOrigin, @Args('language') language: string): string {
    return textIn(reason, language);
  }
}

/** Texts of what was taken from where. */
@Resolver('UsageSourceBucket')
export class UsageSourceBucketResolver {
  @ResolveField('label')
  label(@Parent() { labels }: ReturnType<typeof sourceView>, @Args('language') language: string): string {
    return textIn(labels, language);
  }
}
