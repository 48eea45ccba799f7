import { laneOf } from '@ronghe/kernel';
import {
  faultSeeds,
  startOperator,
  TOY_LANES,
  toyCustomer,
  ToyCustomerService,
  toyOrdering,
  ToyOrderingService,
  UnreliableFeeds,
  type TestOperator,
} from '@ronghe/testing';
import { FeedRunner } from './feed-runner.service';

const domains = [toyCustomer, toyOrdering];
const laneOfToy = (customerId: string): number => laneOf(customerId) % TOY_LANES;

/** Ids that all fall into one lane. */
function idsInLane(lane: number, count: number, prefix: string): string[] {
  const ids: string[] = [];
  for (let at = 0; ids.length < count; at += 1) {
    if (laneOfToy(`${prefix}${at}`) === lane) ids.push(`${prefix}${at}`);
  }
  return ids;
}

const until = async (holds: () => Promise<boolean>): Promise<void> => {
  for (const deadline = Date.now() + 15_000; !(await holds());) {
    if (Date.now() > deadline) throw new Error('It never came true');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

interface Heard {
  customer_id: string;
  times: number;
  names: string[];
}
const heardIn = (operator: TestOperator): Promise<Heard[]> =>
  operator.sql<Heard>('select * from ordering.heard order by customer_id');

describe.each(faultSeeds())('a feed that repeats, leaves out, reorders and breaks (seed %d)', (seed) => {
  let operator: TestOperator;
  beforeAll(async () => {
    operator = await startOperator({ domains, feedWrapper: new UnreliableFeeds(seed) });
  });
  afterAll(() => operator?.stop());

  it('has each event applied once and in order', async () => {
    const customers = operator.get(ToyCustomerService);
    const ids = Array.from({ length: 12 }, (_, at) => `c${at}`);
    for (let version = 1; version <= 6; version += 1) {
      await Promise.all(ids.map((id) => customers.register(id, `${version}`, version)));
    }
    await operator.settle();
    const names = ['1', '2', '3', '4', '5', '6'];
    expect(await heardIn(operator)).toEqual(
      ids.sort().map((customer_id) => ({ customer_id, times: 6, names })),
    );
  });
});

describe('a feed', () => {
  let operator: TestOperator;
  let customers: ToyCustomerService;
  let ordering: ToyOrderingService;
  beforeAll(async () => {
    operator = await startOperator({ domains });
    customers = operator.get(ToyCustomerService);
    ordering = operator.get(ToyOrderingService);
  });
  afterAll(() => operator?.stop());

  const namesOf = async (customerId: string): Promise<string[]> => {
    const [row] = await operator.sql<Heard>('select * from ordering.heard where customer_id = $1', [
      customerId,
    ]);
    return row?.names ?? [];
  };
  const parked = () =>
    operator.sql<{ aggregate_id: string; reason: string }>(
      'select aggregate_id, reason from ordering.feed_parked order by lane, sequence',
    );
  const release = (customerId: string) =>
    operator.rest('POST', `/feed/ordering/customer/release/${customerId}`);

  it('parks a poisoned event with the later ones of its aggregate, and nothing else', async () => {
    const [sick = '', well = ''] = idsInLane(0, 2, 'p');
    ordering.mood.poison.add('bad');
    await customers.register(sick, 'good');
    await customers.register(sick, 'bad', 2);
    await customers.register(well, 'one');
    await customers.register(sick, 'better', 3);
    await customers.register(well, 'two', 2);
    await operator.settle();
    expect([await namesOf(sick), await namesOf(well)]).toEqual([['good'], ['one', 'two']]);
    expect(await parked()).toEqual([
      { aggregate_id: sick, reason: 'cannot hear bad' },
      { aggregate_id: sick, reason: expect.stringContaining('earlier event') },
    ]);

    expect(await operator.rest('GET', '/feed/parked', undefined, { role: 'counter' })).toMatchObject({
      status: 403,
    });
    expect((await operator.rest('GET', '/feed/parked')).body).toEqual([
      {
        consumer: 'ordering',
        producer: 'customer',
        aggregateId: sick,
        type: 'customer.registered.v1',
        reason: 'cannot hear bad',
        parkedAt: expect.any(String),
        events: 2,
      },
    ]);
    expect(await operator.rest('POST', '/audit')).toMatchObject({
      body: {
        differences: [{ name: 'parked events', scope: 'ordering', values: [{ value: '2' }, { value: '0' }] }],
      },
    });

    expect(await release(sick)).toMatchObject({ status: 500 });
    expect(await parked()).toHaveLength(2);
    ordering.mood.poison.clear();
    await customers.register(sick, 'best', 4);
    await operator.settle();
    expect(await release(sick)).toMatchObject({ status: 200, body: { released: 3 } });
    expect([await namesOf(sick), await parked()]).toEqual([['good', 'bad', 'better', 'best'], []]);
    expect(await release(sick)).toMatchObject({ body: { released: 0 } });
  });

  it('never overtakes a release that is under way', async () => {
    const [sick = ''] = idsInLane(1, 1, 'r');
    ordering.mood.poison.add('bad');
    await customers.register(sick, 'bad');
    await operator.settle();
    ordering.mood.poison.clear();
    // The release waits here after it has taken the parked event and before it commits.
    await operator.sql(`create function ordering.linger() returns trigger language plpgsql as $$
      begin perform pg_sleep(1); return new; end $$`);
    await operator.sql(`create trigger linger before insert on ordering.heard for each row
      when (new.customer_id = '${sick}' and new.names = array['bad']) execute function ordering.linger()`);
    const released = release(sick);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await customers.register(sick, 'after', 2);
    expect(await released).toMatchObject({ body: { released: 1 } });
    await operator.settle();
    expect([await namesOf(sick), await parked()]).toEqual([['bad', 'after'], []]);
  });

  it('holds back a lane that waits for a projection from there on, and no other lane', async () => {
    const [waiting = ''] = idsInLane(2, 1, 'w');
    const [before = ''] = idsInLane(2, 2, 'v').slice(1);
    const [elsewhere = ''] = idsInLane(3, 1, 'e');
    ordering.mood.notYet.add('early');
    await operator.get(ToyCustomerService).transactions.run(async (tx) => {
      for (const [id, name] of [
        [before, 'ready'],
        [waiting, 'early'],
        [elsewhere, 'ready'],
      ] as const) {
        const payload = { customerId: id, name, phone: null, address: null, registeredAt: tx.now };
        tx.emit('customer.registered.v1', { aggregateId: id, lane: laneOfToy(id), version: 1, payload });
      }
    });
    await until(async () => (await namesOf(before)).length > 0 && (await namesOf(elsewhere)).length > 0);
    expect([await namesOf(waiting), await parked()]).toEqual([[], []]);
    ordering.mood.notYet.clear();
    await operator.settle();
    expect(await namesOf(waiting)).toEqual(['early']);
  });

  it('is not held up by a waiting lane with more events than a batch', async () => {
    const [waiting = ''] = idsInLane(0, 1, 'long');
    const [elsewhere = ''] = idsInLane(1, 1, 'short');
    ordering.mood.notYet.add('stuck');
    await customers.transactions.run(async (tx) => {
      for (let version = 1; version <= 1200; version += 1) {
        const payload = {
          customerId: waiting,
          name: 'stuck',
          phone: null,
          address: null,
          registeredAt: tx.now,
        };
        tx.emit('customer.registered.v1', { aggregateId: waiting, lane: 0, version, payload });
      }
    });
    await customers.register(elsewhere, 'free');
    await until(async () => (await namesOf(elsewhere)).length > 0);
    ordering.mood.notYet.clear();
    await operator.settle();
    expect(await namesOf(waiting)).toHaveLength(1200);
  });

  it('read by two instances has each event applied once', async () => {
    const second = await startOperator({ domains, databaseUrl: operator.databaseUrl });
    try {
      const ids = Array.from({ length: 30 }, (_, at) => `two${at}`);
      for (let version = 1; version <= 3; version += 1) {
        await Promise.all(ids.map((id) => customers.register(id, `${version}`, version)));
      }
      await operator.settle();
      const rows = (await heardIn(operator)).filter(({ customer_id }) => customer_id.startsWith('two'));
      expect(rows.map(({ names }) => names)).toEqual(ids.map(() => ['1', '2', '3']));
    } finally {
      await second.stop();
    }
  });

  it('is shown to peers only, who say so by the internal token', async () => {
    const call = (headers: Record<string, string>, path = '/internal/feed/customer') =>
      operator.rest('POST', path, { cursors: { 0: 0 }, limit: 2 }, { headers });
    expect(await call({})).toMatchObject({ status: 404 });
    expect(await call({ 'x-ronghe-internal': 'a-guess' })).toMatchObject({ status: 404 });
    for (const disguise of [
      '/%69nternal/feed/customer',
      '//internal/feed/customer',
      '/internal%2Ffeed/customer',
      '/INTERNAL/feed/customer',
    ]) {
      expect((await call({}, disguise)).status).toBe(404);
    }
    const answer = await call({ 'x-ronghe-internal': 'internal-token-of-a-test' });
    expect(answer).toMatchObject({
      status: 200,
      body: [{ producer: 'customer', sequence: 1 }, { sequence: 2 }],
    });
  });

  it('counts what a consumer has still to apply', async () => {
    expect(await operator.get(FeedRunner).behind('ordering')).toEqual({});
  });
});
