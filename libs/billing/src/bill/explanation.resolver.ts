import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { recompute, type Explanation, type ExplanationStep } from '@ronghe/rating';
import { textIn } from '@ronghe/contracts';
import { explanationIn, type DiscountView, type LineView } from './bill.view';
import type { LineExplanation } from './bill.service';

/** Texts of bill lines in the reader's language. */
@Resolver('BillLine')
export class BillLineResolver {
  @ResolveField('label')
  label(@Parent() line: LineView, @Args('language') language: string): string {
    return textIn(line.labels, language);
  }
}

/** Labels of discounts in the reader's language. */
@Resolver('AppliedDiscount')
export class AppliedDiscountResolver {
  @ResolveField('label')
  label(@Parent() discount: DiscountView, @Args('language') language: string): string {
    return textIn(discount.labels, language);
  }
}

/** An explanation, rendered from the operations that are stored. */
@Resolver('Explanation')
export class ExplanationResolver {
  @ResolveField('text')
  text(@Parent() explanation: Explanation, @Args('language') language: string): string {
    return explanationIn(explanation, language);
  }

  @ResolveField('result')
  result(@Parent() explanation: Explanation): string {
    return recompute(explanation);
  }
}

/** A step of an explanation. */
@Resolver('ExplanationStep')
export class ExplanationStepResolver {
  @ResolveField('inputs')
  inputs(@Parent() step: ExplanationStep): { name: string; value: string }[] {
    return Object.entries(step.inputs).map(([name, value]) => ({ name, value }));
  }

  @ResolveField('text')
  text(@Parent() step: ExplanationStep, @Args('language') language: string): string {
    return textIn(step.text, language);
  }
}

/** A line with its operations carried out again. */
@Resolver('BillLineExplanation')
export class BillLineExplanationResolver {
  @ResolveField('text')
  text(@Parent() answer: { explained: LineExplanation }, @Args('language') language: string): string {
    return explanationIn(answer.explained.line.explanation, language);
  }
}
