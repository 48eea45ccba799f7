import { ChargingRefusal } from './charging-refusal';
import type { SessionAnswer } from './charging-answer';
import type { SessionRequest } from './batch-state';
import { BusyPlaces, type Place } from './busy-places';
import { inHalves } from './in-halves';

/** Requests that a transaction takes at most. */
export const BATCH_LIMIT = 256;
/** Requests that wait at most; beyond them the network is told to come again. */
const WAITING_LIMIT = 10_000;
/** Mostly one reads and decides while another one is written; more where one waits for rows that somebody else has locked. */
const RUNNING_LIMIT = 4;
/** So long the next batch gathers behind one that has not been committed. */
const PATIENCE_MS = 25;
/** While a batch is being written the next one begins with so many requests: what a batch costs in itself is little then. */
const FULL_BATCH = 64;

interface Waiting {
  place: Place;
  asked: SessionRequest;
  resolve(answer: SessionAnswer): void;
  reject(error: unknown): void;
}

/** What a batch came to, in the order of its requests: an answer, or the error of one that could not be decided. */
export type Outcome = { answer: SessionAnswer } | { error: unknown };

/** Runs a batch; `writing` is called once all is decided and only PostgreSQL has still to work. */
export type BatchWork = (requests: readonly SessionRequest[], writing: () => void) => Promise<Outcome[]>;

/** What lets the next batch begin: nothing yet, that enough waits, or anything that waits. */
type Gate = { state: 'shut' | 'for-many' | 'open' };

/**
 * A queue whose owner takes all that has arrived and runs it as one batch. The next one gathers until that one has been
 * committed, or is being written while enough waits: large batches cost less, and neither side waits for the other. A balance
 * group is in one batch at a time, so that a batch does not wait for the rows of the one before and finds them as they were
 * remembered. An answer is handed out after its batch has ended, so after its commit.
 */
export class SessionWriter {
  private waiting: Waiting[] = [];
  private readonly busy = new BusyPlaces();
  private running = 0;
  /** Of the batch that began last. */
  private gate: Gate = { state: 'open' };
  private isWoken = false;
  private readonly idle: (() => void)[] = [];

  constructor(private readonly run: BatchWork) {}

  /** Adds a request; its answer once it is durable. @throws ChargingRefusal NF_CONGESTION */
  submit(place: Place, asked: SessionRequest): Promise<SessionAnswer> {
    if (this.waiting.length >= WAITING_LIMIT)
      throw new ChargingRefusal(503, 'NF_CONGESTION', 'too many requests wait: try again shortly');
    return new Promise((resolve, reject) => {
      this.waiting.push({ place, asked, resolve, reject });
      this.wake();
    });
  }

  /** Until nothing waits any more. */
  async drained(): Promise<void> {
    while (this.running > 0 || this.waiting.length > 0)
      await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  /** What arrives in the same turn of the event loop goes into the same batch. */
  private wake(): void {
    const { state } = this.gate;
    const isShut = state === 'shut' || (state === 'for-many' && this.waiting.length < FULL_BATCH);
    if (this.isWoken || isShut || this.running >= RUNNING_LIMIT) return;
    this.isWoken = true;
    setImmediate(() => {
      this.isWoken = false;
      const batch = this.take();
      if (batch.length > 0) void this.work(batch);
    });
  }

  /** The oldest requests whose places are in no batch. None passes another one of its place that has to wait. */
  private take(): Waiting[] {
    const batch: Waiting[] = [];
    const left: Waiting[] = [];
    const before = new BusyPlaces();
    for (const each of this.waiting) {
      const { place } = each;
      if (batch.length < BATCH_LIMIT && this.busy.isFree(place) && before.isFree(place)) batch.push(each);
      else {
        left.push(each);
        before.add(place);
      }
    }
    this.waiting = left;
    return batch;
  }

  private async work(batch: readonly Waiting[]): Promise<void> {
    for (const { place } of batch) this.busy.add(place);
    this.running += 1;
    const gate: Gate = { state: 'shut' };
    this.gate = gate;
    const unlock = (state: Gate['state']): void => {
      if (gate.state !== 'open') gate.state = state;
      if (this.waiting.length > 0) this.wake();
    };
    const patience = setTimeout(() => unlock('open'), PATIENCE_MS);
    const outcomes = await inHalves<SessionRequest, Outcome>(
      batch.map(({ asked }) => asked),
      (some) => this.run(some, () => unlock('for-many')),
    );
    clearTimeout(patience);
    this.running -= 1;
    for (const { place } of batch) this.busy.remove(place);
    for (const [index, { resolve, reject }] of batch.entries()) {
      const outcome = outcomes[index];
      if (outcome && 'answer' in outcome) resolve(outcome.answer);
      else reject(outcome?.error);
    }
    unlock('open');
    if (this.waiting.length === 0 && this.running === 0) for (const resolve of this.idle.splice(0)) resolve();
  }
}
