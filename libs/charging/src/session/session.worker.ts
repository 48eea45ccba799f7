import { Injectable } from '@nestjs/common';
import { OnJob, PendingWork, requestContext, type JsonObject } from '@ronghe/platform';
import { SessionSweep } from './session-sweep.service';
import { TotalsPublisher } from './totals-publisher.service';

/** Ends sessions whose network function went away, and tells billing the totals that sessions changed. */
@Injectable()
export class SessionWorker {
  constructor(
    private readonly sweeping: SessionSweep,
    private readonly totals: TotalsPublisher,
  ) {}

  @OnJob('charging.expireSessions')
  async expireSessions(): Promise<void> {
    await this.sweeping.sweep();
  }

  @PendingWork('charging.expireSessions')
  async expiredSessions(): Promise<JsonObject[]> {
    // Whoever asks for the status waits for dead sessions only: where some are opened all the time, there is always something to sweep.
    if (requestContext().channel !== 'status') return (await this.sweeping.isDue()) ? [{}] : [];
    const { dead, isMore } = await this.sweeping.dead();
    return dead.length > 0 || isMore ? [{}] : [];
  }

  @OnJob('charging.publishTotals')
  async publishTotals(): Promise<void> {
    await this.totals.publishLeft();
  }

  @PendingWork('charging.publishTotals')
  async totalsToPublish(): Promise<JsonObject[]> {
    const isPending = await this.totals.isPending();
    // Whoever asks for the status waits for it: a bill run, the clock.
    if (isPending && requestContext().channel === 'status') this.totals.hurry();
    return isPending ? [{}] : [];
  }
}
