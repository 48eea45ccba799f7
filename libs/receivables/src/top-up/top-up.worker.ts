import { Injectable } from '@nestjs/common';
import { OnJob, PendingWork, type JsonObject } from '@ronghe/platform';
import { GRANT_TOP_UP, TopUpService } from './top-up.service';

/** Finishes top-ups that were booked and not granted: charging was away, or the process was killed in between. */
@Injectable()
export class TopUpWorker {
  constructor(private readonly topUps: TopUpService) {}

  @OnJob(GRANT_TOP_UP)
  async grant({ paymentId }: { paymentId: string }): Promise<void> {
    await this.topUps.grant(paymentId);
  }

  @PendingWork(GRANT_TOP_UP)
  async waiting(): Promise<JsonObject[]> {
    return (await this.topUps.waiting()).map((paymentId) => ({ paymentId }));
  }
}
