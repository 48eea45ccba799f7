import { addMs, instantFromIso, type Instant } from '@ronghe/kernel';
import fc from 'fast-check';
import { decideAttempt, FAILURE_LIMIT, WINDOW_MS } from './lock-out';

const start = instantFromIso('2026-06-01T00:00:00Z');

describe('decideAttempt', () => {
  it('allows ten attempts and refuses the eleventh, saying when to come back', () => {
    let failures: Instant[] = [];
    for (let n = 0; n < FAILURE_LIMIT; n += 1) {
      const decision = decideAttempt(failures, addMs(start, n * 1000));
      expect(decision.allowed).toBe(true);
      failures = decision.failures;
    }
    const refused = decideAttempt(failures, addMs(start, 10_000));
    expect(refused).toEqual({ allowed: false, failures, retryAfterSeconds: 15 * 60 - 10 });
  });

  it('opens again when the oldest failure has left the window', () => {
    const failures = Array.from({ length: FAILURE_LIMIT }, (_, n) => addMs(start, n));
    expect(decideAttempt(failures, addMs(start, WINDOW_MS - 1)).allowed).toBe(false);
    expect(decideAttempt(failures, addMs(start, WINDOW_MS)).allowed).toBe(true);
  });

  it('is not prolonged by attempts while locked', () => {
    const failures = Array.from({ length: FAILURE_LIMIT }, (_, n) => addMs(start, n));
    expect(decideAttempt(failures, addMs(start, 60_000)).failures).toEqual(failures);
  });

  it('counts failures that another process has dated a little ahead', () => {
    const failures = Array.from({ length: FAILURE_LIMIT }, (_, n) => addMs(start, n + 1));
    expect(decideAttempt(failures, start).allowed).toBe(false);
  });

  it('never lets more than the limit through in any window, whatever the rhythm', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300_000 }), { maxLength: 60 }), (pauses) => {
        let failures: Instant[] = [];
        let now = start;
        const allowed: Instant[] = [];
        for (const pause of pauses) {
          now = addMs(now, pause);
          const decision = decideAttempt(failures, now);
          failures = decision.failures;
          if (decision.allowed) allowed.push(now);
          expect(failures.length).toBeLessThanOrEqual(FAILURE_LIMIT);
        }
        for (const at of allowed) {
          const inWindow = allowed.filter((each) => each > addMs(at, -WINDOW_MS) && each <= at);
          expect(inWindow.length).toBeLessThanOrEqual(FAILURE_LIMIT);
        }
      }),
    );
  });
});
