import type { DunningState } from '@ronghe/contracts';
import { addDays, moneyFromDecimal, parseLocalDate } from '@ronghe/kernel';
import * as fc from 'fast-check';
import { decideCase, foretell, newStanding, type CaseStanding, type Hold } from './dunning-case';
import type { DunningFacts } from './dunning-state';
import { lateFromWithout, overdueOn } from './overdue';

const day = parseLocalDate;
const name = { en: 'x', 'zh-CN': 'x' };
const stateOf = (
  code: string,
  effect: DunningState['effect'],
  overdueDays: number,
  given: Partial<DunningState> = {},
): DunningState => ({
  ...{ code, name, effect, overdueDays, onDay: null, stoppedDays: null },
  ...{ minimumAmount: '1.00', minimumBills: 1, customerClasses: null },
  ...given,
});
const states = [
  stateOf('reminder', 'notice', 0),
  stateOf('warning', 'notice', 2),
  stateOf('outgoing', 'outgoing-stop', 4, { minimumAmount: '10.00' }),
  stateOf('full', 'full-stop', 10, { minimumAmount: '10.00' }),
  stateOf('end', 'termination', 30, { stoppedDays: 60 }),
];
const facts = (amount: string, given: Partial<DunningFacts> = {}): DunningFacts => ({
  debts: [{ billId: 'b', lateFrom: day('2026-03-03'), amount: moneyFromDecimal(amount) }],
  customerClass: 'standard',
  stoppedSince: null,
  ...given,
});
const on = (
  date: string,
  given: { amount?: string; standing?: CaseStanding; hold?: Hold; facts?: Partial<DunningFacts> } = {},
) =>
  decideCase(states, facts(given.amount ?? '50.00', given.facts), given.standing ?? newStanding, {
    day: day(date),
    hold: given.hold ?? 'none',
  });
const stepsOf = (decision: { steps: { kind: string; state: DunningState | null; stop: string }[] }) =>
  decision.steps.map(({ kind, state, stop }) => [kind, state?.code ?? null, stop]);

describe('a bill that is due to the 2nd of March', () => {
  it.each([
    ['2026-03-02', []],
    ['2026-03-03', [['notice', 'reminder', 'none']]],
    ['2026-03-06', [['notice', 'warning', 'none']]],
    [
      '2026-03-07',
      [
        ['notice', 'warning', 'barred-outgoing'],
        ['stop', 'outgoing', 'barred-outgoing'],
      ],
    ],
    [
      '2026-03-13',
      [
        ['notice', 'warning', 'full-stop'],
        ['stop', 'full', 'full-stop'],
      ],
    ],
  ])('brings on %s, seen for the first time: %j', (date, steps) => {
    expect(stepsOf(on(date))).toEqual(steps);
  });

  it('is reminded of once', () => {
    const { standing } = on('2026-03-03');
    expect(stepsOf(on('2026-03-04', { standing }))).toEqual([]);
    expect(stepsOf(on('2026-03-05', { standing }))).toEqual([['notice', 'warning', 'none']]);
  });

  it('is ended only after 60 days in full stop', () => {
    const standing: CaseStanding = { stop: 'full-stop', stateCode: 'full', noticed: ['reminder', 'warning'] };
    const since = { facts: { stoppedSince: day('2026-03-13') }, standing };
    expect(stepsOf(on('2026-09-01', { standing }))).toEqual([]);
    expect(stepsOf(on('2026-05-11', since))).toEqual([]);
    expect(stepsOf(on('2026-05-12', since))).toEqual([['stop', 'end', 'termination']]);
  });

  it('goes on below the amount of its stop, and is closed when nothing holds', () => {
    const { standing } = on('2026-03-07');
    const partly = on('2026-03-08', { standing, amount: '9.99' });
    expect([stepsOf(partly), partly.isClosed]).toEqual([[['resume', null, 'none']], false]);
    expect(on('2026-03-08', { standing, amount: '10.00' }).steps).toEqual([]);
    const paid = on('2026-03-08', { standing, amount: '0.00' });
    expect([stepsOf(paid), paid.isClosed]).toEqual([[['resume', null, 'none']], true]);
    expect(on('2026-03-08', { standing: partly.standing, amount: '0.50' }).isClosed).toBe(true);
  });

  it('is kept where it stands by a promise, which does not hold back a payment', () => {
    const { standing } = on('2026-03-07');
    expect(on('2026-03-20', { standing, hold: 'kept' }).standing.stop).toBe('barred-outgoing');
    expect(on('2026-03-20', { standing, hold: 'kept', amount: '5.00' }).standing.stop).toBe('none');
    expect(stepsOf(on('2026-03-20', { standing, hold: 'released' }))).toEqual([['resume', null, 'none']]);
    expect(on('2026-03-20', { standing, hold: 'released' }).isClosed).toBe(false);
  });
});

