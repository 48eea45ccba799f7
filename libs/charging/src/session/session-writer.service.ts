import { ChargingRefusal } from './charging-refusal';
import type { SessionAnswer } from './charging-answer';
import type { SessionRequest } from './batch-state';
import { BusyPlaces, type Place } from './busy-places';
import type { BatchTurn } from './batch-turn';
import { inHalves } from './in-halves';

/** Requests that a transaction takes at most. */
export const BATCH_LIMIT = 256;
/** Requests that wait at most; beyond them the network is told to come again. */
const WAITING_LIMIT = 10_000;
/** Mostly one reads and decides while another one is written; more where one waits for rows that somebody else has locked. */
const RUNNING_LIMIT = 4;
/** So long the next batch waits for one that has begun, or has left, and has not been committed. */
const PATIENCE_MS = 25;
/**
 * While a batch is being written for which nothing had to be read, the next one is decided once so many wait for each of its
 * requests: later it would not be ready when that one has been written, and earlier it would be small.
 */
const ENOUGH_SHARE = 0.75;
/** What a batch costs in itself is little for so many. */
const ENOUGH_AT_LEAST = 8;
/** Behind one that had to read, as the next one will have to, beside it. */
const ENOUGH_BEHIND_READING = 64;

interface Waiting {
  place: Place;
  asked: SessionRequest;
  resolve(answer: SessionAnswer): void;
  reject(error: unknown): void;
}

/** What a batch came to, in the order of its requests: an answer, or the error of one that could not be decided. */
export type Outcome = { answer: SessionAnswer } | { error: unknown };

/** Runs a batch. */
export type BatchWork = (requests: readonly SessionRequest[], turn: BatchTurn) => Promise<Outcome[]>;

/** What lets the batch behind one begin. */
class Gate {
  /** So many requests that wait. */
  wanted = Infinity;
  /** So many of them that are of free places. */
  enough = Infinity;
  private opened: () => void = () => undefined;
  /** Until anything that waits may begin. */
  readonly opening = new Promise<void>((resolve) => (this.opened = resolve));

  get isOpen(): boolean {
    return this.enough === 1;
  }

  openFor(enough: number): void {
    this.wanted = this.enough = enough;
    if (this.isOpen) this.opened();
  }
}

/**
 * A queue whose owner takes all that has arrived and runs it as one batch. The next one gathers until that one has been
 * committed, or is being written while enough waits: then it is decided meanwhile, and leaves when that one has been written.
 * Large batches cost less, and PostgreSQL waits for nobody's decisions. A balance group is in one batch at a time, so that a
 * batch does not wait for the rows of the one before and finds them as they were remembered. An answer is handed out after its
 * batch has ended, so after its commit.
 */
export class SessionWriter {
  private waiting: Waiting[] = [];
  private readonly busy = new BusyPlaces();
  private running = 0;
  /** Of the batch that began last. */
  private gate: Gate | null = null;
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
    const wanted = this.gate?.wanted ?? 1;
    if (this.isWoken || this.waiting.length < wanted || this.running >= RUNNING_LIMIT) return;
    this.isWoken = true;
    setImmediate(() => {
      this.isWoken = false;
      const batch = this.take(this.gate);
      if (batch.length > 0) void this.work(batch);
    });
  }

  /**
   * The oldest requests whose places are in no batch, if those are enough. None passes another one of its place that has to wait.
   */
  private take(gate: Gate | null): Waiting[] {
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
    const missing = (gate?.enough ?? 1) - batch.length;
    if (gate && !gate.isOpen && missing > 0) {
      // Nobody need look again before as many have come.
      gate.wanted = this.waiting.length + missing;
      return [];
    }
    this.waiting = left;
    return batch;
  }

  private async work(batch: readonly Waiting[]): Promise<void> {
    for (const { place } of batch) this.busy.add(place);
    this.running += 1;
    const before = this.gate;
    const gate = new Gate();
    this.gate = gate;
    const openFor = (enough: number): void => {
      if (gate.isOpen) return;
      gate.openFor(enough);
      if (this.waiting.length > 0) this.wake();
    };
    const open = (): void => openFor(1);
    const patience = setTimeout(open, PATIENCE_MS);
    let hasLeft = false;
    const turn: BatchTurn = {
      after: before === null || before.isOpen ? null : before.opening,
      writing: (isRecalled) => {
        // Once: a part that is run again is no reason to wait longer.
        if (hasLeft) return;
        hasLeft = true;
        patience.refresh();
        const share = Math.max(ENOUGH_AT_LEAST, Math.ceil(ENOUGH_SHARE * batch.length));
        openFor(isRecalled ? share : ENOUGH_BEHIND_READING);
      },
      written: open,
    };
    const outcomes = await inHalves<SessionRequest, Outcome>(
      batch.map(({ asked }) => asked),
      (some) => this.run(some, turn),
    );
    clearTimeout(patience);
    this.running -= 1;
    for (const { place } of batch) this.busy.remove(place);
    for (const [index, { resolve, reject }] of batch.entries()) {
      const outcome = outcomes[index];
      if (outcome && 'answer' in outcome) resolve(outcome.answer);
      else reject(outcome?.error);
    }
    gate.openFor(1);
    if (this.waiting.length > 0) this.wake();
    if (this.waiting.length === 0 && this.running === 0) for (const resolve of this.idle.splice(0)) resolve();
  }
}
