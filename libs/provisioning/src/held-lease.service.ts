import { instantToMs } from '@ronghe/kernel';
import type { SystemClock } from '@ronghe/platform';
import { LEASE_MS } from './lease.store';

/**
 * The lease of one driver. The time that is left counts from before the renewal was asked for, so that it never ends
 * later than PostgreSQL believes; a renewal that fails, or a stall beyond the end, loses the lease for good.
 */
export class HeldLease {
  private readonly loss = new AbortController();
  private untilMs: number;
  private renewal: Promise<void> | null = null;

  /**
   * @param takenAtMs system time from before the lease was taken.
   * @param extend renews the row; false when it is somebody else's by now.
   */
  constructor(
    private readonly clock: Pick<SystemClock, 'now'>,
    takenAtMs: number,
    private readonly extend: () => Promise<boolean>,
  ) {
    this.untilMs = takenAtMs + LEASE_MS;
  }

  /** Aborted as soon as the lease is lost. */
  get lost(): AbortSignal {
    return this.loss.signal;
  }

  /** Renews; callers at once share one renewal. @returns the milliseconds left, 0 when the lease is lost. */
  async renew(): Promise<number> {
    if (!this.lost.aborted) {
      this.renewal ??= this.extendOnce().finally(() => (this.renewal = null));
      await this.renewal;
    }
    const leftMs = this.untilMs - instantToMs(this.clock.now());
    if (leftMs <= 0) this.loss.abort();
    return this.lost.aborted ? 0 : leftMs;
  }

  private async extendOnce(): Promise<void> {
    const askedAtMs = instantToMs(this.clock.now());
    if (await this.extend().catch(() => false)) this.untilMs = askedAtMs + LEASE_MS;
    else this.loss.abort();
  }
}
