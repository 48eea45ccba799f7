import fc from 'fast-check';
import { amountFromMicro } from '@ronghe/kernel';
import { eventAt, grantOf, planFor } from '../balance/balance.fixture';
import type { StoredBucket } from '../balance/group-period';
import { grantQuota, type Quota, type QuotaQuestion } from '@ronghe/rating';
import { kbOf } from './units';

const used = eventAt('session', 1, 0, { usageClass: 'data' });
const plan = planFor('data', '600');

function bucket(code: string, remaining: bigint, priority = 1): StoredBucket {
  const grant = grantOf(code, 1_000_000n, { usageClasses: ['data'], unit: 'kb', priority });
  return { ...grant, remaining, isMoved: false, reserved: 0n, memberReserved: null, bucketId: code };
}

const noFunds = amountFromMicro(0n);
const ask = (wanted: bigint, buckets: StoredBucket[], more: Partial<QuotaQuestion> = {}): Quota =>
  grantQuota({ wanted, used, plan, free: { buckets, counters: {} }, funds: noFunds, ...more });

describe('granting quota', () => {
  it('never grants more than is free, and never less where it could', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 4 }),
        fc.integer({ min: 1, max: 200 }),
        (drawn, wanted) => {
          const free = drawn.reduce((sum, remaining) => sum + remaining, 0);
          const grant = ask(
            BigInt(wanted),
            drawn.map((remaining, index) => bucket(`b${index}`, BigInt(remaining))),
          );
          expect(grant.quantity).toBe(BigInt(Math.min(wanted, free)));
          expect(grant.reserved.reduce((sum, { units }) => sum + units, 0n)).toBe(grant.quantity);
          expect(grant.isFinal).toBe(wanted >= free);
        },
      ),
    );
  });

  it('takes from the buckets in the order in which they are used', () => {
    expect(ask(25n, [bucket('base', 100n, 2), bucket('first', 15n)]).reserved).toEqual([
      { bucketCode: 'first', units: 15n },
      { bucketCode: 'base', units: 10n },
    ]);
  });

  it('goes beyond them where the account may, until the cap of the price', () => {
    expect(ask(25n, [bucket('base', 10n)], { funds: null })).toMatchObject({ quantity: 25n, isFinal: false });
    const counters = { 'data-out': { units: 700n * 1_048_576n, events: 1n } };
    const capped = (buckets: StoredBucket[]) => ask(25n, [], { funds: null, free: { buckets, counters } });
    expect(capped([bucket('base', 10n)])).toMatchObject({ quantity: 10n, isFinal: true });
    expect(capped([])).toMatchObject({ quantity: 0n, reserved: [], isFinal: true });
  });

  it('goes beyond them as far as the money reaches, on top of what was used', () => {
    const gb = 1_048_576n;
    const twoGb = amountFromMicro(2_000_000n);
    const free = { buckets: [bucket('base', 10n)], counters: {} };
    const grant = ask(5n * gb, [], { funds: twoGb, free });
    expect(grant).toMatchObject({ quantity: 10n + 2n * gb, isFinal: true, cost: 2_000_000n });
    const later = { ...used, quantity: 10n + gb };
    expect(ask(5n * gb, [], { funds: twoGb, free, used: later })).toMatchObject({
      quantity: 2n * gb,
      reserved: [],
      cost: 2_000_000n,
    });
  });

  it('goes on to the end of the increment that is begun, and no further', () => {
    const voice = planFor('voice', '600');
    const call = eventAt('session', 1, 0, { usageClass: 'voice', quantity: 50n });
    const { quantity } = ask(30n, [], { used: call, plan: voice, funds: null });
    expect(quantity).toBe(70n);
    expect(ask(10n, [], { used: call, plan: voice, funds: null }).quantity).toBe(10n);
  });

  it('counts every begun KB', () => {
    expect([0n, 1n, 1024n, 1025n].map(kbOf)).toEqual([0n, 1n, 1n, 2n]);
  });
});
