import type { PolicyDocument } from '@ronghe/contracts';
import type { z } from 'zod';
import type { AuthoredFile, DocumentProblem, FieldPath } from './authored-file';
import {
  catalogFileSchema,
  type AuthoredBundle,
  type AuthoredOffer,
  type AuthoredSpecification,
} from './offer-schema';
import { policyFileSchema } from './policy-schema';
import type { AuthoredTariff } from './usage-price-schema';

/** A value together with the place where it was written. */
export interface Located<T> {
  value: T;
  file: AuthoredFile;
  path: FieldPath;
}

/** Collects what is wrong; reading goes on, so that all problems come out at once. */
export class ProblemList {
  readonly problems: DocumentProblem[] = [];

  /** Adds a problem of a field inside a located value. */
  add(at: Located<unknown>, field: FieldPath, message: string): void {
    this.problems.push(at.file.problem([...at.path, ...field], message));
  }
}

/** Everything that the files say, before references between them are resolved. */
export interface AuthoredSet {
  specifications: Located<AuthoredSpecification>[];
  tariffs: Located<AuthoredTariff>[];
  offers: Located<AuthoredOffer>[];
  bundles: Located<AuthoredBundle>[];
  policies: Located<PolicyDocument>[];
}

/** Reads files by their schema: a file with `kind` is a policy, any other belongs to the catalog. Files with problems are left out. */
export function readAuthoredSet(files: readonly AuthoredFile[], list: ProblemList): AuthoredSet {
  const set: AuthoredSet = { specifications: [], tariffs: [], offers: [], bundles: [], policies: [] };
  for (const file of files) {
    list.problems.push(...file.syntaxProblems);
    if (file.syntaxProblems.length > 0) continue;
    if (isRecord(file.content) && 'kind' in file.content) readPolicy(file, set, list);
    else readCatalog(file, set, list);
  }
  return set;
}

function readPolicy(file: AuthoredFile, set: AuthoredSet, list: ProblemList): void {
  const result = policyFileSchema.safeParse(file.content);
  if (result.success) set.policies.push({ value: result.data, file, path: [] });
  else list.problems.push(...problemsIn(result.error, file));
}

function readCatalog(file: AuthoredFile, set: AuthoredSet, list: ProblemList): void {
  const result = catalogFileSchema.safeParse(file.content);
  if (!result.success) {
    list.problems.push(...problemsIn(result.error, file));
    return;
  }
  const locate = <T>(name: string, values: T[]) =>
    values.map((value, index) => ({ value, file, path: [name, index] }));
  set.specifications.push(...locate('specifications', result.data.specifications));
  set.tariffs.push(...locate('tariffs', result.data.tariffs));
  set.offers.push(...locate('offers', result.data.offers));
  set.bundles.push(...locate('bundles', result.data.bundles));
}

/** After so many mistakes in one file the rest says nothing new. */
const FILE_PROBLEM_LIMIT = 200;

function problemsIn({ issues }: z.ZodError, file: AuthoredFile): DocumentProblem[] {
  return issues.slice(0, FILE_PROBLEM_LIMIT).flatMap((issue) => problemsOf(issue, file));
}

/** In the author's words: which field, and what it should have been. */
function problemsOf(issue: z.core.$ZodIssue, file: AuthoredFile): DocumentProblem[] {
  const path = issue.path.filter((step) => typeof step !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys
      .slice(0, FILE_PROBLEM_LIMIT)
      .map((key) => file.problem([...path, key], 'unknown field'));
  }
  if (issue.code === 'invalid_type') {
    const isMissing = issue.message.endsWith('undefined');
    const wanted = { object: 'fields', record: 'fields', array: 'a list', string: 'text' }[
      issue.expected as string
    ];
    return [file.problem(path, isMissing ? 'is missing' : `must be ${wanted ?? issue.expected}`)];
  }
  return [file.problem(path, issue.message)];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
