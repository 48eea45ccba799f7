import { Injectable } from '@nestjs/common';
import { SystemClock, Transactions } from '@ronghe/platform';
import { planByKeys } from '../plan-by-keys.store';
import { findDead, isDeadlineDue, sweepDeadlines } from './session-deadline.store';
import { Sessions } from './session.service';
import { BATCH_LIMIT } from './session-writer.service';

/** Deadlines that are swept together: batches that opened sessions. */
const SWEPT_AT_ONCE = 64;
/** Deadlines that whoever asks for the status looks at: some seconds' worth, as they are swept every two. */
const LOOKED_AT = 1024;

/** Ends sessions that nobody has heard of for their time, on the system's clock (SEMANTICS §4). */
@Injectable()
export class SessionSweep {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: SystemClock,
    private readonly sessions: Sessions,
  ) {}

  /** Open sessions that are dead, as far as they are looked for; and whether there are more deadlines than that. */
  dead(): Promise<{ dead: string[]; isMore: boolean }> {
    return this.transactions.read((tx) => findDead(tx, this.clock.now(), LOOKED_AT));
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
