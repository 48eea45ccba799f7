import {
  startOperator,
  toyCustomer,
  ToyCustomerService,
  toyOrdering,
  ToyOrderingService,
  type TestOperator,
} from '@ronghe/testing';
import { instantFromIso } from '@ronghe/kernel';
import { BusinessClock } from './business-clock.service';

let operator: TestOperator;
let ordering: ToyOrderingService;
beforeAll(async () => {
  operator = await startOperator({
    domains: [toyCustomer, toyOrdering],
    startsAt: '2026-06-01T00:00:00+08:00',
  });
  ordering = operator.get(ToyOrderingService);
});
afterAll(() => operator?.stop());

const day = (date: string): string => `2026-${date}T00:00:00.000Z`;
const at = (date: string) => instantFromIso(day(date));
const schedule = (key: string, date: string, data = {}): Promise<void> =>
  ordering.transactions.run((tx) => tx.schedule('ordering.due', key, at(date), data));
const seen = async (prefix: string) => {
  const rows = await operator.sql<{ key: string; due_at: Date; seen_at: Date }>(
    'select key, due_at, seen_at from ordering.due_seen where key like $1 order by place',
    [`${prefix}%`],
  );
  return rows.map((row) => [row.key, row.due_at.toISOString(), row.seen_at.toISOString()]);
};

it('runs what falls due on the way, in order, each at its own instant', async () => {
  await schedule('a-late', '06-20');
  await schedule('a-early', '06-05', { again: day('06-12') });
  await schedule('a-after', '07-15');
  await schedule('a-moved', '06-06');
  await schedule('a-moved', '06-25');
  await schedule('a-dropped', '06-07');
  await ordering.transactions.run((tx) => tx.cancelSchedule('ordering.due', 'a-dropped'));
  await operator.moveClock(day('07-01'));
  const expected = [
    ['a-early', '06-05'],
    ['a-early', '06-12'],
    ['a-late', '06-20'],
    ['a-moved', '06-25'],
  ] as const;
  expect(await seen('a-')).toEqual(expected.map(([key, date]) => [key, day(date), day(date)]));
  expect(operator.get(BusinessClock).now()).toBe(day('07-01'));
});

it('waits until the facts of one instant are applied before it goes on to the next', async () => {
  await schedule('b-next', '07-03');
  await operator.get(ToyCustomerService).register('b', 'Han Meimei');
  await operator.moveClock(day('07-04'));
  expect(await operator.sql(`select names from ordering.heard where customer_id = 'b'`)).toEqual([
    { names: ['Han Meimei'] },
  ]);
});

it('never goes back', async () => {
  const before = operator.get(BusinessClock).now();
  await operator.moveClock(day('06-15'));
  expect(operator.get(BusinessClock).now()).toBe(before);
});

it('gives a transaction one instant', async () => {
  const instants = await ordering.transactions.run(async (tx) => [
    tx.now,
    (await tx.query('select 1'), tx.now),
  ]);
  expect(instants).toEqual([day('07-04'), day('07-04')]);
});

it('tries a failing schedule again without holding back the others', async () => {
  ordering.mood.failingDue.add('c-fails');
  await schedule('c-fails', '07-01');
  await schedule('c-works', '07-02');
  for (let tries = 0; tries < 100 && (await seen('c-')).length === 0; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect((await seen('c-')).map(([key]) => key)).toEqual(['c-works']);
  ordering.mood.failingDue.clear();
  await operator.settle();
  expect((await seen('c-')).map(([key]) => key)).toEqual(['c-works', 'c-fails']);
});

describe('over HTTP', () => {
  it('tells the time to operations alone', async () => {
    expect(await operator.rest('GET', '/clock')).toMatchObject({
      status: 200,
      body: { now: day('07-04'), movable: true },
    });
    expect(await operator.rest('GET', '/clock', undefined, { role: 'counter' })).toMatchObject({
      status: 403,
      body: { code: 'role_missing' },
    });
    expect(await operator.rest('POST', '/clock', { to: day('07-05') }, { role: null })).toMatchObject({
      status: 401,
    });
  });

  it('moves, and refuses what is no instant', async () => {
    expect(await operator.rest('POST', '/clock', { to: '2026-07-05T08:00:00+08:00' })).toMatchObject({
      status: 200,
      body: { now: day('07-05') },
    });
    expect(await operator.rest('POST', '/clock', { to: 'tomorrow' })).toMatchObject({
      status: 400,
      body: { code: 'input_invalid' },
    });
    expect(await operator.rest('POST', '/clock', { at: day('07-06') })).toMatchObject({
      status: 400,
      body: { code: 'input_invalid' },
    });
  });
});

it('is moved for every instance', async () => {
  const second = await startOperator({
    domains: [toyCustomer, toyOrdering],
    databaseUrl: operator.databaseUrl,
  });
  try {
    await operator.moveClock(day('07-10'));
    const clock = second.get(BusinessClock);
    for (let tries = 0; tries < 50 && clock.now() !== day('07-10'); tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(clock.now()).toBe(day('07-10'));
  } finally {
    await second.stop();
  }
});

it('stands still for nobody where it is not movable', async () => {
  const other = await startOperator({
    domains: [toyCustomer, toyOrdering],
    environment: { RONGHE_CLOCK: 'system' },
  });
  try {
    const answer = await other.rest('POST', '/clock', { to: day('12-01') });
    expect(answer).toMatchObject({ status: 403, body: { code: 'clock_not_movable' } });
    expect(Math.abs(Date.parse(other.get(BusinessClock).now()) - Date.now())).toBeLessThan(5000);
  } finally {
    await other.stop();
  }
});
