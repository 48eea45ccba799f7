import type { OfferDocument, PolicyDocument } from '@ronghe/contracts';
import { DomainError, isDomainError } from '@ronghe/kernel';
import { AuthoredFile, type DocumentFile, type DocumentProblem } from './authored-file';
import { ProblemList, readAuthoredSet, type AuthoredSet, type Located } from './authored-set';
import { checkCorrections, checkPolicyCorrections } from './check-corrections';
import { checkRatingPolicies } from './check-rating-policies';
import { checkReferences } from './check-references';
import { byCodeAndVersion, checkPolicyDates, checkVersions } from './check-versions';
import { notMended } from './mended-versions';
import { resolveBundle } from './resolve-bundle';
import { resolveOffer } from './resolve-offer';
import { checkPriceChanges } from './resolve-price-change';
import { resolveTariff } from './resolve-usage-price';

export type { DocumentFile, DocumentProblem } from './authored-file';

/** How many files are read at once, and how many problems are told at once. */
export const FILE_LIMIT = 500;
const PROBLEM_LIMIT = 200;

/**
 * Reads YAML documents, resolves them into offers and policies and validates them together: the files are the
 * whole catalog, every reference is looked for among them.
 * Throws DomainError('document_invalid', 'invalid') with `details.errors: DocumentProblem[]`, all at once, in the
 * order of files and lines. Results are sorted by code and version.
 */
export function readDocuments(files: readonly DocumentFile[]): {
  offers: OfferDocument[];
  policies: PolicyDocument[];
} {
  if (files.length > FILE_LIMIT) {
    throw new DomainError('document_invalid', 'invalid', `more than ${FILE_LIMIT} files`, { errors: [] });
  }
  const list = new ProblemList();
  const set = readAuthoredSet(
    files.map((file) => new AuthoredFile(file)),
    list,
  );
  // References are only looked for among files that can be read: one typing error is one problem, not fifty.
  const offers = list.problems.length === 0 ? resolveSet(set, list) : [];
  if (list.problems.length > 0) throw invalid(list.problems);
  return {
    offers: offers.map(({ value }) => value).sort(byCodeAndVersion),
    policies: set.policies.map(({ value }) => value).sort(byCodeAndVersion),
  };
}

/** `catalog/mobile.yaml:9 offers[0].fee: must be a number such as 12.50`. */
export function problemText({ file, line, field, message }: DocumentProblem): string {
  return `${file}:${line} ${field === '' ? '' : `${field}: `}${message}`;
}

/** What `readDocuments` found; any other error is thrown again. */
export function problemsOf(error: unknown): DocumentProblem[] {
  if (!isDomainError(error) || error.code !== 'document_invalid') throw error;
  const problems = error.details['errors'] as DocumentProblem[];
  return problems.length > 0 ? problems : [{ file: '', line: 1, field: '', message: error.message }];
}

function resolveSet(set: AuthoredSet, list: ProblemList): Located<OfferDocument>[] {
  const specifications = byCode(set.specifications, list);
  byCode(set.tariffs, list);
  const tariffs = new Map(set.tariffs.map((at) => [at.value.code, resolveTariff(at, list)]));
  const current = new Set(notMended(set.offers, ({ value }) => value));
  const simple = set.offers.flatMap((at): Located<OfferDocument>[] => {
    const value = resolveOffer(at, { specifications, tariffs, current }, list);
    return value ? [{ ...at, value }] : [];
  });
  const offers = new Map<string, OfferDocument[]>();
  for (const { value } of simple) offers.set(value.code, [...(offers.get(value.code) ?? []), value]);
  const bundles = set.bundles.map((at) => ({
    ...at,
    value: resolveBundle(at, { offers, specifications, bundles: set.bundles }, list),
  }));
  const all = [...simple, ...bundles];
  const fields = { from: ['sale', 'from'], to: ['sale', 'to'] };
  const versions = all.map((at) => {
    const { code, version, effectiveFrom: from, effectiveTo: to } = at.value;
    return { at, code, version, from, to, fields };
  });
  checkVersions(versions, 'allowed', list);
  checkPolicyDates(set.policies, list);
  checkCorrections(all, list);
  checkPolicyCorrections(set.policies, list);
  checkReferences(all, set, list);
  checkRatingPolicies(all, set, list);
  checkPriceChanges(simple, list);
  return all;
}

function byCode<T extends { code: string }>(
  values: readonly Located<T>[],
  list: ProblemList,
): Map<string, T> {
  const map = new Map<string, T>();
  for (const at of values) {
    if (map.has(at.value.code)) list.add(at, ['code'], `${at.value.code} is there twice`);
    map.set(at.value.code, at.value);
  }
  return map;
}

function invalid(problems: readonly DocumentProblem[]): DomainError {
  const errors = [...problems].sort((a, b) =>
    a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1,
  );
  const [first] = errors;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  const message = first ? `${problemText(first)}${more}` : 'documents are invalid';
  return new DomainError('document_invalid', 'invalid', message, { errors: errors.slice(0, PROBLEM_LIMIT) });
}
