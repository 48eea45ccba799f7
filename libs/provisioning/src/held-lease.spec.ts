import { instantFromMs } from '@ronghe/kernel';
import { HeldLease } from './held-lease.service';
import { LEASE_MS } from './lease.store';

let nowMs: number;
const clock = { now: () => instantFromMs(nowMs) };
beforeEach(() => (nowMs = 1_000_000));

describe('a held lease', () => {
  it('lasts from before it was renewed', async () => {
    const lease = new HeldLease(clock, nowMs, async () => {
      nowMs += 400;
      return true;
    });
    nowMs += 5_000;
    expect(await lease.renew()).toBe(LEASE_MS - 400);
    expect(lease.lost.aborted).toBe(false);
  });

  it('is lost when it is somebody else’s, or nobody can tell', async () => {
    const answers = [async () => false, () => Promise.reject(new Error('no connection'))];
    for (const extend of answers) {
      const lease = new HeldLease(clock, nowMs, extend);
      expect(await lease.renew()).toBe(0);
      expect(lease.lost.aborted).toBe(true);
    }
  });

  it('is lost for good when its driver stalled beyond its end while it renewed', async () => {
    let stallMs = LEASE_MS;
    const lease = new HeldLease(clock, nowMs, async () => {
      nowMs += stallMs;
      return true;
    });
    expect(await lease.renew()).toBe(0);
    stallMs = 0;
    expect(await lease.renew()).toBe(0);
    expect(lease.lost.aborted).toBe(true);
  });

  it('is renewed once for those who ask at once', async () => {
    let renewals = 0;
    const lease = new HeldLease(clock, nowMs, async () => {
      renewals += 1;
      return true;
    });
    await Promise.all([lease.renew(), lease.renew(), lease.renew()]);
    expect(renewals).toBe(1);
  });
});
