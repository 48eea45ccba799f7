import fc from 'fast-check';
import { instantFromIso } from '@ronghe/kernel';
import { drawUnits, type OpenBucket } from './bucket-draw';
import { bucketsFor, compareBuckets } from './bucket-order';
import { usersText, type BucketUsers } from './bucket-users';
import type { UsageEvent } from './rate-usage';
import type { BucketState } from './rating-state';

const from = instantFromIso('2026-06-01T00:00:00+08:00');
const to = instantFromIso('2026-07-01T00:00:00+08:00');

function bucket(code: string, quantity: bigint, more: Partial<BucketState> = {}): BucketState {
  return {
    ...{ code, quantity, remaining: quantity, validFrom: from, validTo: to },
    label: { en: code, 'zh-CN': code },
    origin: 'base',
    productId: null,
    usageClasses: ['voice'],
    unit: 'minute',
    priority: 1,
    rollover: null,
    offeringCode: 'plan',
    offeringVersion: 1,
    ...more,
  };
}

const event = (productId: string): UsageEvent => ({
  ...{ usageId: 'u', productId, usageClass: 'voice', usedAt: from, quantity: 60n, source: 's' },
  ...{ recordId: 'r', isLate: false, peer: null },
});

const shared = (cap: string | null, capKey = 'voice'): BucketUsers => ({
  own: ['owner', 'owner-sub'],
  members: [{ memberId: 'member', productIds: ['member', 'member-sub'], cap, capKey }],
  goesFirst: false,
});
const membersOwn: BucketUsers = { own: ['member', 'member-sub'], members: [], goesFirst: true };

const open = (buckets: readonly BucketState[]): OpenBucket[] =>
  [...buckets]
    .sort(compareBuckets)
    .map((each) => ({ bucket: each, remaining: each.remaining, memberUsed: null }));

function draw(buckets: OpenBucket[], productId: string, units: bigint): bigint {
  const usable = new Set(
    bucketsFor(
      event(productId),
      'minute',
      buckets.map(({ bucket: each }) => each),
    ),
  );
  const mine = buckets.filter(({ bucket: each }) => usable.has(each));
  return units - drawUnits(mine, event(productId), { zone: '', band: '' }, units).left;
}

describe('buckets that card groups share', () => {
  it('gives nobody more than the cap of its card group and the bucket, whatever the order; nothing is lost', () => {
    const uses = fc.array(
      fc.record({
        productId: fc.constantFrom('owner', 'owner-sub', 'member', 'member-sub', 'stranger'),
        units: fc.bigInt({ min: 0n, max: 40n }),
      }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(uses, fc.bigInt({ min: 0n, max: 60n }), (drawn, cap) => {
        const buckets = open([
          bucket('plan/voice', 50n, { users: shared(cap.toString()) }),
          bucket('rolled/plan/voice', 30n, { users: shared(cap.toString()), origin: 'rolled' }),
        ]);
        const by: Record<string, bigint> = {};
        for (const { productId, units } of drawn)
          by[productId] = (by[productId] ?? 0n) + draw(buckets, productId, units);
        const members = (by['member'] ?? 0n) + (by['member-sub'] ?? 0n);
        expect(members <= cap).toBe(true);
        expect(by['stranger'] ?? 0n).toBe(0n);
        const left = buckets.reduce((sum, each) => sum + each.remaining, 0n);
        expect(left + Object.values(by).reduce((sum, units) => sum + units, 0n)).toBe(80n);
        expect(buckets.reduce((sum, each) => sum + (each.memberUsed?.['member'] ?? 0n), 0n)).toBe(members);
      }),
    );
  });

  it("uses a member's own first, then what is shared, then add-ons; others see none of it", () => {
    const buckets = [
      bucket('plan/voice', 10n, { users: shared(null), priority: 0 }),
      bucket('member/m/plan/voice', 10n, { users: membersOwn, priority: 9 }),
      bucket('member/m/pack', 10n, { users: membersOwn, rank: 'add-on' }),
    ];
    const codes = (productId: string) =>
      bucketsFor(event(productId), 'minute', buckets).map(({ code }) => code);
    expect(codes('member-sub')).toEqual(['member/m/plan/voice', 'plan/voice', 'member/m/pack']);
    expect(codes('owner-sub')).toEqual(['plan/voice']);
    expect(codes('stranger')).toEqual([]);
  });

  it('counts caps of other keys apart and knows the same users whatever the order of fields', () => {
    const buckets = open([
      bucket('plan/day', 50n, { users: shared('5', 'day') }),
      bucket('plan/night', 50n, { users: shared('7', 'night') }),
    ]);
    expect(draw(buckets, 'member', 40n)).toBe(12n);
    const { goesFirst, members, own } = shared('5');
    expect(usersText({ goesFirst, members, own })).toBe(usersText(shared('5')));
    expect(usersText(shared('6'))).not.toBe(usersText(shared('5')));
    expect(usersText(null)).toBe(usersText(undefined));
  });
});
