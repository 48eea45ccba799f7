import fc from 'fast-check';
import { eventAt, grantOf, planFor } from '../balance/balance.fixture';
import type { StoredBucket } from '../balance/group-period';
import { grantQuota, kbOf, type QuotaQuestion } from './quota';

const event = eventAt('session', 1, 0, { usageClass: 'data' });
const plan = planFor('data', '600');

function bucket(code: string, remaining: bigint, reserved: bigint, priority = 1): StoredBucket {
  const grant = grantOf(code, 1_000_000n, { usageClasses: ['data'], unit: 'kb', priority });
  return { ...grant, remaining, reserved, bucketId: code };
}

const ask = (wantedKb: bigint, buckets: StoredBucket[], more: Partial<QuotaQuestion> = {}) =>
  grantQuota({
    wantedOctets: wantedKb * 1024n,
    event,
    plan,
    buckets,
    counters: {},
    mayExceed: false,
    ...more,
  });

describe('granting quota', () => {
  it('never grants more than is free, and never less where it could', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 60 })), {
          maxLength: 4,
        }),
        fc.integer({ min: 0, max: 200 }),
        (drawn, wanted) => {
          const buckets = drawn.map(([remaining, reserved], index) =>
            bucket(`b${index}`, BigInt(remaining), BigInt(reserved)),
          );
          const free = drawn.reduce(
            (sum, [remaining, reserved]) => sum + Math.max(0, remaining - reserved),
            0,
          );
          const grant = ask(BigInt(wanted), buckets);
          expect(kbOf(grant.octets)).toBe(BigInt(Math.min(wanted, free)));
          expect(grant.reserved.reduce((sum, { units }) => sum + units, 0n)).toBe(kbOf(grant.octets));
          expect(grant.isFinal).toBe(wanted >= free);
        },
      ),
    );
  });

  it('takes from the buckets in the order in which they are used', () => {
    expect(ask(25n, [bucket('base', 100n, 0n, 2), bucket('first', 20n, 5n)]).reserved).toEqual([
      { bucketCode: 'first', units: 15n },
      { bucketCode: 'base', units: 10n },
    ]);
  });

  it('goes beyond them where the account may, until the cap of the price', () => {
    const beyond = { mayExceed: true };
    expect(ask(25n, [bucket('base', 10n, 0n)], beyond)).toMatchObject({
      octets: 25n * 1024n,
      isFinal: false,
    });
    const capped = { 'data-out': { units: 700n * 1_048_576n, events: 1n } };
    expect(ask(25n, [bucket('base', 10n, 0n)], { ...beyond, counters: capped })).toMatchObject({
      octets: 10n * 1024n,
      isFinal: true,
    });
    expect(ask(25n, [], { ...beyond, counters: capped })).toEqual({
      octets: 0n,
      reserved: [],
      isFinal: true,
    });
  });

  it('counts every begun KB', () => {
    expect([0n, 1n, 1024n, 1025n].map(kbOf)).toEqual([0n, 1n, 1n, 2n]);
  });
});
