import type { PolicyDocument } from '@ronghe/contracts';
import { DomainError, parseLocalDate, type LocalDate } from '@ronghe/kernel';
import fc from 'fast-check';
import { contentHashOf, decidePublication, type LiveVersion } from './publication';

const policy = (version: number, from: string, to: string | null, quarantineDays = 90): PolicyDocument => ({
  kind: 'inventory',
  code: 'inventory',
  version,
  effectiveFrom: parseLocalDate(from),
  effectiveTo: to === null ? null : parseLocalDate(to),
  numberQuarantineDays: quarantineDays,
});

const liveOf = (document: PolicyDocument): LiveVersion<PolicyDocument> => ({
  document,
  contentHash: contentHashOf(document),
});

const refusal = (documents: PolicyDocument[], live: LiveVersion<PolicyDocument>[]): unknown => {
  try {
    return decidePublication(documents, live);
  } catch (error) {
    return error instanceof DomainError ? [error.code, error.details['versions']] : error;
  }
};

const first = policy(1, '2026-01-01', null);

const published = (documents: PolicyDocument[], live: LiveVersion<PolicyDocument>[]) =>
  decidePublication(documents, live).publish.map(({ document }) => [document.version, document.effectiveTo]);

describe('decidePublication', () => {
  it('publishes what is new and leaves what is live alone', () => {
    expect(published([first], [])).toEqual([[1, null]]);
    expect(decidePublication([first], [liveOf(first)])).toEqual({ publish: [], unchanged: [first] });
  });

  it('leaves a live version alone whose document is not among the files', () => {
    expect(decidePublication([], [liveOf(first)])).toEqual({ publish: [], unchanged: [] });
  });

  it('refuses other content under a published version', () => {
    const culprit = ['version_immutable', [{ code: 'inventory', version: 1 }]];
    expect(refusal([policy(1, '2026-01-01', null, 30)], [liveOf(first)])).toEqual(culprit);
    expect(refusal([policy(1, '2026-02-01', null)], [liveOf(first)])).toEqual(culprit);
  });

  it('closes a version where its successor begins, in one application', () => {
    const closed = policy(1, '2026-01-01', '2027-01-01');
    const second = policy(2, '2027-01-01', null, 60);
    expect(published([closed, second], [liveOf(first)])).toEqual([
      [1, '2027-01-01'],
      [2, null],
    ]);
    expect(published([closed, second], [liveOf(closed), liveOf(second)])).toEqual([]);
  });

  it('refuses a successor that begins while the version before goes on', () => {
    const overlap = ['versions_overlap', [{ code: 'inventory', version: 2 }]];
    const second = policy(2, '2027-01-01', null);
    expect(refusal([first, second], [liveOf(first)])).toEqual(overlap);
    expect(refusal([second], [liveOf(first)])).toEqual(overlap);
    expect(refusal([policy(1, '2026-01-01', '2027-06-01'), second], [])).toEqual(overlap);
  });

  it('refuses a version below one that is live', () => {
    const second = policy(2, '2027-01-01', null);
    expect(refusal([policy(1, '2026-01-01', '2026-06-01')], [liveOf(second)])).toEqual([
      'version_out_of_order',
      [{ code: 'inventory', version: 1 }],
    ]);
  });

  it('never lets two versions be in force on one day, and finds nothing to do the second time', () => {
    const day = fc
      .integer({ min: 1, max: 28 })
      .map((n) => `2026-01-${String(n).padStart(2, '0')}` as LocalDate);
    // An end at or before the beginning is refused when documents are read.
    const version = fc
      .record({ version: fc.integer({ min: 1, max: 4 }), from: day, to: fc.option(day) })
      .filter(({ from, to }) => to === null || from < to);
    fc.assert(
      fc.property(fc.uniqueArray(version, { selector: (each) => each.version, maxLength: 4 }), (versions) => {
        const documents = versions
          .map((each) => policy(each.version, each.from, each.to))
          .sort((a, b) => a.version - b.version);
        const result = refusal(documents, []);
        if (Array.isArray(result)) return;
        for (const { from } of versions) {
          const inForce = documents.filter(
            ({ effectiveFrom, effectiveTo }) =>
              effectiveFrom <= from && (effectiveTo === null || from < effectiveTo),
          );
          expect(inForce.length).toBeLessThanOrEqual(1);
        }
        expect(decidePublication(documents, documents.map(liveOf))).toEqual({
          publish: [],
          unchanged: documents,
        });
      }),
    );
  });
});
