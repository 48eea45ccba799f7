import type {
  CalendarPolicy,
  DiscountPolicy,
  OfferDocument,
  PolicyDocument,
  ZonePlanPolicy,
} from '@ronghe/contracts';
import type { FieldPath } from './authored-file';
import type { AuthoredSet, Located, ProblemList } from './authored-set';
import { checkBalance } from './check-balance';
import { checkCalendar } from './check-calendar';
import { checkDunning } from './check-dunning';
import { checkPolicyDays } from './check-policy-days';
import { checkVoiceAllowances } from './check-voice-allowances';
import { checkZonePlan } from './check-zone-plan';
import { notFollowed } from './mended-versions';
import { policiesOf } from './policies-of';
import type { AuthoredTariff } from './usage-price-schema';

/** Codes that a policy gives, such as the zones of a plan; the versions of one code give theirs together. */
type CodesByPolicy = ReadonlyMap<string, ReadonlySet<string>>;

/** Zone plans, calendars and discounts by themselves, and what tariffs and allowances say of them. */
export function checkRatingPolicies(
  offers: readonly Located<OfferDocument>[],
  set: AuthoredSet,
  list: ProblemList,
): void {
  const zonePlans = policiesOf('zone-plan', set.policies);
  const calendars = policiesOf('calendar', set.policies);
  for (const plan of zonePlans) checkZonePlan(plan, list);
  for (const calendar of calendars) checkCalendar(calendar, list);
  for (const discount of policiesOf('discount', set.policies)) checkDiscount(discount, set, list);
  for (const balance of notFollowed(policiesOf('balance', set.policies))) checkBalance(balance, list);
  const taxes = policiesOf('tax', set.policies);
  for (const dunning of policiesOf('dunning', set.policies)) {
    checkDunning(dunning, { taxes, billing: policiesOf('billing', set.policies) }, list);
  }
  const zones = codesOf(zonePlans, (plan: ZonePlanPolicy) => plan.zones);
  const bands = codesOf(calendars, (calendar: CalendarPolicy) => calendar.bands);
  for (const tariff of set.tariffs) checkRates(tariff, zones, bands, list);
  checkPolicyDays(set, list);
  checkVoiceAllowances(offers, set, list);
  for (const at of offers) checkAllowances(at, offers, zones, bands, list);
}

function codesOf<P extends PolicyDocument>(
  policies: readonly Located<P>[],
  partsOf: (policy: P) => readonly { code: string }[],
): CodesByPolicy {
  const codes = new Map<string, Set<string>>();
  for (const { value } of policies) {
    const known = codes.get(value.code) ?? new Set<string>();
    for (const { code } of partsOf(value)) known.add(code);
    codes.set(value.code, known);
  }
  return codes;
}

function checkRates(
  at: Located<AuthoredTariff>,
  zonePlans: CodesByPolicy,
  calendars: CodesByPolicy,
  list: ProblemList,
): void {
  at.value.prices.forEach(({ zonePlan, calendar, rates = [] }, index) => {
    const field: FieldPath = ['prices', index];
    const zones = zonePlan === undefined ? undefined : zonePlans.get(zonePlan);
    const bands = calendar === undefined ? undefined : calendars.get(calendar);
    if (zonePlan !== undefined && !zones) {
      list.add(at, [...field, 'zonePlan'], `unknown zone plan ${zonePlan}`);
    }
    if (calendar !== undefined && !bands) {
      list.add(at, [...field, 'calendar'], `unknown calendar ${calendar}`);
    }
    rates.forEach(({ zone, band }, position) => {
      const place = [...field, 'rates', position];
      if (zone !== undefined && zones && !zones.has(zone)) {
        list.add(at, [...place, 'zone'], `the zone plan ${zonePlan} has no zone ${zone}`);
      }
      if (band !== undefined && bands && !bands.has(band)) {
        list.add(at, [...place, 'band'], `the calendar ${calendar} has no band ${band}`);
      }
    });
  });
}

/** An allowance that is limited to a zone or band must be able to meet usage there; one of a bundle, its member's usage. */
function checkAllowances(
  at: Located<OfferDocument>,
  offers: readonly Located<OfferDocument>[],
  zonePlans: CodesByPolicy,
  calendars: CodesByPolicy,
  list: ProblemList,
): void {
  const pricesOf = (code: string) =>
    offers.filter(({ value }) => value.code === code).flatMap(({ value }) => value.usagePrices);
  const limited = [
    ...at.value.allowances.map((allowance) => ({
      allowance,
      prices: at.value.usagePrices,
      place: ['allowances', allowance.code],
    })),
    ...(at.value.bundle?.allowances ?? []).map((allowance) => ({
      allowance,
      prices: pricesOf(allowance.offering),
      place: ['allowances'],
    })),
  ];
  for (const { allowance, prices, place } of limited) {
    const covered = prices.filter(({ usageClass }) => allowance.usageClasses.includes(usageClass));
    const rates = covered.map(({ model }) => (model.kind === 'rates' ? model.rates : null));
    const zonePlansOf = rates.map((each) => each?.zonePlan ?? null);
    const calendarsOf = rates.map((each) => each?.calendar ?? null);
    for (const zone of allowance.zones ?? []) {
      const problem = limitProblem(zone, zonePlansOf, zonePlans);
      if (problem) list.add(at, place, `is limited to the zone ${zone}, which ${problem} has`);
    }
    for (const band of allowance.bands ?? []) {
      const problem = limitProblem(band, calendarsOf, calendars);
      if (problem) list.add(at, place, `is limited to the band ${band}, which ${problem} has`);
    }
  }
}

/**
 * Who does not have a code that an allowance is limited to; null where it is known.
 * @param named the zone plan or calendar of each price that the allowance covers. A pack has no prices of its own: it
 * meets whatever the main product is charged by.
 */
function limitProblem(
  code: string,
  named: readonly (string | null)[],
  policies: CodesByPolicy,
): string | null {
  if (named.length === 0) return [...policies.values()].some((codes) => codes.has(code)) ? null : 'no policy';
  const isKnown = named.some((policy) => policy !== null && policies.get(policy)?.has(code));
  return isKnown ? null : 'the policy of no price that it covers';
}

function checkDiscount(at: Located<DiscountPolicy>, set: AuthoredSet, list: ProblemList): void {
  const specifications = new Set(set.specifications.map(({ value }) => value.code));
  const classes = new Set(
    policiesOf('billing', set.policies).flatMap(({ value }) => value.chargeClasses.map(({ code }) => code)),
  );
  const expect = (known: ReadonlySet<string>, code: string, field: FieldPath, what: string): void => {
    if (!known.has(code)) list.add(at, field, `unknown ${what} ${code}`);
  };
  at.value.when.forEach((condition, index) => {
    if (condition.kind === 'owns') {
      condition.specifications.forEach((code, position) =>
        expect(specifications, code, ['when', index, 'owns', position], 'specification'),
      );
    } else if (condition.kind === 'owns-at-least') {
      const field = ['when', index, 'ownsAtLeast', 'specification'];
      expect(specifications, condition.specification, field, 'specification');
    }
  });
  at.value.on.specifications?.forEach((code, index) =>
    expect(specifications, code, ['on', 'specifications', index], 'specification'),
  );
  at.value.on.chargeClasses?.forEach((code, index) =>
    expect(classes, code, ['on', 'chargeClasses', index], 'charge class'),
  );
}
