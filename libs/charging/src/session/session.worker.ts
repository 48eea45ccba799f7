import { Injectable } from '@nestjs/common';
import { OnJob, PendingWork, requestContext, type JsonObject } from '@ronghe/platform';
import { Sessions } from './session.service';
import { TotalsPublisher } from './totals-publisher.service';

/** Ends sessions whose network function went away, and tells billing the totals that sessions changed. */
@Injectable()
export class SessionWorker {
  constructor(
    private readonly sessions: Sessions,
    private readonly totals: TotalsPublisher,
  ) {}

  @OnJob('charging.expireSessions')
  async expireSessions(): Promise<void> {
    for (let dead = await this.sessions.expired(); dead.length > 0; dead = await this.sessions.expired())
      await this.sessions.expire(dead);
  }

  @PendingWork('charging.expireSessions')
  async expiredSessions(): Promise<JsonObject[]> {
    return (await this.sessions.expired()).length > 0 ? [{}] : [];
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
