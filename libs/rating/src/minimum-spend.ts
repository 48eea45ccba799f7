import type { UsagePrice } from '@ronghe/contracts';
import {
  amountFromDecimal,
  amountToDecimal,
  daysBetween,
  subtractAmounts,
  sumAmounts,
  zeroAmount,
  type Amount,
} from '@ronghe/kernel';
import { ExplanationBuilder } from './explanation';
import { compareHoldings, isHeldIn, type DayRange, type Holding } from './holding';
import type { LineItem } from './line-item';
import { sharedRange } from './period-share';
import { heldDays, type ChangeQuestion } from './price-change';
import { lessCharged, prorated, together } from './wording';

/** A price with a minimum, and the days of the period on which a product owes it. */
interface Owed {
  price: UsagePrice;
  offeringCode: string;
  offeringVersion: number;
  days: DayRange;
}

/**
 * What is missing to the minimum spend of the products that are held, by the days of the period on which each is: the
 * engine charges the minimum with a counter's first event, so this is what nothing was used for, and what changes of the
 * price took of it. One item per counter.
 * @param usage the period's usage, after price changes
 */
export function missingToMinimum(usage: readonly LineItem[], question: ChangeQuestion): LineItem[] {
  const seen = new Set<string>();
  return [...question.holdings].sort(compareHoldings).flatMap((holding) => {
    // The terms of one product follow each other and have one counter.
    if (seen.has(holding.productId)) return [];
    seen.add(holding.productId);
    const owed = question.holdings
      .filter(({ productId }) => productId === holding.productId)
      .flatMap((terms) => owedBy(terms, question));
    const codes = [...new Set(owed.map(({ price }) => price.code))];
    return codes.flatMap((code) => {
      const ofCounter = usage.filter(
        (item) => item.productId === holding.productId && item.chargeCode === code,
      );
      const charged = sumAmounts(ofCounter.map((item) => item.netAmount));
      return missing(
        holding,
        owed.filter(({ price }) => price.code === code),
        charged,
        question,
      );
    });
  });
}

/** The prices with a minimum that count in a counter of this product, with the days on which it is held under them. */
function owedBy(holding: Holding, question: ChangeQuestion): Owed[] {
  const { holdings, offers, period } = question;
  if (!isHeldIn(holding, period)) return [];
  const own = offers(holding.offeringCode, holding.offeringVersion);
  const pricing =
    own.usagePricedBy === 'own'
      ? holding
      : holdings.find(({ productId }) => productId === holding.cardGroupId);
  if (!pricing) return [];
  const offer = offers(pricing.offeringCode, pricing.offeringVersion);
  const prices = offer.usagePrices.filter(({ minimumSpend }) => minimumSpend);
  const days = prices.length > 0 ? heldDays(holding, question) : null;
  if (!days) return [];
  return prices.flatMap((price) => {
    // The counter of a card group is its main card's.
    const isCounted = price.counter === 'product' || holding.productId === holding.cardGroupId;
    const { from = days.from, to = null } = price.inForce ?? {};
    const inForce = sharedRange(days, { from, to: to ?? days.to });
    if (!isCounted || !inForce) return [];
    return [{ price, offeringCode: offer.code, offeringVersion: offer.version, days: inForce }];
  });
}

function missing(holding: Holding, owed: Owed[], charged: Amount, { period }: ChangeQuestion): LineItem[] {
  const [first] = owed;
  if (!first) return [];
  const builder = new ExplanationBuilder();
  const parts = owed.map(({ price, days }, index) => {
    const count = daysBetween(days.from, days.to);
    const minimum = price.minimumSpend ?? '0';
    return [
      `part${index + 1}`,
      builder.add(
        'prorate',
        { price: minimum, days: String(count), ofDays: String(period.days) },
        prorated(minimumOf(price), minimum, count, period.days),
      ),
    ] as const;
  });
  if (parts.length > 1) builder.add('sum', Object.fromEntries(parts), together);
  const minimum = amountFromDecimal(builder.build().result);
  if (subtractAmounts(minimum, charged) <= zeroAmount) return [];
  if (charged !== zeroAmount) {
    const amount = amountToDecimal(charged);
    builder.add('subtract', { from: builder.last(), amount }, lessCharged(amount));
  }
  const explanation = builder.build();
  const amount = amountFromDecimal(explanation.result);
  const { price, offeringCode, offeringVersion, days } = first;
  const source = { kind: 'minimum' as const, productId: holding.productId, code: price.code };
  return [
    {
      card: holding.card,
      productId: holding.productId,
      chargeClass: price.chargeClass,
      chargeCode: price.code,
      label: price.label,
      listAmount: amount,
      netAmount: amount,
      told: zeroAmount,
      taxClass: price.taxClass,
      serviceDate: days.from,
      listExplanation: explanation,
      netExplanation: explanation,
      source: { ...source, offeringCode, offeringVersion },
    },
  ];
}

function minimumOf({ label }: UsagePrice): UsagePrice['label'] {
  return { en: `${label.en}, minimum`, 'zh-CN': `${label['zh-CN']}最低消费` };
}
