import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { addMs } from '@ronghe/kernel';
import { SystemClock, Transactions } from '@ronghe/platform';
import { gatherMarks, splitMark } from '../usage/totals-mark.store';
import { hasPendingTotals, publishPendingTotals } from '../usage/usage-total.store';

/** Marks that are put together at a time: batches of sessions, or parts of usage files. */
const GATHER_LIMIT = 1000;
/** Totals that change with every session are told together, so often at most where nobody waits for them. */
const PUBLISH_AFTER_MS = 15_000;
/** So long totals wait for the end of usage files, of which each batch would change them again. */
const FILE_PATIENCE_MS = 60_000;

/**
 * Publishes what sessions added to totals. A batch only marks them; they are told a moment later by whoever wrote them, and
 * where that process was killed, by the sweep for pending work.
 */
@Injectable()
export class TotalsPublisher implements OnModuleDestroy {
  private timer: NodeJS.Timeout | null = null;
  private isAwaited = false;

  constructor(
    private readonly transactions: Transactions,
    private readonly clock: SystemClock,
  ) {}

  /** Says that something was added; publication follows. */
  wake(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      // What fails here is found by the sweep.
      this.publish().catch(() => undefined);
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
  async publish(): Promise<void> {
    this.isAwaited = false;
    const marks = await this.transactions.run((tx) => gatherMarks(tx, GATHER_LIMIT));
    const failed = await this.publishEach(marks);
    const single: string[] = [];
    for (const { markId } of failed)
      single.push(...(await this.transactions.run((tx) => splitMark(tx, markId))));
    const [first] = await this.publishEach(single);
    if (first) throw first.error;
  }

  /** Each in a transaction of its own. @returns those that failed */
  private async publishEach(marks: readonly string[]): Promise<{ markId: string; error: unknown }[]> {
    const failed: { markId: string; error: unknown }[] = [];
    for (const markId of marks) {
      try {
        await this.transactions.run((tx) => publishPendingTotals(tx, markId));
      } catch (error) {
        failed.push({ markId, error });
      }
    }
    return failed;
  }

  /** Whether anything waits that may be published now. */
  isPending(): Promise<boolean> {
    const patientSince = addMs(this.clock.now(), -FILE_PATIENCE_MS);
    return this.transactions.read((tx) => hasPendingTotals(tx, patientSince));
  }

  onModuleDestroy(): void {
    if (this.timer) clearTimeout(this.timer);
  }
}
