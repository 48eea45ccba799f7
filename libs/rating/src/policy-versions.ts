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
  /** The earlier version whose place it takes on the days of that one. */
  corrects?: number | null | undefined;
}

/** Codes of the zone plans and calendars that an offer's rates name. */
export function policyCodesOf(offer: OfferDocument): string[] {
  return offer.usagePrices.flatMap(({ model }) =>
    model.kind === 'rates' ? [model.rates.zonePlan, model.rates.calendar].flatMap((code) => code ?? []) : [],
  );
}

/**
 * Finds the version in force on a day: where several are, the latest. Its own end and the start of a later version both
 * end it. A version that mends it takes its place on its days.
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
    const document = current && documentOf(code, mendedBy(known, current.version));
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

/** The version that has the place of another: the latest that mends it, mended in turn, or itself. */
function mendedBy(known: readonly PolicyVersion[], version: number): number {
  const mending = known
    .filter((each) => each.corrects === version && each.version > version)
    .map((each) => each.version);
  return mending.length === 0 ? version : mendedBy(known, Math.max(...mending));
}

function ofKind<K extends RatingPolicy['kind']>(
  found: PolicyInForce<RatingPolicy> | null,
  kind: K,
): PolicyInForce<Extract<RatingPolicy, { kind: K }>> | null {
  return found?.document.kind === kind ? (found as PolicyInForce<Extract<RatingPolicy, { kind: K }>>) : null;
}
