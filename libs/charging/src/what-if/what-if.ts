import type { DiscountPolicy, NumberGradePolicy, OfferDocument, PolicyDocument } from '@ronghe/contracts';
import type { Instant } from '@ronghe/kernel';
import {
  isGivenOnUse,
  policiesOfVersions,
  type OfferLookup,
  type RatingPolicies,
  type RatingPolicy,
} from '@ronghe/rating';
import { chargingError } from '../charging.errors';
import {
  inVersionOrder,
  isDiscount,
  isNumberGrade,
  isRatingPolicy,
  isTried,
  keyOf,
  triedPolicies,
} from './tried-policies';

/** An offer whose products are charged by another one's draft. */
export interface Replacement {
  offering: string;
  by: string;
}

/** What is tried: documents in place of those in force. */
export interface Draft {
  /** For each live offer code the document that takes its place, for all versions that were sold. */
  offers: Record<string, OfferDocument>;
  /** All zone plans and calendars as they would be, and whether any of them is a draft. */
  policies: RatingPolicy[];
  arePoliciesDrafted: boolean;
  /** Discounts of accounts and balance groups as they would be. */
  discounts: DiscountPolicy[];
  /** Minimums of sought-after numbers as they would be; left out in trials of an earlier release: those in force. */
  numberGrades?: NumberGradePolicy[];
  /** `CODE@VERSION` of the policies that are tried. */
  draftedPolicies: string[];
}

/** A trial of draft documents over a period's real usage. */
export interface WhatIf {
  whatIfId: string;
  state: 'running' | 'done' | 'cancelled';
  /** Bill period: `2026-06`. */
  period: string;
  draft: Draft;
  /** What would keep the documents from being published as they are. */
  conflicts: string[];
  requestedBy: string;
  /** Business time. */
  requestedAt: Instant;
  finishedAt: Instant | null;
  accountsTotal: number;
  accountsDone: number;
  /** System time at which it began; null before. */
  since: Instant | null;
  /** The last balance group that was looked at. */
  cursor: string | null;
}

/** Documents as the catalog resolves them: all that would be live, and which of them (`CODE@VERSION`) are drafts. */
export interface ResolvedDraft {
  offers: readonly OfferDocument[];
  policies: readonly PolicyDocument[];
  drafted: readonly string[];
  /** Those of them that are live as they are, and only get another end. */
  ended?: readonly string[];
}

/**
 * Chooses what takes the place of what: the latest draft of each code for all its versions, and what the replacements
 * name, drafted or live. A drafted policy is tried as if it had always been in force; one that only gets an end, as if
 * it had ended before. Without any draft the trial shows what is.
 * @throws DomainError `what_if_offer_unknown`
 */
export function draftOf(resolved: ResolvedDraft, replacements: readonly Replacement[]): Draft {
  const drafted = new Set(resolved.drafted);
  const isDrafted = ({ code, version }: { code: string; version: number }): boolean =>
    drafted.has(`${code}@${version}`);
  const offers: Record<string, OfferDocument> = {};
  for (const document of inVersionOrder(resolved.offers.filter(isDrafted))) offers[document.code] = document;
  for (const { offering, by } of replacements) {
    const document = offers[by] ?? inVersionOrder(resolved.offers.filter(({ code }) => code === by)).at(-1);
    const isKnown = resolved.offers.some(({ code }) => code === offering);
    if (!document || !isKnown) {
      const code = document ? offering : by;
      throw chargingError('what_if_offer_unknown', `there is no offer ${code}`, { code });
    }
    offers[offering] = document;
  }
  // A new offer that only takes another one's place has no products of its own.
  for (const { by } of replacements) {
    if (resolved.offers.every((offer) => offer.code !== by || isDrafted(offer))) delete offers[by];
  }
  const { all, tried } = triedPolicies(resolved);
  return {
    offers,
    policies: all.filter(isRatingPolicy),
    arePoliciesDrafted: tried.some(isRatingPolicy),
    discounts: all.filter(isDiscount),
    numberGrades: all.filter(isNumberGrade),
    draftedPolicies: tried.filter(isTried).map(keyOf),
  };
}

/** Finds documents with drafts in their place. */
export function draftedLookup(live: OfferLookup, draft: Draft): OfferLookup {
  return (code, version) => draft.offers[code] ?? live(code, version);
}

/** Finds zone plans and calendars as they would be. */
export function draftedPolicies({ policies }: Draft): RatingPolicies {
  const byVersion = new Map(policies.map((policy) => [`${policy.code} ${policy.version}`, policy]));
  return policiesOfVersions(policies, (code, version) => byVersion.get(`${code} ${version}`));
}

/** Whether a discount is drafted that prepaid accounts get, or got, in the prices of their usage. */
export function draftsUseDiscounts(
  { discounts, draftedPolicies: drafted }: Draft,
  live: readonly DiscountPolicy[],
): boolean {
  const ofCodes = new Set(drafted.map((key) => key.slice(0, key.lastIndexOf('@'))));
  return [...live, ...discounts].some((policy) => ofCodes.has(policy.code) && isGivenOnUse(policy));
}

/** The live offer whose place a draft's offer has, so that before and after stand on one line. */
export function liveCodeOf(code: string, draft: Draft): string {
  const places = Object.entries(draft.offers).filter(([, document]) => document.code === code);
  const [only] = places;
  return only && places.length === 1 ? only[0] : code;
}
