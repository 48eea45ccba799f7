import { Injectable } from '@nestjs/common';
import { PlatformConfig } from '@ronghe/platform';
import { askElement } from './element.adapter';
import { delayAfterMs } from './retry-delay';
import type { Task, TaskOutcome } from './service-order';

/** Requests of one service order that are under way at once. */
const PARALLEL_LIMIT = 8;

/** Sends the requests of a round to the elements, and tries again those that get no answer. */
@Injectable()
export class ElementGateway {
  constructor(private readonly config: PlatformConfig) {}

  /** What came of every task, when the last one is settled. An aborted signal ends all waiting. */
  async askAll(
    direction: 'forward' | 'backward',
    tasks: readonly Task[],
    maximumAttempts: number,
    signal: AbortSignal,
  ): Promise<TaskOutcome[]> {
    const waiting = [...tasks];
    const outcomes: TaskOutcome[] = [];
    const lanes = Array.from({ length: Math.min(PARALLEL_LIMIT, tasks.length) }, async () => {
      for (let task = waiting.shift(); task; task = waiting.shift()) {
        outcomes.push(await this.ask(direction, task, maximumAttempts, signal));
      }
    });
    await Promise.all(lanes);
    return outcomes;
  }

  private async ask(
    direction: 'forward' | 'backward',
    task: Task,
    maximumAttempts: number,
    signal: AbortSignal,
  ): Promise<TaskOutcome> {
    const request = direction === 'forward' ? task.forward : task.backward;
    const key = direction === 'forward' ? task.taskId : `${task.taskId}-undo`;
    for (let attempts = 1; ; attempts += 1) {
      const answer = await askElement(this.config.elementManagerUrl, request, key, signal);
      if (answer.result !== 'unreachable' || attempts >= maximumAttempts || signal.aborted) {
        return { taskId: task.taskId, direction, attempts, ...answer };
      }
      await pause(delayAfterMs(attempts), signal);
    }
  }
}

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
