import type { OfferDocument, PolicyDocument } from '@ronghe/contracts';
import { draftedLookup, draftOf, liveCodeOf } from './what-if';

const offer = (code: string, version: number): OfferDocument => ({ code, version }) as OfferDocument;
const live = (code: string, version: number): OfferDocument => offer(code, version);
const resolved = {
  offers: [offer('a', 1), offer('a', 2), offer('a', 3), offer('b', 1), offer('c', 1)],
  policies: [],
  drafted: ['a@2', 'a@3', 'c@1'],
};

it('puts the latest draft of a code in the place of all its versions', () => {
  const draft = draftOf(resolved, []);
  const find = draftedLookup(live, draft);
  expect([find('a', 1).version, find('a', 2).version, find('b', 1).version]).toEqual([3, 3, 1]);
  expect(liveCodeOf('a', draft)).toBe('a');
});

it('charges products of one offer by another, and keeps both on one line', () => {
  const draft = draftOf(resolved, [{ offering: 'b', by: 'c' }]);
  expect(draftedLookup(live, draft)('b', 1).code).toBe('c');
  expect(liveCodeOf('c', draft)).toBe('b');
  const both = draftOf(resolved, [
    { offering: 'b', by: 'a' },
    { offering: 'c', by: 'a' },
  ]);
  expect(draftedLookup(live, both)('b', 1)).toMatchObject({ code: 'a', version: 3 });
  expect(liveCodeOf('a', both)).toBe('a');
});

it('refuses what is not there', () => {
  expect(() => draftOf(resolved, [{ offering: 'b', by: 'x' }])).toThrow('there is no offer x');
  expect(() => draftOf(resolved, [{ offering: 'x', by: 'b' }])).toThrow('there is no offer x');
});

it('tries the latest draft of a policy as if it had always been in force, and one that ends as if it had ended', () => {
  const policy = (code: string, version: number, effectiveFrom: string, effectiveTo: string | null = null) =>
    ({ code, version, kind: 'discount', effectiveFrom, effectiveTo }) as PolicyDocument;
  const draft = draftOf(
    {
      ...resolved,
      policies: [
        policy('stays', 1, '2026-01-01'),
        policy('changes', 1, '2026-01-01', '2026-09-01'),
        policy('changes', 2, '2026-09-01'),
        policy('ends', 1, '2026-01-01', '2026-09-01'),
      ],
      drafted: ['changes@1', 'changes@2', 'ends@1'],
      ended: ['changes@1', 'ends@1'],
    },
    [],
  );
  expect(draft.discounts.map(({ code, version, effectiveFrom }) => [code, version, effectiveFrom])).toEqual([
    ['stays', 1, '2026-01-01'],
    ['changes', 1, '2026-01-01'],
    ['changes', 2, '1900-01-01'],
  ]);
  expect(draft.draftedPolicies).toEqual(['changes@2', 'ends@1']);
  expect(draft.arePoliciesDrafted).toBe(false);
});
