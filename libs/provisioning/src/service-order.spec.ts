import { instantFromIso } from '@ronghe/kernel';
import fc from 'fast-check';
import { LEASE_MS } from './lease.store';
import { pauseAfterMs } from './retry-delay';
import {
  decide,
  nextWork,
  REPEATING_ROUNDS,
  type ServiceOrder,
  type Task,
  type TaskOutcome,
} from './service-order';

const at = instantFromIso('2026-06-11T00:05:00+08:00');

function task(taskId: string, productId: string, position: number): Task {
  return {
    taskId,
    productId,
    code: taskId,
    element: `element-${taskId}`,
    position,
    forward: { method: 'PUT', path: `/${taskId}`, body: {} },
    backward: { method: 'DELETE', path: `/${taskId}`, body: {} },
    state: 'pending',
    sentRound: null,
    sends: 0,
    lastError: null,
  };
}

/** Two products with two tasks each, one with one. */
function fresh(): ServiceOrder {
  return {
    serviceOrderId: 'so1',
    orderId: 'o1',
    lane: 7,
    action: 'activate',
    maximumAttempts: 3,
    placedAt: at,
    version: 1,
    items: [],
    tasks: [
      task('a1', 'a', 1),
      task('a2', 'a', 2),
      task('b1', 'b', 3),
      task('b2', 'b', 4),
      task('c1', 'c', 5),
    ],
    progress: { state: 'carrying_out' },
  };
}

function idsOf(order: ServiceOrder): string[] {
  const work = nextWork(order);
  return 'tasks' in work ? work.tasks.map((each) => each.taskId) : [work.kind];
}

function report(
  order: ServiceOrder,
  taskId: string,
  result: TaskOutcome['result'] = 'done',
  direction: TaskOutcome['direction'] = 'forward',
  attempts = 1,
): ServiceOrder {
  return decide(order, {
    type: 'report',
    outcome: { taskId, direction, result, attempts, message: 'HTTP 422' },
  });
}

/** Sends the next round and reports it done. */
function round(order: ServiceOrder): ServiceOrder {
  const work = nextWork(order);
  if (!('tasks' in work)) return order;
  const taskIds = work.tasks.map((each) => each.taskId);
  const sent = work.kind === 'forward' ? decide(order, { type: 'send', taskIds }) : order;
  return taskIds.reduce((now, taskId) => report(now, taskId, 'done', work.kind), sent);
}

