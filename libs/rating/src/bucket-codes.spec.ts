import type { OfferDocument, ProductTerms } from '@ronghe/contracts';
import { addDays, billPeriodOf, parseLocalDate, startOfLocalDate, type Instant } from '@ronghe/kernel';
import fc from 'fast-check';
import { withOwnCodes } from './bucket-codes';
import { periodEntitlements, type BucketGrant } from './entitlements';
import type { Holding, OfferLookup } from './holding';
import { openState, rollover } from './rating-state';
import { bundle, cycle, dataAllowance, line, local, plan, product } from '../test/sample-offers';

/** Allowances of an offer that is held more than once in a period. */

const june = billPeriodOf('2026-06', cycle);
const july = billPeriodOf('2026-07', cycle);
const pack = dataAllowance({ code: 'pack', rank: 'add-on', rollover: null, validDays: 45 });
const documents: OfferDocument[] = [
  ...[plan(), plan({ version: 2 }), plan({ code: 'large' }), line, bundle],
  ...[plan({ code: 'packed', allowances: [pack] }), plan({ code: 'packed', version: 2, allowances: [pack] })],
];
const offers: OfferLookup = (code, version) => {
  const found = documents.find((each) => each.code === code && each.version === version);
  if (!found) throw new Error(`no offer ${code} ${version}`);
  return found;
};

type Terms = Pick<ProductTerms, 'offeringCode' | 'offeringVersion'> & Partial<ProductTerms>;
const [A, A2, B]: Terms[] = [
  { offeringCode: 'plan', offeringVersion: 1 },
  { offeringCode: 'plan', offeringVersion: 2 },
  { offeringCode: 'large', offeringVersion: 1 },
] as const;

/** A card that has terms from instants on. */
function held(...since: [terms: Terms | undefined, from: string][]): Holding {
  const all = since.map(([terms, from], index): ProductTerms => {
    const next = since[index + 1];
    return {
      ...{ offeringCode: 'plan', offeringVersion: 1, role: 'main', bundleId: null },
      ...{ bundleOfferingCode: null, bundleOfferingVersion: null },
      ...{ ...terms, from: local(from), to: local(next ? next[1] : from) },
    };
  });
  const { from: _, to: __, ...present } = all.at(-1) ?? ({} as ProductTerms);
  const card = product({ productId: 'main', cardGroupId: 'main', effectiveFrom: local(since[0]?.[1] ?? '') });
  return { ...card, ...present, earlierTerms: all.slice(0, -1) };
}

function granted(holdings: Holding[], period = june): BucketGrant[] {
  return periodEntitlements({ cardGroupId: 'main', offers, period, cycle, holdings });
}

const rows = (grants: readonly BucketGrant[]) =>
  grants.map(({ code, quantity, validFrom }) => [code, Number(quantity), validFrom]);

