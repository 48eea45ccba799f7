import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { addMs, newId } from '@ronghe/kernel';
import { SystemClock, Transactions } from '@ronghe/platform';
import { gatherMarks, splitMark } from '../usage/totals-mark.store';
import { hasPendingTotals, publishPendingTotals } from '../usage/usage-total.store';

/** Marks that are put together at a time: batches of sessions, or parts of usage files. */
const GATHER_LIMIT = 1000;
/** Totals that change with every session are told together, so often at most where nobody waits for them. */
const PUBLISH_AFTER_MS = 15_000;
/** So many times as long as it took to tell of some, it rests before the next where nobody waits: sessions hardly notice. */
const LEISURE = 3;
/** And so long at most. */
const REST_MS = 1000;
/** So long totals wait for the end of usage files, of which each batch would change them again. */
const FILE_PATIENCE_MS = 60_000;

interface Failed {
  markId: string;
  error: unknown;
}

/**
 * Publishes what sessions added to totals. A batch only marks them; they are told a moment later by whoever wrote them, and
 * where that process was killed, by the sweep for pending work.
 */
@Injectable()
export class TotalsPublisher implements OnModuleDestroy {
  private timer: NodeJS.Timeout | null = null;
  private isWoken = false;
  private isAwaited = false;
  private isOver = false;
  private telling = Promise.resolve();

  constructor(
    private readonly transactions: Transactions,
    private readonly clock: SystemClock,
  ) {}

  /** Says that something was added; publication follows. */
  wake(): void {
    if (this.isOver) return;
    this.isWoken = true;
    this.timer ??= setTimeout(() => {
      this.telling = this.publishAtLeisure();
    }, PUBLISH_AFTER_MS).unref();
  }

  /** Somebody waits for what is pending: the next sweep publishes it, whatever is added meanwhile. */
  hurry(): void {
    this.isAwaited = true;
  }

  /** Publishes what others have left; what this process added itself has its time, unless somebody waits for it. */
  async publishLeft(): Promise<void> {
    if (this.isAwaited || !this.timer) await this.publish();
  }

  /**
   * Publishes what is pending now. What cannot be published stays pending, and holds up nothing else (SEMANTICS §11, R4).
   * @throws the first failure, once everything else is published
   */
  async publish(leisure = 0): Promise<void> {
    if (leisure === 0) this.isAwaited = false;
    const failed: Failed[] = [];
    // What is there now, each mark once: those that stand for it are newer.
    const before = newId();
    for (let isMore = true; isMore && !this.isOver;) {
      const gathered = await this.transactions.run((tx) => gatherMarks(tx, before, GATHER_LIMIT));
      failed.push(...(await this.publishEach(gathered.marks, leisure)));
      isMore = gathered.count === GATHER_LIMIT;
    }
    if (this.isOver) return;
    const single: string[] = [];
    for (const { markId } of failed)
      single.push(...(await this.transactions.run((tx) => splitMark(tx, markId))));
    const [first] = await this.publishEach(single, leisure);
    if (first) throw first.error;
  }

  private async publishAtLeisure(): Promise<void> {
    this.isWoken = false;
    // What fails here is found by the sweep.
    await this.publish(LEISURE).catch(() => undefined);
    this.timer = null;
    if (this.isWoken) this.wake();
  }

  /** Each in a transaction of its own, with a rest behind it. @returns those that failed */
  private async publishEach(marks: readonly string[], leisure: number): Promise<Failed[]> {
    const failed: Failed[] = [];
    for (const markId of marks) {
      if (this.isOver) break;
      const began = performance.now();
      try {
        await this.transactions.run((tx) => publishPendingTotals(tx, markId));
      } catch (error) {
        failed.push({ markId, error });
      }
      const restMs = Math.min(leisure * (performance.now() - began), REST_MS);
      if (restMs > 0 && !this.isAwaited && !this.isOver)
        await new Promise((rested) => setTimeout(rested, restMs));
    }
    return failed;
  }

  /** Whether anything waits that may be published now. */
  isPending(): Promise<boolean> {
    const patientSince = addMs(this.clock.now(), -FILE_PATIENCE_MS);
    return this.transactions.read((tx) => hasPendingTotals(tx, patientSince));
  }

  /** Ends behind the transaction that is under way; the next process finds what is left. */
  async onModuleDestroy(): Promise<void> {
    this.isOver = true;
    if (this.timer) clearTimeout(this.timer);
    await this.telling;
  }
}