it('foretells the next step and its day', () => {
  const { standing } = on('2026-03-03');
  const next = (date: string, from: CaseStanding, given: Partial<DunningFacts> = {}, hold: Hold = 'none') => {
    const told = foretell(states, facts('50.00', given), from, { day: day(date), hold });
    return told && [told.day, told.step.state?.code];
  };
  expect(next('2026-03-03', standing)).toEqual(['2026-03-05', 'warning']);
  expect(next('2026-03-03', standing, {}, 'kept')).toBeNull();
  const stopped: CaseStanding = { stop: 'full-stop', stateCode: 'full', noticed: ['reminder', 'warning'] };
  expect(next('2026-03-13', stopped)).toBeNull();
  expect(next('2026-03-13', stopped, { stoppedSince: day('2026-03-13') })).toEqual(['2026-05-12', 'end']);
});

it('stops on the day of the month that the contract names', () => {
  const onThe7th = [stateOf('stop', 'full-stop', 1, { onDay: 7 })];
  const stops = (date: string) =>
    decideCase(onThe7th, facts('50.00'), newStanding, { day: day(date), hold: 'none' }).steps.length;
  expect([stops('2026-03-06'), stops('2026-03-07')]).toEqual([0, 1]);
});

it('counts the oldest late bill, the sum and the number of late bills', () => {
  const debts = [
    { billId: 'a', lateFrom: day('2026-03-03'), amount: moneyFromDecimal('1.00') },
    { billId: 'b', lateFrom: day('2026-04-03'), amount: moneyFromDecimal('2.00') },
    { billId: 'c', lateFrom: day('2026-05-03'), amount: moneyFromDecimal('4.00') },
    { billId: 'd', lateFrom: day('2026-01-03'), amount: moneyFromDecimal('0.00') },
  ];
  expect(overdueOn(debts, day('2026-04-03'))).toEqual({
    days: 31,
    since: '2026-03-03',
    amount: 300n,
    bills: 2,
  });
  expect(overdueOn(debts, day('2026-03-02'))).toBeNull();
});

it('leaves out days of disputes, each once', () => {
  const spans = [
    { from: day('2026-03-01'), to: day('2026-03-06') },
    { from: day('2026-03-04'), to: day('2026-03-08') },
    { from: day('2026-03-20'), to: null },
  ];
  expect(lateFromWithout(spans, day('2026-03-03'), day('2026-03-10'))).toBe('2026-03-08');
  expect(lateFromWithout(spans, day('2026-03-03'), day('2026-03-22'))).toBe('2026-03-10');
});

it('holds that a look at every day and a look at the foretold days alone give the same stops', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 3000 })), { maxLength: 4 }),
      (bills) => {
        const debts = bills.map(([late, fen], index) => ({
          billId: String(index),
          lateFrom: addDays(day('2026-03-03'), late),
          amount: moneyFromDecimal((fen / 100).toFixed(2)),
        }));
        const given = facts('0.00', { debts });
        const walk = (days: (from: string, standing: CaseStanding) => string | null) => {
          const seen: unknown[] = [];
          let standing = newStanding;
          for (
            let date: string | null = '2026-03-01';
            date !== null && date < '2026-06-30';
            date = days(date, standing)
          ) {
            const decision = decideCase(states, given, standing, { day: day(date), hold: 'none' });
            standing = decision.standing;
            seen.push(...stepsOf(decision).map((step) => [date, ...step]));
          }
          return seen;
        };
        const daily = walk((date) => addDays(day(date), 1));
        const foretold = walk(
          (date, standing) =>
            foretell(states, given, standing, { day: day(date), hold: 'none' })?.day ?? null,
        );
        expect(foretold.slice()).toEqual(daily);
      },
    ),
  );
});
