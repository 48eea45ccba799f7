import { instantFromIso } from '@ronghe/kernel';
import { RatingUnits } from './rating-units';
import { conflictOf, type Sharing } from './sharing';
import type { BucketGrant } from '@ronghe/rating';
import { cardGroupOfCode, codeInUnit, placedInUnit } from './unit-buckets';

const july = instantFromIso('2026-07-01T00:00:00+08:00');
const august = instantFromIso('2026-08-01T00:00:00+08:00');
const june = instantFromIso('2026-06-01T00:00:00+08:00');

const sharing = (owner: string, member: string, more: Partial<Sharing> = {}): Sharing => ({
  ...{ lane: 1, balanceGroupId: 'group', sharingId: `${owner}/${member}`, caps: [] },
  ...{ accountId: 'account', memberAccountId: 'account' },
  ownerCardGroupId: owner,
  memberCardGroupId: member,
  effectiveFrom: july,
  effectiveTo: null,
  ...more,
});

it('rates a member with its owner exactly as long as it shares', () => {
  const units = new RatingUnits([
    sharing('a', 'b', { effectiveTo: august }),
    sharing('c', 'b', { effectiveFrom: august }),
  ]);
  const last = instantFromIso('2026-07-31T23:59:59.999+08:00');
  expect([june, july, last, august].map((at) => units.unitOf('b', at))).toEqual(['b', 'a', 'a', 'c']);
  expect(units.stretchOf('b', last)).toEqual({ from: july, to: august });
  expect(units.membersOf('a', august)).toEqual([]);
  expect(units.relatedTo('b').sort()).toEqual(['a', 'c']);
  expect(units.unitOf('d', july)).toBe('d');
});

it('refuses circles, chains and a second owner; what has ended is no obstacle', () => {
  const wanted = (owner: string, member: string) => ({
    ownerCardGroupId: owner,
    memberCardGroupId: member,
    effectiveFrom: august,
  });
  const known = [sharing('a', 'b')];
  expect(conflictOf(wanted('a', 'c'), known)).toBeNull();
  expect(conflictOf(wanted('a', 'a'), known)).toBe('itself');
  expect(conflictOf(wanted('c', 'b'), known)).toBe('member-already');
  expect(conflictOf(wanted('b', 'c'), known)).toBe('owner-is-member');
  expect(conflictOf(wanted('c', 'a'), known)).toBe('member-is-owner');
  expect(conflictOf(wanted('b', 'a'), [sharing('a', 'b', { effectiveTo: august })])).toBeNull();
});

it("names a member's buckets apart from its owner's, and back", () => {
  const codes = ['plan/data', 'rolled/plan/data'];
  const inOwners = codes.map((code) => codeInUnit(code, 'b', 'a'));
  expect(inOwners).toEqual(['member/b/plan/data', 'rolled/member/b/plan/data']);
  expect(inOwners.map((code) => cardGroupOfCode(code, 'a'))).toEqual(['b', 'b']);
  expect(inOwners.map((code) => codeInUnit(code, 'b', 'b'))).toEqual(codes);
  expect(codes.map((code) => [codeInUnit(code, 'a', 'a'), cardGroupOfCode(code, 'a')])).toEqual([
    ['plan/data', 'a'],
    ['rolled/plan/data', 'a'],
  ]);
});

it('finds the cap of an allowance for every part of it', () => {
  const caps = [
    { allowanceCode: 'data', usageClass: null, units: '5' },
    { allowanceCode: null, usageClass: 'data' as const, units: '9' },
  ];
  const unit = { unitId: 'a', members: [sharing('a', 'b', { caps })], holdings: [] };
  const codes = ['plan/data', 'plan/data/2026-07-21', 'rolled/plan/data/2026-07-21', 'plan/music/2026-07-21'];
  const placed = codes.map((code) => {
    const grant = { code, productId: null, usageClasses: ['data'] } as unknown as BucketGrant;
    return placedInUnit(grant, 'a', unit).users?.members[0];
  });
  expect(placed.map((member) => [member?.cap, member?.capKey])).toEqual([
    ...['5', '5', '5'].map((cap) => [cap, 'data']),
    ['9', 'data'],
  ]);
});
