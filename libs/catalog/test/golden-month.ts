import type { BillingPolicy, TaxPolicy, UsageTotal } from '@ronghe/contracts';
import {
  addAmounts,
  amountToDecimal,
  billPeriodAt,
  billPeriodOf,
  nextBillPeriod,
  zeroAmount,
} from '@ronghe/kernel';
import {
  computeTaxes,
  formBillLines,
  openState,
  periodEntitlements,
  ratePeriod,
  recurringCharges,
  rollover,
  usagePlanOf,
  type BillLine,
  type BucketGrant,
  type OfferLookup,
  type RatedUsage,
  type RatingState,
  type UsageEvent,
  type UsagePlan,
} from '@ronghe/rating';
import { cycle, family, productOf } from './golden-family';

/** What the months are lived by. */
export interface Rules {
  offers: OfferLookup;
  taxPolicies: TaxPolicy[];
  chargeClasses: BillingPolicy['chargeClasses'];
}

/** One month of the family: its two card groups that use anything, and the bill. */
export interface Month {
  mobile: RatingState;
  fixed: RatingState;
  totals: UsageTotal[];
  lines: BillLine[];
  taxes: ReturnType<typeof computeTaxes>;
}

/** Lives the months one after the other, as charging and billing do, without storing anything. */
export function liveMonths(
  keys: readonly string[],
  events: readonly UsageEvent[],
  rules: Rules,
): Map<string, Month> {
  const months = new Map<string, Month>();
  let rolled: BucketGrant[] = [];
  for (const key of keys) {
    const period = billPeriodOf(key, cycle);
    const mobile = rateGroup('main', key, rolled, events, rules);
    const fixed = rateGroup('fixed', key, [], events, rules);
    rolled = rollover(mobile.state, nextBillPeriod(period, cycle));
    const usageTotals = totalsOf([...mobile.rated, ...fixed.rated], events, key, rules);
    const holdings = family;
    const { offers, chargeClasses, taxPolicies } = rules;
    const recurring = recurringCharges({ holdings, offers, period, cycle });
    const lines = formBillLines({ period, cycle, recurring, usageTotals, holdings, offers, chargeClasses });
    const taxes = computeTaxes(lines, taxPolicies);
    months.set(key, { mobile: mobile.state, fixed: fixed.state, totals: usageTotals, lines, taxes });
  }
  return months;
}

/** How an event of the family is charged. */
export function planOf({ productId, usageClass, usedAt }: UsageEvent, { offers }: Rules): UsagePlan {
  return usagePlanOf({ holding: productOf(productId), holdings: family, offers, usageClass, usedAt });
}

/** The state in which a card group begins a month in which nothing is rolled over. */
export function openGroup(
  cardGroupId: string,
  key: string,
  rules: Rules,
  rolled: BucketGrant[] = [],
): RatingState {
  const period = billPeriodOf(key, cycle);
  const base = periodEntitlements({ cardGroupId, holdings: family, offers: rules.offers, period, cycle });
  return openState([...rolled, ...base]);
}

/** The events of a card group that belong to a month. */
export function usageOf(cardGroupId: string, key: string, events: readonly UsageEvent[]): UsageEvent[] {
  return events.filter(
    (event) =>
      productOf(event.productId).cardGroupId === cardGroupId && billPeriodAt(event.usedAt, cycle).key === key,
  );
}

function rateGroup(
  cardGroupId: string,
  key: string,
  rolled: BucketGrant[],
  events: readonly UsageEvent[],
  rules: Rules,
): ReturnType<typeof ratePeriod> {
  const state = openGroup(cardGroupId, key, rules, rolled);
  return ratePeriod(state, usageOf(cardGroupId, key, events), (event) => planOf(event, rules));
}

/** What charging publishes: sums per booked product and charge code. */
function totalsOf(
  rated: RatedUsage[],
  events: readonly UsageEvent[],
  period: string,
  rules: Rules,
): UsageTotal[] {
  const groups = new Map<string, RatedUsage[]>();
  for (const usage of rated) {
    const key = `${usage.bookedProductId}/${usage.chargeCode}`;
    groups.set(key, [...(groups.get(key) ?? []), usage]);
  }
  return [...groups.values()].flatMap((group) => {
    const event = events.find(({ usageId }) => usageId === group[0]?.usageId);
    return event ? [totalOf(group, planOf(event, rules), period)] : [];
  });
}

function totalOf(group: RatedUsage[], plan: UsagePlan, period: string): UsageTotal {
  const unitsTotal = group.reduce((sum, usage) => sum + usage.unitsTotal, 0n);
  const unitsCharged = group.reduce((sum, usage) => sum + usage.chargedUnits, 0n);
  return {
    accountId: 'family',
    productId: plan.bookedProductId,
    card: plan.bookedCard,
    period,
    chargeCode: plan.chargeCode,
    chargeClass: plan.chargeClass,
    taxClass: plan.taxClass,
    offeringCode: plan.offeringCode,
    offeringVersion: plan.offeringVersion,
    amount: amountToDecimal(group.reduce((sum, usage) => addAmounts(sum, usage.amount), zeroAmount)),
    eventCount: group.length,
    unit: plan.price.document.unit,
    unitsTotal: unitsTotal.toString(),
    unitsFromAllowance: (unitsTotal - unitsCharged).toString(),
    unitsCharged: unitsCharged.toString(),
  };
}