describe('a service order', () => {
  it('carries out the tasks of one product one by one, those of different products side by side', () => {
    const order = fresh();
    expect(idsOf(order)).toEqual(['a1', 'b1', 'c1']);
    expect(idsOf(round(order))).toEqual(['a2', 'b2']);
    const done = round(round(order));
    expect(idsOf(done)).toEqual(['finish']);
    expect(decide(done, { type: 'finish', at }).progress).toEqual({ state: 'completed', finishedAt: at });
  });

  it('sends again what was sent when its process died', () => {
    const sent = decide(fresh(), { type: 'send', taskIds: ['a1', 'b1', 'c1'] });
    expect(idsOf(sent)).toEqual(['a1', 'b1', 'c1']);
  });

  it('undoes in reverse order what was done, then fails with the reason', () => {
    const first = round(fresh());
    const sent = decide(first, { type: 'send', taskIds: ['a2', 'b2'] });
    let order = report(report(sent, 'a2'), 'b2', 'unreachable', 'forward', 3);
    expect(order.progress).toMatchObject({ state: 'undoing', reason: 'element-b2: HTTP 422' });
    const undone: string[] = [];
    while (nextWork(order).kind === 'backward') {
      undone.push(...idsOf(order));
      order = round(order);
    }
    expect(undone).toEqual(['b2', 'a2', 'c1', 'b1', 'a1']);
    expect(decide(order, { type: 'finish', at }).progress).toEqual({
      state: 'failed',
      reason: 'element-b2: HTTP 422',
      finishedAt: at,
    });
  });

  it('does not undo what the element certainly did not do', () => {
    const sent = decide(fresh(), { type: 'send', taskIds: ['a1', 'b1', 'c1'] });
    const order = report(report(report(sent, 'a1', 'refused'), 'b1'), 'c1');
    expect(order.tasks.find((each) => each.taskId === 'a1')?.state).toBe('refused');
    expect(idsOf(order)).toEqual(['c1']);
  });

  it('undoes a refusal that came after a try without an answer', () => {
    const sent = decide(fresh(), { type: 'send', taskIds: ['a1'] });
    expect(idsOf(report(sent, 'a1', 'refused', 'forward', 2))).toEqual(['a1']);
    const again = decide(sent, { type: 'send', taskIds: ['a1'] });
    expect(idsOf(report(again, 'a1', 'refused'))).toEqual(['a1']);
  });

  it('asks again for what may still be on its way before it undoes it, until a lease has gone by', () => {
    const sent = decide(fresh(), { type: 'send', taskIds: ['a1', 'b1', 'c1'] });
    let order = report(report(report(sent, 'b1'), 'c1', 'refused'), 'a1', 'unreachable');
    expect(nextWork(order)).toMatchObject({ tasks: [{ taskId: 'b1' }], repeatsFirst: false });
    order = report(order, 'b1', 'done', 'backward');
    let restedMs = 0;
    for (let round = 1; round <= REPEATING_ROUNDS; round += 1) {
      expect(nextWork(order)).toMatchObject({ tasks: [{ taskId: 'a1' }], repeatsFirst: true });
      order = report(order, 'a1', 'unreachable', 'backward');
      restedMs += pauseAfterMs(round);
    }
    expect(restedMs).toBeGreaterThanOrEqual(LEASE_MS);
    expect(nextWork(order)).toMatchObject({ tasks: [{ taskId: 'a1' }], repeatsFirst: false });
  });

  it('is cancelled until it is completed', () => {
    const order = decide(round(fresh()), { type: 'cancel' });
    expect(order.progress).toEqual({ state: 'undoing', reason: 'cancelled', rounds: 0 });
    expect(decide(order, { type: 'cancel' }).progress).toEqual(order.progress);
    const done = decide(round(round(fresh())), { type: 'finish', at });
    expect(() => decide(done, { type: 'cancel' })).toThrow(
      expect.objectContaining({ code: 'service_order_completed', kind: 'conflict' }),
    );
  });

  it('hears of what was done while it was cancelled, and undoes it', () => {
    const sent = decide(fresh(), { type: 'send', taskIds: ['a1', 'b1', 'c1'] });
    const cancelled = decide(sent, { type: 'cancel' });
    const order = report(cancelled, 'a1');
    expect(order.tasks.find((each) => each.taskId === 'a1')?.state).toBe('done');
    expect(nextWork(order).kind).toBe('backward');
  });

  it('keeps on undoing when an element is away, and waits for a person when it refuses', () => {
    const undoing = decide(round(fresh()), { type: 'cancel' });
    const away = report(undoing, 'c1', 'unreachable', 'backward', 3);
    expect(away.progress).toEqual({ state: 'undoing', reason: 'cancelled', rounds: 1 });
    const stuck = report(away, 'c1', 'refused', 'backward');
    expect(stuck.progress).toMatchObject({ state: 'stuck', reason: 'cancelled' });
    expect(nextWork(stuck)).toEqual({ kind: 'none' });
    expect(decide(stuck, { type: 'retry' }).progress).toEqual({
      state: 'undoing',
      reason: 'cancelled',
      rounds: 0,
    });
  });

  it('cannot be retried while it goes on by itself, nor when it has ended', () => {
    expect(() => decide(fresh(), { type: 'retry' })).toThrow(
      expect.objectContaining({ code: 'service_order_not_stuck' }),
    );
  });

  it('ends with everything done or nothing left, whatever the elements answer', () => {
    const results = fc.array(
      fc.constantFrom('done', 'done', 'done', 'refused', 'unreachable', 'cancel', 'crash'),
      {
        minLength: 5,
        maxLength: 40,
      },
    );
    fc.assert(
      fc.property(results, (script) => {
        let order = fresh();
        /** What the elements would hold: a try without an answer may have had its effect. */
        const effects = new Set<string>();
        const answers = [...script];
        for (let step = 0; step < 200; step += 1) {
          const work = nextWork(order);
          if (!('tasks' in work)) break;
          const taskIds = work.tasks.map((each) => each.taskId);
          if (work.kind === 'forward') order = decide(order, { type: 'send', taskIds });
          for (const taskId of taskIds) {
            const answer = answers.shift() ?? 'done';
            if (answer === 'cancel') order = decide(order, { type: 'cancel' });
            const result =
              answer === 'cancel'
                ? 'done'
                : answer === 'refused' && work.kind === 'backward'
                  ? 'unreachable'
                  : answer;
            if (work.kind === 'forward' && result !== 'refused') effects.add(taskId);
            if (work.kind === 'backward' && result === 'done') effects.delete(taskId);
            if (result === 'crash') break;
            order = report(order, taskId, result, work.kind);
          }
        }
        expect(nextWork(order).kind).toBe('finish');
        const ended = decide(order, { type: 'finish', at });
        expect(effects.size).toBe(ended.progress.state === 'completed' ? order.tasks.length : 0);
      }),
    );
  });
});