describe('an offer that is held twice in a period', () => {
  it('grants its allowance for each part, the first by its plain code: there and back', () => {
    expect(rows(granted([held([A, '2026-06-01'], [B, '2026-06-11'], [A, '2026-06-21'])]))).toEqual([
      ['plan/data', 100, local('2026-06-01')],
      ['large/data', 100, local('2026-06-11')],
      ['plan/data/2026-06-21', 100, local('2026-06-21')],
    ]);
  });

  it('does so where one version follows the other', () => {
    expect(rows(granted([held([A, '2026-06-01'], [A2, '2026-06-11'])]))).toEqual([
      ['plan/data', 100, local('2026-06-01')],
      ['plan/data/2026-06-11', 200, local('2026-06-11')],
    ]);
  });

  it('does so where it was left and came back on one day', () => {
    const midnight = granted([held([A, '2026-06-01'], [B, '2026-06-11'], [A, '2026-06-11'])]);
    expect(midnight.map(({ code }) => code)).toEqual(['plan/data', 'plan/data/2026-06-11']);
    // Within a day each part has the day.
    const since: [Terms | undefined, string][] = [
      ...(
        [
          [B, '2026-06-01'],
          [A, '2026-06-11T09:00:00'],
          [B, '2026-06-11T10:00:00'],
        ] as const
      ).map(([terms, from]): [Terms | undefined, string] => [terms, from]),
      [A, '2026-06-11T11:00:00'],
    ];
    expect(granted([held(...since)]).map(({ code }) => code)).toEqual([
      ...['large/data', 'large/data/2026-06-11', 'plan/data', 'plan/data/2026-06-11'],
    ]);
  });

  it('does so where the card joins a bundle that leaves the allowance as it is', () => {
    const inBundle = {
      ...A,
      ...{ offeringCode: 'large', offeringVersion: 1, bundleId: 'bundle-1' },
      ...{ bundleOfferingCode: 'bundle', bundleOfferingVersion: 1 },
    };
    const fixed = product({
      ...{ productId: 'line', cardGroupId: 'line', card: 'fixed', role: 'fixed', offeringCode: 'line' },
      ...{ bundleId: 'bundle-1', bundleOfferingCode: 'bundle', bundleOfferingVersion: 1 },
      effectiveFrom: local('2026-06-11'),
    });
    const grants = granted([held([B, '2026-06-01'], [inBundle, '2026-06-11']), fixed]);
    expect(grants.map(({ code }) => code)).toEqual(['large/data', 'large/data/2026-06-11']);
  });

  it('has the plain code in the next period, beside what went over of each part', () => {
    const card = held([A, '2026-06-01'], [B, '2026-06-11'], [A, '2026-06-21']);
    const over = rollover(openState(granted([card])), july).map(({ code }) => code);
    expect(over).toEqual(['rolled/large/data', 'rolled/plan/data', 'rolled/plan/data/2026-06-21']);
    expect(granted([card], july).map(({ code }) => code)).toEqual(['plan/data']);
  });

  it('goes over within one cap for all its parts', () => {
    const grants = granted([held([A, '2026-06-01'], [B, '2026-06-11'], [A, '2026-06-21'])]).map((grant) => ({
      ...grant,
      rollover: { periods: 1, cap: '150', order: 'before-base' } as const,
    }));
    const over = rollover(openState(grants.toReversed()), july);
    expect(Object.fromEntries(over.map(({ code, quantity }) => [code, quantity]))).toEqual({
      'rolled/plan/data': 100n,
      'rolled/large/data': 100n,
      'rolled/plan/data/2026-06-21': 50n,
    });
  });

  it('keeps the codes that it had when a change is added behind the others', () => {
    const before = granted([held([A, '2026-06-01'], [B, '2026-06-11'], [A, '2026-06-21'])]);
    const after = granted([
      held([A, '2026-06-01'], [B, '2026-06-11'], [A, '2026-06-21'], [B, '2026-06-25'], [A, '2026-06-27']),
    ]);
    const began = (grants: BucketGrant[]) =>
      new Map(grants.map(({ validFrom, code }): [Instant, string] => [validFrom, code]));
    for (const [validFrom, code] of began(before)) expect(began(after).get(validFrom)).toBe(code);
    expect(after.map(({ code }) => code)).toEqual([
      ...['plan/data', 'large/data', 'plan/data/2026-06-21', 'large/data/2026-06-25', 'plan/data/2026-06-27'],
    ]);
  });

  it('never has a code twice, whatever is held when', () => {
    const change = fc.tuple(fc.constantFrom(A, A2, B), fc.integer({ min: 0, max: 29 * 24 }));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 8 }), (changes) => {
        const at = (hour: number): string => {
          const day = addDays(parseLocalDate('2026-06-01'), Math.floor(hour / 24));
          return `${day}T${String(hour % 24).padStart(2, '0')}:00:00`;
        };
        const since = changes
          .toSorted(([, a], [, b]) => a - b)
          .map(([terms, hour]): [Terms | undefined, string] => [terms, at(hour)]);
        const card = held([A, '2026-05-20'], ...since);
        const first = granted([card]);
        const codes = first.map(({ code }) => code);
        expect(new Set(codes).size).toBe(codes.length);
        expect(granted([card])).toEqual(first);
      }),
    );
  });
});

describe('codes that are no other’s', () => {
  const grant = (code: string, day: string) =>
    ({
      ...granted([held([A, '2026-06-01'])])[0],
      ...{ code, validFrom: startOfLocalDate(parseLocalDate(day), cycle.zone) },
    }) as BucketGrant;

  it('go by time, whatever the order of the grants', () => {
    const grants = [grant('x', '2026-06-21'), grant('y', '2026-06-01'), grant('x', '2026-06-02')];
    expect(withOwnCodes(grants, cycle.zone).map(({ code }) => code)).toEqual(['x/2026-06-21', 'y', 'x']);
  });

  it('avoid those that another grant has by itself', () => {
    const grants = [grant('x', '2026-06-01'), grant('x/2026-06-02', '2026-06-01'), grant('x', '2026-06-02')];
    expect(withOwnCodes(grants, cycle.zone).map(({ code }) => code)).toEqual([
      ...['x', 'x/2026-06-02', 'x/2026-06-02/2'],
    ]);
  });
});

describe('a pack of so many days', () => {
  const packed: Terms = { offeringCode: 'packed', offeringVersion: 1 };

  it('is granted once where the version changes, and runs on', () => {
    const card = held([packed, '2026-06-11'], [{ ...packed, offeringVersion: 2 }, '2026-07-05']);
    expect(granted([card])).toMatchObject([
      { code: 'packed/pack/main', quantity: 300n, validTo: local('2026-07-26') },
    ]);
    expect(granted([card], july)).toEqual([]);
  });

  it('ends where it is left, and is another when it is taken again', () => {
    const card = held([packed, '2026-06-11'], [A, '2026-07-05'], [packed, '2026-07-11']);
    const carried = rollover(openState(granted([card])), july);
    expect(carried).toMatchObject([{ code: 'packed/pack/main', validTo: local('2026-07-05') }]);
    expect(granted([card], july)).toMatchObject([
      { code: 'plan/data' },
      { code: 'packed/pack/main/2026-07-11', validFrom: local('2026-07-11') },
    ]);
  });
});
