import { ChargingRefusal } from './charging-refusal';
import type { SessionAnswer } from './charging-answer';
import type { SessionRequest } from './batch-state';

/** Requests that a transaction takes at most. */
export const BATCH_LIMIT = 256;
/** Requests that wait at most; beyond them the network is told to come again. */
const WAITING_LIMIT = 10_000;

interface Waiting {
  asked: SessionRequest;
  resolve(answer: SessionAnswer): void;
  reject(error: unknown): void;
}

/** What a batch came to, in the order of its requests: an answer, or the error of one that could not be decided. */
export type Outcome = { answer: SessionAnswer } | { error: unknown };

/**
 * A queue whose owner takes all that has arrived and runs it as one batch; while it runs, the next one gathers. An answer is
 * handed out after the batch has ended, so after its commit.
 */
export class SessionWriter {
  private waiting: Waiting[] = [];
  private running: Promise<void> | null = null;

  constructor(private readonly run: (requests: readonly SessionRequest[]) => Promise<Outcome[]>) {}

  /** Adds a request; its answer once it is durable. @throws ChargingRefusal NF_CONGESTION */
  submit(asked: SessionRequest): Promise<SessionAnswer> {
    if (this.waiting.length >= WAITING_LIMIT)
      throw new ChargingRefusal(503, 'NF_CONGESTION', 'too many requests wait: try again shortly');
    return new Promise((resolve, reject) => {
      this.waiting.push({ asked, resolve, reject });
      this.running ??= this.work();
    });
  }

  /** Until nothing waits any more. */
  async drained(): Promise<void> {
    while (this.running) await this.running;
  }

  private async work(): Promise<void> {
    // What arrives in the same turn of the event loop goes into the same batch.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, BATCH_LIMIT);
      const outcomes = await this.outcomesOf(batch.map(({ asked }) => asked));
      for (const [index, { resolve, reject }] of batch.entries()) {
        const outcome = outcomes[index];
        if (outcome && 'answer' in outcome) resolve(outcome.answer);
        else reject(outcome?.error);
      }
    }
    this.running = null;
  }

  /** A batch that fails is run in halves, until what fails stands alone. */
  private async outcomesOf(requests: readonly SessionRequest[]): Promise<Outcome[]> {
    try {
      return await this.run(requests);
    } catch (error) {
      if (requests.length === 1) return [{ error }];
      const middle = requests.length >> 1;
      const first = await this.outcomesOf(requests.slice(0, middle));
      return [...first, ...(await this.outcomesOf(requests.slice(middle)))];
    }
  }
}
