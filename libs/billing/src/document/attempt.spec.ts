import fc from 'fast-check';
import { instantFromIso, instantToMs } from '@ronghe/kernel';
import { afterFailure, pauseSeconds, PermanentFailure } from './attempt';

const now = instantFromIso('2026-07-01T00:00:00Z');
const retry = { firstSeconds: 60, longestSeconds: 3600, attempts: 10 };

it('waits a minute, two, four, and never longer than an hour', () => {
  const pauses = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((attempts) => pauseSeconds(attempts, retry));
  expect(pauses).toEqual([60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]);
});

it('is tried as often as the policy says, later each time, and then is dead with the reason', () => {
  const policies = fc.record({
    firstSeconds: fc.integer({ min: 1, max: 3600 }),
    longestSeconds: fc.integer({ min: 1, max: 86_400 }),
    attempts: fc.integer({ min: 1, max: 50 }),
  });
  fc.assert(
    fc.property(policies, fc.integer({ min: 1, max: 60 }), (policy, attempts) => {
      const next = afterFailure(new Error('no route'), attempts, policy, now);
      expect(next.reason).toBe('no route');
      expect(next.state).toBe(attempts < policy.attempts ? 'waiting' : 'dead');
      // A row waits exactly when it has a next attempt; the database says so too.
      expect(next.nextTryAt !== null).toBe(next.state === 'waiting');
      if (next.nextTryAt === null) return;
      const pause = (instantToMs(next.nextTryAt) - instantToMs(now)) / 1000;
      expect(pause).toBeGreaterThanOrEqual(1);
      expect(pause).toBeLessThanOrEqual(policy.longestSeconds);
      expect(pauseSeconds(attempts + 1, policy)).toBeGreaterThanOrEqual(pause);
    }),
  );
});

it('gives up at once where trying again is of no use, and keeps reasons short', () => {
  const next = afterFailure(new PermanentFailure('x'.repeat(9000)), 1, retry, now);
  expect([next.state, next.nextTryAt, next.reason.length]).toEqual(['dead', null, 500]);
});
