import fc from 'fast-check';
import type { UsagePrice } from '@ronghe/contracts';
import { addDays, parseLocalDate } from '@ronghe/kernel';
import { world } from '../test/any-price.fixture';
import { dataPrice, local, lookupOf, plan, product } from '../test/sample-offers';
import { policiesOfVersions, policyCodesOf, type PolicyVersion } from './policy-versions';
import { usagePlanOf } from './usage-plan';

const day = (text: string) => parseLocalDate(text);
const version = (
  number: number,
  from: string,
  to: string | null,
  corrects: number | null = null,
): PolicyVersion => ({
  corrects,
  code: 'world',
  version: number,
  effectiveFrom: day(from),
  effectiveTo: to === null ? null : day(to),
});
const find = (versions: PolicyVersion[], on: string) => {
  const policies = policiesOfVersions(versions, (_code, number) => ({ ...world, version: number }));
  const found = policies.zonePlan('world', day(on));
  return found && [found.document.version, found.from, found.to];
};

describe('of the versions of a policy', () => {
  it('the one in force on the day counts, of several the highest, until another takes over', () => {
    const versions = [
      version(1, '2026-01-01', '2026-07-01'),
      version(2, '2026-03-01', '2026-04-01'),
      version(3, '2026-09-01', null),
    ];
    expect(find(versions, '2026-02-01')).toEqual([1, '2026-01-01', '2026-03-01']);
    expect(find(versions, '2026-03-31')).toEqual([2, '2026-03-01', '2026-04-01']);
    expect(find(versions, '2026-05-01')).toEqual([1, '2026-04-01', '2026-07-01']);
    expect(find(versions, '2026-08-01')).toBeNull();
    expect(find(versions, '2027-01-01')).toEqual([3, '2026-09-01', null]);
  });

  it('one that mends another takes its place on its days, also when it is mended itself', () => {
    const versions = [
      version(1, '2026-01-01', '2026-07-01'),
      version(2, '2026-07-01', '2026-08-01', 1),
      version(3, '2026-08-01', '2026-09-01'),
      version(4, '2026-09-01', null, 2),
    ];
    expect(find(versions, '2026-02-01')).toEqual([4, '2026-01-01', '2026-07-01']);
    expect(find(versions, '2026-07-15')).toEqual([4, '2026-07-01', '2026-08-01']);
    expect(find(versions, '2026-08-15')).toEqual([3, '2026-08-01', '2026-09-01']);
  });

  it('the same one is found on every day on which it is said to hold, and another or none on the day after', () => {
    const date = fc.integer({ min: 0, max: 40 }).map((days) => addDays(day('2026-01-01'), days));
    const anyVersions = fc
      .array(fc.tuple(date, fc.option(fc.integer({ min: 1, max: 20 }), { nil: null })), { maxLength: 5 })
      .map((drawn) =>
        drawn.map(([from, days], index) =>
          version(index + 1, from, days === null ? null : addDays(from, days)),
        ),
      );
    fc.assert(
      fc.property(anyVersions, date, (versions, on) => {
        const found = find(versions, on);
        if (!found) return;
        const [number, from, to] = found;
        for (let each = String(from); each < String(to ?? '2026-03-15'); each = addDays(day(each), 1)) {
          expect(find(versions, each)?.[0]).toBe(number);
        }
        if (typeof to === 'string') expect(find(versions, to)?.[0]).not.toBe(number);
      }),
    );
  });

  it('a price whose zone plan has a gap is refused there', () => {
    const model: UsagePrice['model'] = {
      kind: 'rates',
      rates: { zonePlan: 'world', calendar: null, rates: [] },
    };
    const offer = plan({
      usagePrices: [dataPrice({ model })],
    });
    expect(policyCodesOf(offer)).toEqual(['world']);
    const ask = (on: string) => () =>
      usagePlanOf({
        holding: product(),
        holdings: [product()],
        offers: lookupOf(offer),
        usageClass: 'data',
        usedAt: local(on),
        policies: policiesOfVersions([version(1, '2026-06-10', '2026-06-20')], () => world),
      });
    expect(ask('2026-06-15')().holds).toEqual({ from: local('2026-06-10'), to: local('2026-06-20') });
    expect(ask('2026-06-20')).toThrow(expect.objectContaining({ code: 'rating_policy_missing' }));
  });
});
