import type { CalendarPolicy, OfferDocument, ZonePlanPolicy } from '@ronghe/contracts';
import type { LocalDate } from '@ronghe/kernel';
import type { PolicyInForce, RatingPolicies } from './usage-plan';

/** Policies that rating looks things up in. */
export type RatingPolicy = ZonePlanPolicy | CalendarPolicy;

/** When a version of a policy is in force, without its document, which may be large. */
export interface PolicyVersion {
  code: string;
  version: number;
  effectiveFrom: LocalDate;
  effectiveTo: LocalDate | null;
}

/** Codes of the zone plans and calendars that an offer's rates name. */
export function policyCodesOf(offer: OfferDocument): string[] {
  return offer.usagePrices.flatMap(({ model }) =>
    model.kind === 'rates' ? [model.rates.zonePlan, model.rates.calendar].flatMap((code) => code ?? []) : [],
  );
}

/**
 * Finds the version in force on a day: where several are, the latest. Its own end and the start of a later version both
 * end it.
 * @param documentOf the document of a version; undefined where it is not there, which is as if no version were in force
 */
export function policiesOfVersions(
  versions: readonly PolicyVersion[],
  documentOf: (code: string, version: number) => RatingPolicy | undefined,
): RatingPolicies {
  const find = (code: string, on: LocalDate): PolicyInForce<RatingPolicy> | null => {
    const known = versions.filter((version) => version.code === code);
    const current = known
      .filter(
        ({ effectiveFrom, effectiveTo }) => effectiveFrom <= on && (effectiveTo === null || on < effectiveTo),
      )
      .reduce<PolicyVersion | null>(
        (best, each) => (best && best.version > each.version ? best : each),
        null,
      );
    const document = current && documentOf(code, current.version);
    if (!current || !document) return null;
    const from = known.reduce(
      // A later version that has ended before this day no longer hides this one.
      (latest, { effectiveTo, version }) =>
        version > current.version && effectiveTo !== null && effectiveTo <= on && effectiveTo > latest
          ? effectiveTo
          : latest,
      current.effectiveFrom,
    );
    const to = known.reduce<LocalDate | null>(
      (earliest, { effectiveFrom, version }) =>
        version > current.version && effectiveFrom > on && (earliest === null || effectiveFrom < earliest)
          ? effectiveFrom
          : earliest,
      current.effectiveTo,
    );
    return { document, from, to };
  };
  return {
    zonePlan: (code, on) => ofKind(find(code, on), 'zone-plan'),
    calendar: (code, on) => ofKind(find(code, on), 'calendar'),
  };
}

function ofKind<K extends RatingPolicy['kind']>(
  found: PolicyInForce<RatingPolicy> | null,
  kind: K,
): PolicyInForce<Extract<RatingPolicy, { kind: K }>> | null {
  return found?.document.kind === kind ? (found as PolicyInForce<Extract<RatingPolicy, { kind: K }>>) : null;
}
