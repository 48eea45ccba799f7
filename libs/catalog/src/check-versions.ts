import type { PolicyDocument, TaxPolicy } from '@ronghe/contracts';
import type { LocalDate } from '@ronghe/kernel';
import { fieldName, type FieldPath } from './authored-file';
import type { Located, ProblemList } from './authored-set';

/** A version of something with its dates, and where they were written. */
export interface DatedVersion {
  at: Located<unknown>;
  code: string;
  version: number;
  from: LocalDate;
  to: LocalDate | null;
  fields: { from: FieldPath; to: FieldPath };
}

/** By code, then version. */
export function byCodeAndVersion(
  a: { code: string; version: number },
  b: { code: string; version: number },
): number {
  return a.code === b.code ? a.version - b.version : a.code < b.code ? -1 : 1;
}

/**
 * Versions of one code: each once, a higher one starts later, the one before ends by then, and where `gaps` are
 * refused not earlier.
 */
export function checkVersions(
  versions: readonly DatedVersion[],
  gaps: 'allowed' | 'refused',
  list: ProblemList,
): void {
  const sorted = [...versions].sort(byCodeAndVersion);
  sorted.forEach((later, index) => {
    const earlier = sorted[index - 1];
    if (!earlier || earlier.code !== later.code) return;
    const name = `version ${earlier.version} of ${later.code}`;
    if (earlier.version === later.version) {
      list.add(later.at, ['version'], `${name} is already in ${earlier.at.file.path}`);
    } else if (later.from <= earlier.from) {
      list.add(later.at, later.fields.from, `overlaps ${name}: must be after ${earlier.from}`);
    } else if (earlier.to === null) {
      list.add(
        earlier.at,
        earlier.fields.from,
        `has no end, but version ${later.version} starts ${later.from}: set ${fieldName(earlier.fields.to)}`,
      );
    } else if (earlier.to > later.from) {
      list.add(
        earlier.at,
        earlier.fields.to,
        `overlaps version ${later.version}, which starts ${later.from}`,
      );
    } else if (gaps === 'refused' && earlier.to < later.from) {
      list.add(later.at, later.fields.from, `leaves a gap after ${name}, which ends ${earlier.to}`);
    }
  });
}

/** The dates of a policy, and of the tax rates in one. */
export function checkPolicyDates(policies: readonly Located<PolicyDocument>[], list: ProblemList): void {
  const fields = { from: ['effectiveFrom'], to: ['effectiveTo'] };
  for (const at of policies) {
    const { effectiveFrom: from, effectiveTo: to } = at.value;
    if (to !== null && to <= from) list.add(at, ['effectiveTo'], 'must be after effectiveFrom');
    if (at.value.kind === 'tax') checkRates({ ...at, value: at.value }, list);
  }
  const versions = policies.map((at) => {
    const { code, version, effectiveFrom: from, effectiveTo: to } = at.value;
    return { at, code, version, from, to, fields };
  });
  checkVersions(versions, 'refused', list);
}

function checkRates(at: Located<TaxPolicy>, list: ProblemList): void {
  at.value.classes.forEach(({ code, rates }, classIndex) => {
    if (at.value.classes.findIndex((other) => other.code === code) !== classIndex) {
      list.add(at, ['classes', classIndex, 'code'], `${code} is there twice`);
    }
    rates.forEach((rate, index) => {
      const field = (name: string) => ['classes', classIndex, 'rates', index, name];
      const previous = rates[index - 1];
      if (rate.to !== null && rate.to <= rate.from) list.add(at, field('to'), 'must be after from');
      if (!previous) return;
      if (previous.to === null || previous.to > rate.from)
        list.add(at, field('from'), 'overlaps the rate before');
      else if (previous.to < rate.from) list.add(at, field('from'), `leaves a gap after ${previous.to}`);
    });
  });
}
