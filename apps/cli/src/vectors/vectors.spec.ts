import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Json } from './fields';
import { replayFile, replayVector } from './replay';
import { reportOf, summaryOf, totalOfReports } from './summary';

const root = join(__dirname, '../../../..');
const folder = join(root, 'testdata/vectors');
const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Json;
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const reports = files.map((name) => reportOf(name, replayFile(read(name))));
const all = reports.flatMap(({ vectors }) => vectors);

describe('the published vectors', () => {
  it('none fails', () => {
    expect(all.filter(({ outcome }) => outcome.status === 'failed')).toEqual([]);
  });

  it('every vector has an outcome, and few are choices', () => {
    const published = files.reduce(
      (sum, name) => sum + (read(name) as { vectors: Json[] }).vectors.length,
      0,
    );
    expect(all).toHaveLength(published);
    expect(totalOfReports(reports)['differs by choice'] / published).toBeLessThan(0.05);
  });

  it.each([
    ['charge_models.json', 26, 0, 0],
    ['discounts_taxes.json', 12, 1, 0],
    ['identifiers.json', 30, 0, 0],
    ['online_charging.json', 9, 0, 6],
    ['proration_periods.json', 88, 0, 0],
    ['usage_rating.json', 29, 1, 0],
  ])('of %s %d pass, %d are choices, %d are not applicable', (file, count, choices, others) => {
    expect(reports.find((report) => report.file === file)?.counts).toEqual({
      passed: count,
      failed: 0,
      'differs by choice': choices,
      'not applicable': others,
    });
  });

  it('requests of online charging are answered by a suite', () => {
    const online = reports.find(({ file }) => file === 'online_charging.json');
    expect(online?.notApplicable).toEqual({ 'answered by a running suite: give its --url': 6 });
  });

  it('a choice is described in docs/semantics.md', () => {
    const headings = [...readFileSync(join(root, 'docs/semantics.md'), 'utf8').matchAll(/^#+ (.*)$/gm)].map(
      ([, title = '']) =>
        title
          .toLowerCase()
          .replaceAll(/[^\w -]/g, '')
          .replaceAll(' ', '-'),
    );
    for (const { outcome } of all) {
      if (outcome.status === 'differs by choice') expect(headings).toContain(outcome.anchor);
    }
  });
});

/** Every figure of an `expected` (or a step's `expect`), each in a copy of the vector where it is another. */
function spoilt(vector: Json): { path: string; vector: Json }[] {
  const copies: { path: string; vector: Json }[] = [];
  const visit = (value: Json, path: (string | number)[], isExpected: boolean) => {
    if (value !== null && typeof value === 'object') {
      for (const [name, child] of Object.entries(value)) {
        // How exact a figure is, or how a repeating decimal goes on, is no figure.
        if (['scale', 'tolerance', 'amountExact'].includes(name)) continue;
        // A higher upper bound is no contradiction.
        if (path.at(-1) === 'amountBetween' && name === '1') continue;
        visit(child, [...path, name], isExpected || name === 'expected' || name === 'expect');
      }
    } else if (isExpected && value !== null) {
      copies.push({ path: path.join('.'), vector: replaced(vector, path, otherThan(value)) });
    }
  };
  visit(vector, [], false);
  return copies;
}

function replaced(value: Json, [name, ...rest]: (string | number)[], leaf: Json): Json {
  if (name === undefined) return leaf;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as { [name: string]: Json };
  copy[name] = replaced(copy[name] ?? null, rest, leaf);
  return copy;
}

function otherThan(value: Json): Json {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  return /^-?\d/.test(String(value)) && Number.isFinite(Number(value))
    ? String(Number(value) + 7)
    : `${String(value)}x`;
}

it('passes no vector of which one figure is changed', () => {
  const stillPassed = files
    .flatMap((name) => (read(name) as { vectors: Json[] }).vectors)
    .filter((vector) => replayVector(vector).outcome.status === 'passed')
    .flatMap(spoilt)
    .filter(({ vector }) => replayVector(vector).outcome.status === 'passed')
    .map(({ path, vector }) => `${String((vector as { id: string }).id)}: ${path}`);
  expect(stillPassed).toEqual([]);
});

describe('a replayer', () => {
  const unit = (more: object, expected: object) =>
    replayVector({
      id: 'x',
      model: 'unit',
      tariff: { model: 'unit', unitPrice: '2', ...more },
      usage: { quantity: '3' },
      expected,
    } as Json).outcome;

  it('tells a wrong figure from a right one', () => {
    expect(unit({}, { amount: '6' })).toEqual({ status: 'passed' });
    expect(unit({}, { amount: '6.01' })).toEqual({
      status: 'failed',
      reason: 'expected.amount 6.01, ours 6',
    });
  });

  it('passes nothing that it has not understood or worked out', () => {
    expect(unit({ surprise: '1' }, { amount: '6' })).toEqual({
      status: 'not applicable',
      reason: 'vector.tariff.surprise is not supported',
    });
    expect(unit({}, { amount: '6', mood: 'good' })).toEqual({
      status: 'not applicable',
      reason: 'expected.mood is not worked out',
    });
  });

  it('sums up by file and reason', () => {
    const text = summaryOf([reportOf('some.json', [{ id: 'a', kind: 'x', outcome: { status: 'passed' } }])]);
    expect(text.split('\n')[0]).toBe('some.json: 1 passed, 0 failed, 0 differs by choice, 0 not applicable');
  });
});
