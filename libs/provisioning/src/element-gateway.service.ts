import { Injectable } from '@nestjs/common';
import { PlatformConfig } from '@ronghe/platform';
import { askElement, TIMEOUT_MS, type ElementAnswer } from './element.adapter';
import type { HeldLease } from './held-lease.service';
import { delayAfterMs } from './retry-delay';
import type { ElementRequest, Task, TaskOutcome, Work } from './service-order';

/** Requests of one service order that are under way at once. */
const PARALLEL_LIMIT = 8;

/** What every request of a round goes by. */
export interface Asking {
  /** Tries of one request in a row. */
  maximumAttempts: number;
  lease: Pick<HeldLease, 'renew'>;
  /** Aborted, it ends all waiting, and nothing more is sent. */
  signal: AbortSignal;
}

/** Sends the requests of a round to the elements, and tries again those that get no answer. */
@Injectable()
export class ElementGateway {
  constructor(private readonly config: PlatformConfig) {}

  /** What came of every task, when the last one is settled. */
  async askAll(work: Extract<Work, { tasks: Task[] }>, asking: Asking): Promise<TaskOutcome[]> {
    const waiting = [...work.tasks];
    const outcomes: TaskOutcome[] = [];
    const lanes = Array.from({ length: Math.min(PARALLEL_LIMIT, work.tasks.length) }, async () => {
      for (let task = waiting.shift(); task; task = waiting.shift()) {
        const { taskId } = task;
        const answer =
          work.kind === 'forward'
            ? await this.ask(task.forward, taskId, asking)
            : await this.undo(task, work.repeatsFirst, asking);
        outcomes.push({ taskId, direction: work.kind, ...answer });
      }
    });
    await Promise.all(lanes);
    return outcomes;
  }

  /** Refused or done, the repetition is answered: whatever comes with its key later changes nothing. */
  private async undo(task: Task, repeatsFirst: boolean, asking: Asking): Promise<Tried> {
    if (repeatsFirst) {
      const repeated = await this.ask(task.forward, task.taskId, asking);
      if (repeated.result === 'unreachable') return repeated;
    }
    return this.ask(task.backward, `${task.taskId}-undo`, asking);
  }

  /** No try outlasts the lease: the next driver counts on it. */
  private async ask(request: ElementRequest, key: string, asking: Asking): Promise<Tried> {
    const { maximumAttempts, lease, signal } = asking;
    for (let attempts = 1; ; attempts += 1) {
      const timeoutMs = Math.min(TIMEOUT_MS, await lease.renew());
      if (timeoutMs <= 0 || signal.aborted) return { attempts, result: 'unreachable', message: 'not sent' };
      const answer = await askElement(this.config.elementManagerUrl, request, key, { signal, timeoutMs });
      if (answer.result !== 'unreachable' || attempts >= maximumAttempts) return { attempts, ...answer };
      await pause(delayAfterMs(attempts), signal);
    }
  }
}

type Tried = ElementAnswer & { attempts: number };

/** Resolves after a while, or as soon as the signal is aborted. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
