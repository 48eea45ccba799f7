import type { NumberGradePolicy } from '@ronghe/contracts';
import {
  amountFromDecimal,
  amountToDecimal,
  amountToMoney,
  daysBetween,
  moneyToAmount,
  sumMoney,
  zeroAmount,
  zeroMoney,
} from '@ronghe/kernel';
import { productKey, type ChargedLine, type ChargeTerms } from './charged-account';
import { ExplanationBuilder } from './explanation';
import { compareHoldings, type Holding } from './holding';
import { heldDays } from './price-change';
import { lessCharged, prorated, rounded } from './wording';

/**
 * What is missing to the minimum spend of sought-after numbers (靓号), by the days of the period on which each is held:
 * everything that its product is charged counts, after all discounts. One line per number, in the order of the cards.
 */
export function missingToGrades(
  lines: readonly ChargedLine[],
  holdings: readonly Holding[],
  policy: NumberGradePolicy,
  terms: ChargeTerms,
): ChargedLine[] {
  return [...holdings].sort(compareHoldings).flatMap((holding) => {
    const minimum = minimumOf(holding, policy);
    const days = heldDays(holding, { ...terms, holdings });
    if (minimum === undefined || days === null) return [];
    const count = daysBetween(days.from, days.to);
    const charged = sumMoney(
      lines.filter(({ productId }) => productId === holding.productId).map(({ net }) => net),
    );
    const builder = new ExplanationBuilder();
    const inputs = { price: minimum, days: String(count), ofDays: String(terms.period.days) };
    builder.add('prorate', inputs, prorated(policy.label, minimum, count, terms.period.days));
    if (amountFromDecimal(builder.build().result) <= moneyToAmount(charged)) return [];
    if (charged !== zeroMoney) {
      const amount = amountToDecimal(moneyToAmount(charged));
      builder.add('subtract', { from: builder.last(), amount }, lessCharged(amount));
    }
    const exact = amountFromDecimal(builder.build().result);
    builder.add('round', { amount: builder.last() }, rounded);
    const amount = amountToMoney(exact);
    if (amount === zeroMoney) return [];
    const { productId, card, offeringCode, offeringVersion } = holding;
    const { chargeClass, taxClass, code } = policy;
    return [
      {
        key: productKey({ productId, chargeClass, taxClass }),
        ...{ card, productId, chargeClass, taxClass, label: policy.label, serviceDate: days.from },
        chargeCode: code,
        ...{ amount, discount: zeroMoney, net: amount, discounts: [] },
        ...{ exact, exactUsage: zeroAmount },
        sources: [{ kind: 'minimum', productId, code, offeringCode, offeringVersion, amount: exact }],
        explanation: builder.build(),
      },
    ];
  });
}

/** The highest minimum of the product's numbers. */
function minimumOf({ resources = [] }: Holding, { minimums }: NumberGradePolicy): string | undefined {
  const amounts = resources.flatMap(
    ({ grade }) => minimums.find((minimum) => minimum.grade === grade)?.amount ?? [],
  );
  return amounts.sort((a, b) => (amountFromDecimal(a) < amountFromDecimal(b) ? 1 : -1))[0];
}
