import fc from 'fast-check';
import { isDomainError } from '@ronghe/kernel';
import {
  decide,
  finishedStates,
  isFinished,
  nextStep,
  reasonAfter,
  orderStates,
  publicState,
  type OrderHappening,
  type OrderState,
} from './order';

const reason = { code: 'out_of_stock', text: 'none left' };

const everyHappening: OrderHappening[] = [
  { kind: 'begun', first: 'holding' },
  { kind: 'resources_held', next: 'placing' },
  { kind: 'hold_refused', reason },
  { kind: 'service_order_placed' },
  { kind: 'service_order_refused', reason },
  { kind: 'service_order_completed' },
  { kind: 'service_order_failed', reason },
  { kind: 'products_written', next: 'completed' },
  { kind: 'resources_returned' },
  { kind: 'cancel_requested', reason },
  { kind: 'recall_accepted' },
  { kind: 'nothing_to_recall' },
  { kind: 'resources_released' },
];

function after(state: OrderState, ...happenings: OrderHappening[]): OrderState {
  return happenings.reduce((current, happening) => decide(current, happening)?.to ?? current, state);
}

function outcomeOf(state: OrderState, happening: OrderHappening): OrderState | 'refused' | null {
  try {
    return decide(state, happening)?.to ?? null;
  } catch (error) {
    if (isDomainError(error) && error.code === 'order_not_cancellable') return 'refused';
    throw error;
  }
}

describe('an order', () => {
  it('goes from the counter to its products', () => {
    const states = [
      after('acknowledged', { kind: 'begun', first: 'holding' }),
      after('holding', { kind: 'resources_held', next: 'placing' }),
      after('placing', { kind: 'service_order_placed' }),
      after('provisioning', { kind: 'service_order_completed' }),
      after('completing', { kind: 'products_written', next: 'completed' }),
    ];
    expect(states).toEqual(['holding', 'placing', 'provisioning', 'completing', 'completed']);
  });

  it('returns what a termination frees', () => {
    expect(
      after('completing', { kind: 'products_written', next: 'returning' }, { kind: 'resources_returned' }),
    ).toBe('completed');
  });

  it('takes a reply that overtakes the answer to its command', () => {
    expect(after('placing', { kind: 'service_order_completed' }, { kind: 'service_order_placed' })).toBe(
      'completing',
    );
    expect(after('placing', { kind: 'service_order_failed', reason }, { kind: 'service_order_placed' })).toBe(
      'failing',
    );
  });

  it('fails clean when stock or services refuse, and remembers why', () => {
    expect(decide('holding', { kind: 'hold_refused', reason })).toEqual({ to: 'failed', reason });
    expect(decide('placing', { kind: 'service_order_refused', reason })).toEqual({ to: 'failing', reason });
    expect(after('failing', { kind: 'resources_released' })).toBe('failed');
  });

  it.each([
    ['acknowledged', 'cancelled'],
    ['holding', 'withdrawing_hold'],
    ['placing', 'withdrawing_service'],
    ['provisioning', 'recalling'],
    ['completing', 'refused'],
    ['returning', 'refused'],
    ['completed', 'refused'],
    ['failing', 'refused'],
    ['failed', 'refused'],
    ['cancelling', null],
    ['cancelled', null],
  ] as const)('cancelled while %s: %s', (state, outcome) => {
    expect(outcomeOf(state, { kind: 'cancel_requested', reason })).toBe(outcome);
  });

  it('settles a hold that may be under way before it releases', () => {
    expect(nextStep('withdrawing_hold')).toBe('hold');
    expect(after('withdrawing_hold', { kind: 'resources_held', next: 'placing' })).toBe('cancelling');
    expect(after('withdrawing_hold', { kind: 'hold_refused', reason })).toBe('cancelled');
  });

  it('completes when the services were finished before they could be recalled', () => {
    expect(after('recalling', { kind: 'recall_accepted' }, { kind: 'service_order_completed' })).toBe(
      'completing',
    );
    expect(after('recalling', { kind: 'service_order_completed' }, { kind: 'recall_accepted' })).toBe(
      'completing',
    );
  });

  it('cancels when the services were undone', () => {
    const undone: OrderHappening = { kind: 'service_order_failed', reason };
    expect(after('recalling', { kind: 'recall_accepted' }, undone, { kind: 'resources_released' })).toBe(
      'cancelled',
    );
    expect(after('recalling', { kind: 'nothing_to_recall' }, { kind: 'resources_released' })).toBe(
      'cancelled',
    );
  });

  it('keeps the first cause as its reason, and none when it completes after all', () => {
    const cancelled = { code: 'cancelled', text: 'changed my mind' };
    expect(reasonAfter(cancelled, { to: 'cancelling', reason })).toEqual(cancelled);
    expect(reasonAfter(null, { to: 'failing', reason })).toEqual(reason);
    expect(reasonAfter(cancelled, { to: 'completing', reason: null })).toBeNull();
  });

  it('never leaves a finished state, whatever comes late', () => {
    for (const state of finishedStates) {
      for (const happening of everyHappening)
        expect([null, 'refused']).toContain(outcomeOf(state, happening));
    }
  });

  it('never turns back from the point of no return', () => {
    const forward = new Set<unknown>(['returning', 'completed', null, 'refused']);
    for (const state of ['completing', 'returning'] as const) {
      for (const happening of everyHappening) expect(forward).toContain(outcomeOf(state, happening));
    }
  });

  it('is idempotent: what came twice changes nothing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...orderStates), fc.constantFrom(...everyHappening), (state, happening) => {
        const first = outcomeOf(state, happening);
        if (first === null || first === 'refused') return;
        expect([null, 'refused']).toContain(outcomeOf(first, happening));
      }),
    );
  });

  it('has a step to take, a reply to wait for or is finished, in every state', () => {
    const waiting = orderStates.filter((state) => nextStep(state) === null && !isFinished(state));
    expect(waiting).toEqual(['scheduled', 'provisioning', 'recalled']);
    expect(new Set(orderStates.map(publicState)).size).toBe(7);
  });
});
