import { lookAgainAfterMs } from './standing-order';

const patience = { busyMs: 60_000, firstLookMs: 60_000 };

it('looks after an order at first as soon as it is told to, and then hours later and later', () => {
  const after = [0, 1, 2].map((tries) => lookAgainAfterMs(null, tries, patience));
  expect(after).toEqual([60_000, 7_200_000, 14_400_000]);
  expect(lookAgainAfterMs(null, 5000, patience)).toBe(86_400_000);
  expect(lookAgainAfterMs(null, 0, { busyMs: 30_000 })).toBe(3_600_000);
});

it.each([
  ['product_in_order', 60_000],
  ['busy', 60_000],
  ['product_blocked_already', null],
  ['product_not_blocked', null],
  ['product_not_active', null],
  ['account_not_found', 600_000],
])('after %s looks again in %s ms, then later and later, a day at most', (refusal, ms) => {
  expect(lookAgainAfterMs(refusal, 0, patience)).toBe(ms);
  expect(lookAgainAfterMs(refusal, 1, patience)).toBe(ms && ms * 2);
  expect(lookAgainAfterMs(refusal, 5000, patience)).toBe(ms && 86_400_000);
});
