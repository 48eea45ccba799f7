import { localDateOf } from '@ronghe/kernel';
import { compareText } from './compare-text';
import type { BucketGrant } from './entitlements';

/**
 * The same grants, each with a code of its own. An offer that is held more than once in a period (A, then B, then A; one version,
 * then the next; alone, then in a bundle) grants its allowances once for each part of it. The first part in time has the plain code
 * `plan/voice`, each later one its first day behind it, `plan/voice/2026-07-21`: a change that is added behind others leaves the
 * codes of those as they are. SEMANTICS §7: "twice in a day, and back".
 * @param zone in which days begin
 */
export function withOwnCodes(grants: readonly BucketGrant[], zone: string): readonly BucketGrant[] {
  const codes = new Set(grants.map(({ code }) => code));
  if (codes.size === grants.length) return grants;
  const named = new Set<string>();
  const renamed = new Map<BucketGrant, BucketGrant>();
  for (const grant of grants.toSorted(byTime)) {
    if (named.has(grant.code)) {
      const code = freeCode(`${grant.code}/${localDateOf(grant.validFrom, zone)}`, codes);
      codes.add(code);
      renamed.set(grant, { ...grant, code });
    } else named.add(grant.code);
  }
  return grants.map((grant) => renamed.get(grant) ?? grant);
}

const PART = /\/\d{4}-\d{2}-\d{2}(?:\/\d+)?$/;

/** The same text for all parts of one allowance of a product in a period. */
export function allowanceOf({ code, ownerProductId }: BucketGrant): string {
  return `${code.replace(PART, '')} ${ownerProductId ?? ''}`;
}

/** The code, with a number where that is taken too: two parts that begin on one day. */
function freeCode(code: string, taken: ReadonlySet<string>): string {
  if (!taken.has(code)) return code;
  for (let number = 2; ; number += 1) {
    const numbered = `${code}/${number}`;
    if (!taken.has(numbered)) return numbered;
  }
}

/** Those that begin and end together stay as they were: in the order of products and their parts. */
function byTime(a: BucketGrant, b: BucketGrant): number {
  return compareText(a.validFrom, b.validFrom) || compareText(a.validTo, b.validTo);
}
