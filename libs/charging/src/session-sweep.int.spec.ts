import { addMs } from '@ronghe/kernel';
import { SystemClock, Transactions, type Tx } from '@ronghe/platform';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from './charging.domain';
import { auditDifferences, publishDocuments, sellFamily, type Family } from './family.fixture';
import { SweepSessionsByBatch1700000000400 } from './migrations/1700000000400-sweep-sessions-by-batch';
import { CHARGING_DATA, NetworkFunction } from './session/network-function.fixture';
import { findDead, sweepDeadlines } from './session/session-deadline.store';
import { SessionSweep } from './session/session-sweep.service';
import { SessionWorker } from './session/session.worker';
import { LONG_AGO, moveDeadlineOf, passTimeOf } from './silent-session.fixture';
import { undone } from './undone.fixture';

/** How sessions that nobody hears of are found, by rows for whole batches. */

const MB = 1_048_576;

let operator: TestOperator;
let network: NetworkFunction;
let family: Family;
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  network = new NetworkFunction(operator);
  family = await sellFamily(operator, ['main', 'broadband'], { online: ['main'] });
  await operator.settle();
});
afterAll(() => operator?.stop());
afterEach(async () => {
  await operator.settle();
  expect(await auditDifferences(operator)).toEqual([]);
});

const run = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => operator.get(Transactions).run(work);
const now = () => operator.get(SystemClock).now();
const open = async (): Promise<string> =>
  (await network.create(family.numberOf('main'), [{ requested: 10 * MB }])).reference;
const report = (reference: string, kind: 'update' | 'release', sequence: number) =>
  network.post(`${CHARGING_DATA}/${reference}/${kind}`, network.body(sequence, [{ used: MB }]));
const stateOf = async (reference: string) =>
  (
    await operator.sql<{ state: string }>('select state from charging.session where session_id = $1', [
      reference,
    ])
  )[0]?.state;
const deadlinesOf = (reference: string) =>
  operator.sql<{ isOwn: boolean }>(
    `select d.expires_at = s.expires_at as "isOwn" from charging.session_deadline d
     join charging.session s on s.session_id = any(d.session_ids) where s.session_id = $1`,
    [reference],
  );
/** Only the row's time has come: its sessions have been renewed, or have ended. */
const passDeadlineOf = (reference: string) => moveDeadlineOf(operator, reference, LONG_AGO);

const apart = (work: (tx: Tx) => Promise<void>) => undone(operator, work);

it('forgets those that have ended, and says of renewed ones when they are dead now', async () => {
  const [renewed, ended] = [await open(), await open()];
  await report(renewed, 'update', 1);
  await report(ended, 'release', 1);
  for (const reference of [renewed, ended]) {
    expect(await deadlinesOf(reference)).toHaveLength(1);
    await passDeadlineOf(reference);
  }
  await operator.get(SessionSweep).sweep();
  expect(await deadlinesOf(ended)).toEqual([]);
  expect(await deadlinesOf(renewed)).toEqual([{ isOwn: true }]);
  expect([await stateOf(renewed), await stateOf(ended)]).toEqual(['open', 'released']);
  await report(renewed, 'release', 2);
});

it('says anew of one that came back when it is dead', async () => {
  const reference = await open();
  await passTimeOf(operator, reference);
  await operator.get(SessionSweep).sweep();
  expect([await stateOf(reference), await deadlinesOf(reference)]).toEqual(['expired', []]);
  await report(reference, 'update', 1);
  expect([await stateOf(reference), await deadlinesOf(reference)]).toEqual(['open', [{ isOwn: true }]]);
  await passTimeOf(operator, reference);
  await operator.settle();
  expect(await stateOf(reference)).toBe('expired');
});

it('finds a dead one again where whoever found it was killed', async () => {
  const reference = await open();
  await apart(async (tx) => {
    await passTimeOf({ sql: (text, values) => tx.query(text, values) }, reference);
    for (let sweep = 1; sweep <= 2; sweep += 1)
      expect(await sweepDeadlines(tx, now(), 64)).toEqual({ deadlines: 1, dead: [reference] });
    await tx.query(`update charging.session set state = 'expired' where session_id = $1`, [reference]);
    expect(await sweepDeadlines(tx, now(), 64)).toEqual({ deadlines: 1, dead: [] });
    expect(await sweepDeadlines(tx, now(), 64)).toEqual({ deadlines: 0, dead: [] });
  });
  await report(reference, 'release', 1);
});

