import type { PolicyDocument } from '@ronghe/contracts';
import type { LocalDate } from '@ronghe/kernel';
import type { FieldPath } from './authored-file';
import type { AuthoredSet, Located, ProblemList } from './authored-set';
import { heldSince, notMended } from './mended-versions';
import type { AuthoredTariff, AuthoredUsagePrice } from './usage-price-schema';

/** The days of a policy's versions together. A gap between two is told where versions are checked. */
interface Days {
  /** Null: earlier versions are not among the documents; they may be published. */
  from: LocalDate | null;
  /** Null: no end. */
  to: LocalDate | null;
}

/**
 * Usage is rated by the zone plan and calendar that are in force when it starts: those of a price have to be from the
 * first day on which an offer with the tariff may be held, for as long as the price is in force and any such offer is sold. Who
 * ends both ends them for those who hold it too.
 */
export function checkPolicyDays(set: AuthoredSet, list: ProblemList): void {
  const zonePlans = daysByCode(set.policies, 'zone-plan');
  const calendars = daysByCode(set.policies, 'calendar');
  for (const tariff of set.tariffs) {
    const use = useOf(tariff.value, set);
    if (!use) continue;
    tariff.value.prices.forEach((price, index) => {
      const check = (name: 'zonePlan' | 'calendar', what: string, days: ReadonlyMap<string, Days>): void => {
        const code = price[name];
        const known = code === undefined ? undefined : days.get(code);
        const problem = known && daysProblem(`the ${what} ${code}`, known, price, use);
        const field: FieldPath = ['prices', index, name];
        if (problem) list.add(tariff, field, problem);
      };
      check('zonePlan', 'zone plan', zonePlans);
      check('calendar', 'calendar', calendars);
    });
  }
}

function daysByCode(
  policies: readonly Located<PolicyDocument>[],
  kind: 'zone-plan' | 'calendar',
): Map<string, Days> {
  const days = new Map<string, Days>();
  for (const { value } of policies) {
    if (value.kind !== kind) continue;
    const { code, version, effectiveFrom, effectiveTo } = value;
    const known = days.get(code) ?? { from: null, to: effectiveTo };
    days.set(code, {
      from: version === 1 ? effectiveFrom : known.from,
      to: known.to === null || effectiveTo === null ? null : effectiveTo > known.to ? effectiveTo : known.to,
    });
  }
  return days;
}

/** How offers use a tariff. */
interface Use {
  /** The one that is sold first, and since when. */
  offer: string;
  from: LocalDate;
  /** Until when any of them is sold; null: no end. */
  to: LocalDate | null;
}

/** How offers use a tariff; null: none does. */
function useOf({ code }: AuthoredTariff, { offers }: AuthoredSet): Use | null {
  const versions = offers.map(({ value }) => ({ ...value, effectiveFrom: value.sale.from }));
  const using = notMended(versions, (each) => each)
    .filter(({ usage }) => usage === code)
    .map((each) => ({ offer: each.code, from: heldSince(each, versions), to: each.sale.to ?? null }));
  return using.reduce<Use | null>((all, each) => {
    if (all === null) return each;
    const to = all.to === null || each.to === null ? null : each.to > all.to ? each.to : all.to;
    return each.from < all.from ? { ...each, to } : { ...all, to };
  }, null);
}

function daysProblem(
  policy: string,
  days: Days,
  { code, inForce }: AuthoredUsagePrice,
  { offer, from, to }: Use,
): string | null {
  const since = inForce !== undefined && inForce.from > from ? inForce.from : from;
  const ends = [inForce?.to ?? null, to].flatMap((end) => end ?? []).sort();
  const until = ends[0] ?? null;
  if (until !== null && until <= since) return null;
  if (days.from !== null && days.from > since) {
    return `${policy} is in force from ${days.from} only, but ${code} of ${offer} from ${since}: let a version be in force by then`;
  }
  if (days.to !== null && (until === null || until > days.to)) {
    return `${policy} ends ${days.to}, but ${code} of ${offer} is in force after that: add a version from ${days.to} on`;
  }
  return null;
}
