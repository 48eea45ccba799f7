import type { DiscountPolicy } from '@ronghe/contracts';
import {
  amountFromDecimal,
  moneyFromMinor,
  moneyToAmount,
  moneyToDecimal,
  zeroMoney,
  type Money,
} from '@ronghe/kernel';
import type { DiscountShare, GivenDiscount } from './account-discounts';
import { ExplanationBuilder, type Explanation } from './explanation';
import { capped, fixedOff, percentOfTotal, rounded, shareOfDiscount, toPay } from './wording';

/** What a discount takes from a total: so many percent or so much, at most its maximum and the total, rounded once. */
export function discountOf({ takes, label, maximum }: DiscountPolicy, base: Money): Explanation {
  const builder = new ExplanationBuilder();
  const total = moneyToDecimal(base);
  const isCapped = (limit: string) =>
    amountFromDecimal(builder.valueOf(builder.last())) > amountFromDecimal(limit);
  if ('fixed' in takes) {
    builder.add('cap', { amount: takes.fixed, maximum: total }, fixedOff(label, takes.fixed, total));
  } else {
    const { percent } = takes;
    builder.add('percent', { amount: total, percent }, percentOfTotal(label, percent, total));
    if (isCapped(total)) builder.add('cap', { amount: builder.last(), maximum: total }, capped(total));
  }
  if (maximum !== null && isCapped(maximum)) {
    builder.add('cap', { amount: builder.last(), maximum }, capped(maximum));
  }
  const isWholeFen = amountFromDecimal(builder.build().result) % moneyToAmount(moneyFromMinor(1n)) === 0n;
  if (!isWholeFen) builder.add('round', { amount: builder.last() }, rounded);
  return builder.build();
}

/** The line's explanation with its share of a discount taken off; its result is what is left to pay. */
export function explainShare(line: Explanation, given: GivenDiscount, share: DiscountShare): Explanation {
  const builder = new ExplanationBuilder();
  const from = builder.append(line);
  let amount = builder.append(given.explanation);
  if (share.part !== given.base) {
    const [part, of] = [moneyToDecimal(share.part), moneyToDecimal(given.base)];
    const rest = moneyFromMinor(share.amount - (given.total * share.part) / given.base);
    const inputs = { total: amount, part, of };
    amount = builder.add(
      'share',
      rest === zeroMoney ? inputs : { ...inputs, rest: moneyToDecimal(rest) },
      shareOfDiscount(part, of),
    );
  }
  builder.add('subtract-money', { from, amount }, toPay);
  return builder.build();
}