it('leaves to another sweep what that one has taken', async () => {
  const reference = await open();
  // Nobody in the background sweeps what is not due for a day.
  const later = addMs(now(), 86_400_000);
  await apart(async (tx) => {
    const first = await sweepDeadlines(tx, later, 1000);
    expect(first.deadlines).toBeGreaterThan(0);
    expect(first.dead).toEqual([reference]);
    expect(await run((other) => sweepDeadlines(other, later, 1000))).toEqual({ deadlines: 0, dead: [] });
  });
  await report(reference, 'release', 1);
});

/** Sessions like one that is there, of a second, with one deadline that has come. */
async function openMany(tx: Tx, like: string, count: number, expiresAt: string): Promise<void> {
  const columns = [
    ...[
      'lane',
      'account_id',
      'product_id',
      'card_group_id',
      'period',
      'subscriber',
      'consumer',
      'notify_uri',
    ],
    ...['state', 'started_at', 'lines', 'reserved', 'pace', 'answers'],
  ].join(', ');
  await tx.query(
    `with new as (insert into charging.session (session_id, expires_at, ${columns})
       select gen_random_uuid(), $3::timestamptz + each * interval '1 millisecond', ${columns}
       from charging.session cross join generate_series(1, $2::integer) as each where session_id = $1
       returning lane, session_id)
     insert into charging.session_deadline select $4, gen_random_uuid(), array_agg(lane), array_agg(session_id) from new`,
    [like, count, expiresAt, LONG_AGO],
  );
}

it('puts those together that are dead in the same second, 256 at most', async () => {
  const like = await open();
  await apart(async (tx) => {
    await tx.query('delete from charging.session_deadline');
    await openMany(tx, like, 600, '2100-01-01T00:00:00.100Z');
    await openMany(tx, like, 3, '2100-01-01T00:00:05Z');
    expect(await findDead(tx, now(), 1)).toEqual({ dead: [], isMore: true });
    expect(await findDead(tx, now(), 2)).toEqual({ dead: [], isMore: false });
    expect(await sweepDeadlines(tx, now(), 1)).toMatchObject({ deadlines: 1 });
    expect(await sweepDeadlines(tx, now(), 1)).toMatchObject({ deadlines: 1 });
    const rows = await tx.query(
      `select cardinality(session_ids) as count, cardinality(lanes) as lanes, (select id from unnest(session_ids) as id order by id limit 1) = session_ids[1] as "isInOrder"
       from charging.session_deadline order by count`,
    );
    expect(rows).toEqual([3, 88, 256, 256].map((count) => ({ count, lanes: count, isInOrder: true })));
    expect(await sweepDeadlines(tx, now(), 64)).toEqual({ deadlines: 0, dead: [] });
  });
  await report(like, 'release', 1);
});

it('is work for the sweep once a deadline has come, and holds nobody up who waits where all have ended', async () => {
  const reference = await open();
  await report(reference, 'release', 1);
  await passDeadlineOf(reference);
  const isSwept = async () => {
    const left = await deadlinesOf(reference);
    return left.length === 0;
  };
  // By the sweep in the background alone.
  for (let tries = 0; !(await isSwept()) && tries < 200; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await isSwept()).toBe(true);
  await operator.settle();
  expect(await operator.get(SessionSweep).dead()).toEqual({ dead: [], isMore: false });
  expect(await operator.get(SessionSweep).isDue()).toBe(false);
  expect(await operator.get(SessionWorker).expiredSessions()).toEqual([]);
});

it('knows those that were open before there were deadlines', async () => {
  const reference = await open();
  await apart(async (tx) => {
    await tx.query('drop table charging.session_deadline');
    await tx.query('create index session_expiry on charging.session (expires_at)');
    await new SweepSessionsByBatch1700000000400().up({ query: (text: string) => tx.query(text) } as never);
    expect(await tx.query('select session_ids from charging.session_deadline')).toEqual([
      { session_ids: [reference] },
    ]);
    await openMany(tx, reference, 700, addMs(now(), 3_600_000));
    await tx.query('drop table charging.session_deadline');
    await tx.query('create index session_expiry on charging.session (expires_at)');
    await new SweepSessionsByBatch1700000000400().up({ query: (text: string) => tx.query(text) } as never);
    const [row] = await tx.query(
      `select sum(cardinality(session_ids))::integer as sessions, max(cardinality(session_ids)) <= 256 as "isShort"
       from charging.session_deadline`,
    );
    expect(row).toEqual({ sessions: 701, isShort: true });
  });
  await report(reference, 'release', 1);
});
