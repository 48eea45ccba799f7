import { ExplanationBuilder, type Explanation } from './explanation';
import { rounded } from './wording';

/** An exact charge, rounded to what is billed. */
export function explainRounded(exact: Explanation): Explanation {
  const builder = new ExplanationBuilder();
  builder.add('round', { amount: builder.append(exact) }, rounded);
  return builder.build();
}
