import { Injectable } from '@nestjs/common';
import { SystemClock, Transactions } from '@ronghe/platform';
import { planByKeys } from '../plan-by-keys.store';
import { findDead, isDeadlineDue, sweepDeadlines } from './session-deadline.store';
import { Sessions } from './session.service';
import { BATCH_LIMIT } from './session-writer.service';

/** Deadlines that are swept together: batches that opened sessions. */
const SWEPT_AT_ONCE = 64;

/** Ends sessions that nobody has heard of for their time, on the system's clock (SEMANTICS §4). */
@Injectable()
export class SessionSweep {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: SystemClock,
    private readonly sessions: Sessions,
  ) {}

  /** Open sessions that are dead, a batch of them at most. */
  dead(): Promise<string[]> {
    return this.transactions.read((tx) => findDead(tx, this.clock.now(), BATCH_LIMIT));
  }

  /** Whether there is anything to look at: sessions that were opened long ago, most of which have ended. */
  isDue(): Promise<boolean> {
    return this.transactions.read((tx) => isDeadlineDue(tx, this.clock.now()));
  }

  /** Ends all sessions that are dead. One that cannot be ended keeps a deadline, and is found by the next sweep. */
  async sweep(): Promise<void> {
    for (;;) {
      const { deadlines, dead } = await this.transactions.run(async (tx) => {
        await planByKeys(tx);
        return sweepDeadlines(tx, this.clock.now(), SWEPT_AT_ONCE);
      });
      if (deadlines === 0) return;
      for (let at = 0; at < dead.length; at += BATCH_LIMIT)
        await this.sessions.expire(dead.slice(at, at + BATCH_LIMIT));
    }
  }
}
