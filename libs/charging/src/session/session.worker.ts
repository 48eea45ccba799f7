import { Injectable } from '@nestjs/common';
import { OnJob, PendingWork, type JsonObject } from '@ronghe/platform';
import { Sessions } from './session.service';

/** Ends sessions whose network function went away. */
@Injectable()
export class SessionWorker {
  constructor(private readonly sessions: Sessions) {}

  @OnJob('charging.expireSession')
  async expireSession({ sessionId }: { sessionId: string }): Promise<void> {
    await this.sessions.expire(sessionId);
  }

  @PendingWork('charging.expireSession')
  async expiredSessions(): Promise<JsonObject[]> {
    return (await this.sessions.expired()).map((sessionId) => ({ sessionId }));
  }
}
