import type { Json } from './fields';
import { replayVector } from './replay';

/** What vectors of usage may say, beyond those that are given: written as documents, rated by the engine. */

const rate = (price: string, more: object = {}) => ({
  rate: { connectFee: '0', steps: [{ from: '0', price, perUnits: '1', increment: '1' }] },
  ...more,
});
const call = (start: string, seconds: number, destination = '1002') => ({
  start,
  end: new Date(Date.parse(start) + seconds * 1000).toISOString(),
  destination,
});
const outcome = (vector: object) => replayVector({ id: 'x', service: 'voice', ...vector } as Json).outcome;
const rated = (entries: object[], event: object, expected: object, more: object = {}) =>
  outcome({ tariff: { unit: 's', entries, ...more }, event, expected });

const passed = { status: 'passed' };
const week = { prefixes: ['10'], days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'] };
const entries = [
  rate('1', { ...week, label: 'night' }),
  rate('2', { ...week, fromTime: '08:00:00', label: 'day' }),
  rate('5', { prefixes: ['10'], months: [1], monthDays: [1], weight: '20', label: 'new year' }),
  rate('3', { prefixes: ['1'], label: 'other' }),
];

describe('a tariff by times and days', () => {
  it.each([
    // A Wednesday, the first of January: the weight counts.
    ['2025-01-01T09:00:00Z', 'new year', '50'],
    ['2025-01-02T09:00:00Z', 'day', '20'],
    ['2025-01-02T07:00:00Z', 'night', '10'],
    // On Saturday only the shorter prefix has an entry.
    ['2025-01-04T09:00:00Z', 'other', '30'],
  ])('at %s has the entry %s', (start, selected, amount) => {
    expect(rated(entries, call(start, 10), { selected, amount, spans: 1 })).toEqual(passed);
  });

  it('is split where the entry changes', () => {
    const event = call('2025-01-02T07:59:50Z', 30);
    expect(rated(entries, event, { amount: '50', spans: 2, selected: 'night' })).toEqual(passed);
  });

  it('has no entry before the first of the day, nor for another destination', () => {
    const late = [rate('2', { prefixes: ['10'], fromTime: '08:00' })];
    const error = { error: 'no_rate_for_destination' };
    expect(rated(late, call('2025-01-02T07:00:00Z', 10), error)).toEqual(passed);
    expect(rated(late, call('2025-01-02T09:00:00Z', 10, '+49'), error)).toEqual(passed);
  });

  it('whose band begins within a minute is not applicable', () => {
    expect(
      rated([rate('2', { fromTime: '08:00:30' })], call('2025-01-02T09:00:00Z', 10), { amount: '20' }),
    ).toEqual({
      status: 'not applicable',
      reason: 'vector.tariff.entries[].fromTime 08:00:30 is within a minute',
    });
  });

  it('that is rounded is rounded once for each event', () => {
    const rounding = { rounding: { mode: 'up', scale: '1' } };
    const event = { ...call('2025-01-02T09:00:00Z', 3), repeat: '3' };
    expect(rated([rate('0.11')], event, { amountEach: '0.4' }, rounding)).toEqual(passed);
  });
});

describe('balances', () => {
  const tariff = { unit: 's', entries: [rate('2', { prefixes: ['10'] }), rate('7')] };
  const money = (value: string, more: object = {}) => ({ id: 'money', type: 'money', value, ...more });

  it('pay as far as they last, and below zero where they may', () => {
    const event = call('2025-01-02T09:00:00Z', 10);
    const part = { servedSeconds: 4, balancesAfter: { money: '1' }, error: 'insufficient_credit' };
    expect(outcome({ tariff, balances: [money('9')], event, expected: part })).toEqual(passed);
    const whole = { amount: '20', balancesAfter: { money: '-11' } };
    const balances = [money('9', { allowNegative: true })];
    expect(outcome({ tariff, balances, event, expected: whole })).toEqual(passed);
    const refused = { servedSeconds: 0, balancesAfter: { money: '9' }, error: 'insufficient_credit' };
    const allOrNothing = { ...event, allOrNothing: true };
    expect(outcome({ tariff, balances: [money('9')], event: allOrNothing, expected: refused })).toEqual(
      passed,
    );
  });

  it('serve only their destinations and times', () => {
    const balances = [
      { id: 'ten', type: 'voice_seconds', value: '60', destinations: ['100'] },
      { id: 'night', type: 'voice_seconds', value: '60', onlyBand: '22:00-06:00' },
      money('100'),
    ];
    const left = (event: object, after: object) =>
      outcome({ tariff, balances, event, expected: { balancesAfter: after } });
    expect(left(call('2025-01-02T09:00:00Z', 5), { ten: '55', night: '60', money: '100' })).toEqual(passed);
    expect(left(call('2025-01-02T09:00:00Z', 5, '1010'), { ten: '60', night: '60', money: '90' })).toEqual(
      passed,
    );
    expect(left(call('2025-01-02T23:00:00Z', 5, '20'), { ten: '60', night: '55', money: '100' })).toEqual(
      passed,
    );
  });

  it('of others pay where they are shared, after those of the account', () => {
    const shared = { sharedGroup: 'home' };
    const balances = [
      money('100', { id: 'other', owner: 'b', ...shared }),
      money('7', { id: 'own', owner: 'a', ...shared }),
      money('50', { id: 'stranger', owner: 'c' }),
      { id: 'data', type: 'data', value: '9', owner: 'a' },
    ];
    const event = { ...call('2025-01-02T09:00:00Z', 5), account: 'a' };
    const expected = {
      balancesAfter: { own: '0', other: '97', stranger: '50', data: '9' },
      consumptionOrder: ['own', 'other'],
    };
    expect(outcome({ tariff, balances, event, expected })).toEqual(passed);
  });

  it('that block refuse what is beyond them', () => {
    const balances = [
      { id: 'child', type: 'voice_seconds', value: '4', blocker: true, priority: 1 },
      money('100'),
    ];
    const expected = {
      servedSeconds: 4,
      balancesAfter: { child: '0', money: '100' },
      error: 'insufficient_credit',
    };
    expect(outcome({ tariff, balances, event: call('2025-01-02T09:00:00Z', 5), expected })).toEqual(passed);
  });
});

describe('sessions', () => {
  const tariff = { unit: 'octet', entries: [{ packagePrice: '5', packageSize: '100' }] };
  const steps = (money: object, ...list: object[]) =>
    outcome({ service: 'data', tariff, balances: [{ id: 'money', type: 'money', ...money }], steps: list });

  it('are paid on their total, by whichever report begins a package', () => {
    const result = steps(
      { value: '20' },
      { op: 'initial', requested: '10', expect: { granted: '100', balancesAfter: { money: '15' } } },
      {
        op: 'interim',
        used: '60',
        requested: '40',
        expect: { granted: '40', balancesAfter: { money: '15' } },
      },
      { op: 'final', used: '50', expect: { balancesAfter: { money: '10' } } },
    );
    expect(result).toEqual(passed);
  });

  it('leave alone what another one holds, and are refused where nothing is left', () => {
    const result = steps(
      { value: '4', openReservation: { session: 'other', money: '10' } },
      {
        op: 'initial',
        session: 'mine',
        requested: '10',
        expect: { error: 'out_of_credit', balancesAfter: { money: '4' } },
      },
      { op: 'final', session: 'other', used: '0', expect: { balancesAfter: { money: '14' } } },
    );
    expect(result).toEqual(passed);
  });

  it('take from units that are valid when they begin', () => {
    const month = (id: string, from: string, to: string) => ({
      id,
      type: 'data',
      value: '500',
      validFrom: from,
      validTo: to,
    });
    const balances = [
      month('september', '2025-09-01', '2025-10-01'),
      month('october', '2025-10-01', '2025-11-01'),
    ];
    const at = (when: string, september: string, october: string) => ({
      ...{ op: 'session', at: when, used: ['50', '20'] },
      expect: { balancesAfter: { september, october } },
    });
    const list = [at('2025-10-05T10:00:00Z', '500', '430'), at('2025-09-05T10:00:00Z', '430', '430')];
    expect(outcome({ service: 'data', tariff, balances, steps: list })).toEqual(passed);
  });

  it('owe what they use beyond all funds', () => {
    const use = {
      op: 'final',
      used: '100',
      expect: { error: 'out_of_credit', balancesAfter: { money: '0' } },
    };
    expect(steps({ value: '3' }, use)).toEqual(passed);
  });

  it('of an immediate event use all of it or nothing', () => {
    const event = (requested: string, expect: object) => ({ op: 'event', requested, expect });
    expect(steps({ value: '7' }, event('100', { ok: true, balancesAfter: { money: '2' } }))).toEqual(passed);
    const refused = { error: 'out_of_credit', balancesAfter: { money: '4' } };
    expect(steps({ value: '4' }, event('100', refused))).toEqual(passed);
  });
});
