import type { Provider } from '@nestjs/common';
import {
  PriceOriginResolver,
  UsageExplanationResolver,
  UsageExplanationStepResolver,
  UsageSourceBucketResolver,
} from './usage-explanation.resolver';
import { UsageExplanations } from './usage-explanation.service';

/** What explanations add to the charging module. */
export const explainProviders: Provider[] = [
  UsageExplanations,
  UsageExplanationResolver,
  UsageExplanationStepResolver,
  PriceOriginResolver,
  UsageSourceBucketResolver,
];
