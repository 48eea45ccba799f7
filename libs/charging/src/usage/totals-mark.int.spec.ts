import { instantFromIso, instantFromMs, newId } from '@ronghe/kernel';
import { SystemClock, Transactions, type Tx } from '@ronghe/platform';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from '../charging.domain';
import { TotalsPublisher } from '../session/totals-publisher.service';
import { gatherMarks, markTotals, takeMark } from './totals-mark.store';
import { insertUsageFile } from './usage-file.store';
import { hasPendingTotals } from './usage-total.store';
import type { AccountPeriod } from './usage-totals';
import { UsageSources } from './usage-source.service';
import { findClosable, insertSourceClose } from './usage-source.store';

let operator: TestOperator;
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain], roles: ['api'] });
});
afterAll(() => operator?.stop());

const run = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => operator.get(Transactions).run(work);
const account = (lane: number): AccountPeriod => ({ lane, accountId: newId(), period: '2026-06' });
const mark = (tx: Tx, ...changed: AccountPeriod[]) => markTotals(tx, changed);

/** Takes the oldest marks, and those that stand for them. */
async function takeMarks(tx: Tx, limit: number): Promise<{ count: number; changed: AccountPeriod[] }> {
  const { count, marks } = await gatherMarks(tx, newId(), limit);
  const changed: AccountPeriod[] = [];
  for (const markId of marks) changed.push(...(await takeMark(tx, markId)));
  return { count, changed };
}

// No work goes on in the background, which would take what is committed.

it('names each account once, in order of lanes, and takes every mark once', async () => {
  const [a, b] = [account(3), account(1)];
  await run(async (tx) => {
    await mark(tx, a);
    await mark(tx, b, a);
    expect(await takeMarks(tx, 10)).toEqual({ count: 2, changed: [b, a] });
    expect(await takeMarks(tx, 10)).toEqual({ count: 0, changed: [] });
  });
});

it('leaves the mark of a change that is committed later', async () => {
  const later = account(1);
  await run(async (tx) => {
    await mark(tx, later);
    expect(await run((other) => takeMarks(other, 10))).toEqual({ count: 0, changed: [] });
    expect(await takeMarks(tx, 10)).toEqual({ count: 1, changed: [later] });
  });
});

it('leaves what another one is taking, and takes it when that one fails', async () => {
  const [taken, other] = [account(1), account(2)];
  await run((tx) => mark(tx, taken));
  const taking = run(async (tx) => {
    expect(await takeMarks(tx, 10)).toEqual({ count: 1, changed: [taken] });
    await run((late) => mark(late, other));
    expect(await run((second) => takeMarks(second, 10))).toEqual({ count: 1, changed: [other] });
    expect(await run((third) => takeMarks(third, 10))).toEqual({ count: 0, changed: [] });
    throw new Error('dies');
  });
  await expect(taking).rejects.toThrow('dies');
  expect(await run((tx) => takeMarks(tx, 10))).toEqual({ count: 1, changed: [taken] });
});

it('marks more accounts than are published at once, the oldest first', async () => {
  const many = Array.from({ length: 600 }, (_, n) => account(n));
  await run(async (tx) => {
    await mark(tx, ...many);
    for (const [at, count] of [250, 250, 100].entries()) {
      const { changed } = await takeMarks(tx, 1);
      expect(changed).toEqual(many.slice(at * 250, at * 250 + count));
    }
  });
});

it('puts many marks together, each account once', async () => {
  const accounts = Array.from({ length: 600 }, (_, n) => account(n % 300));
  await run(async (tx) => {
    for (const each of [...accounts, ...accounts]) await mark(tx, each);
    const { count, marks } = await gatherMarks(tx, newId(), 1000);
    expect([count, marks.length]).toEqual([1000, 3]);
    const { count: left, changed } = await takeMarks(tx, 1000);
    expect(left).toBe(203);
    const byId = (a: AccountPeriod, b: AccountPeriod) => (a.accountId < b.accountId ? -1 : 1);
    expect(changed.sort(byId)).toEqual(accounts.sort(byId));
  });
});

it('has those first who have waited longest, also when marks are put together again', async () => {
  const [early, late] = [9, 1].map((lane) => Array.from({ length: 250 }, () => account(lane)));
  const lanesOf = async (tx: Tx, markId = '') =>
    new Set((await takeMark(tx, markId)).map(({ lane }) => lane));
  await run(async (tx) => {
    await mark(tx, ...(early ?? []));
    await mark(tx, ...(late ?? []));
    await gatherMarks(tx, newId(), 1000);
    await mark(tx, ...(late ?? []), account(0));
    const { marks } = await gatherMarks(tx, newId(), 1000);
    expect(await lanesOf(tx, marks[0])).toEqual(new Set([9]));
    expect(await lanesOf(tx, marks[1])).toEqual(new Set([1]));
    expect(await lanesOf(tx, marks[2])).toEqual(new Set([0]));
  });
});

it('publishes at once what somebody waits for, whatever is added meanwhile', async () => {
  const publisher = new TotalsPublisher(operator.get(Transactions), operator.get(SystemClock));
  await run((tx) => mark(tx, account(5)));
  publisher.wake();
  await publisher.publishLeft();
  expect(await publisher.isPending()).toBe(true);
  publisher.hurry();
  publisher.wake();
  await publisher.publishLeft();
  expect(await publisher.isPending()).toBe(false);
  await publisher.onModuleDestroy();
});

it('rests a second at most behind each transaction where nobody waits', async () => {
  const publisher = operator.get(TotalsPublisher);
  await run((tx) => mark(tx, ...Array.from({ length: 500 }, () => account(1))));
  const began = performance.now();
  await publisher.publish(1_000_000);
  const tookMs = performance.now() - began;
  expect(await publisher.isPending()).toBe(false);
  expect(tookMs).toBeGreaterThan(1990);
  expect(tookMs).toBeLessThan(20_000);
});

it('ends between two transactions where the process ends, and leaves the rest', async () => {
  const marks = async (): Promise<number> => (await operator.sql('select from charging.totals_mark')).length;
  const publisher = new TotalsPublisher(operator.get(Transactions), operator.get(SystemClock));
  await run((tx) => mark(tx, ...Array.from({ length: 750 }, () => account(1))));
  const publishing = publisher.publish(1000);
  while ((await marks()) === 3) await new Promise((resolve) => setTimeout(resolve, 5));
  await publisher.onModuleDestroy();
  await publishing;
  expect(await marks()).toBe(2);
  await operator.get(TotalsPublisher).publish();
  expect(await marks()).toBe(0);
});

it('publishes all others when one cannot be published', async () => {
  const [first, broken, last] = [account(1), { ...account(2), accountId: 'none' }, account(3)];
  await run((tx) => mark(tx, first));
  await run((tx) => mark(tx, broken));
  await run((tx) => mark(tx, last));
  const publisher = operator.get(TotalsPublisher);
  const ids = [first.accountId, last.accountId];
  let published: unknown[] = [];
  for (let round = 0; round < 20 && published.length < 2; round += 1) {
    await publisher.publish().catch(() => undefined);
    published = await operator.sql(
      'select account_id from charging.account_period where account_id = any($1::uuid[])',
      [ids],
    );
  }
  expect(published).toHaveLength(2);
  const left = () => operator.sql('select accounts, period_from from charging.totals_mark');
  expect(await left()).toEqual([{ accounts: '[[2,"none","2026-06"]]', period_from: '2026-06' }]);
  await operator.sql('delete from charging.totals_mark');
});

it('lets totals wait while a file is collected, and not for ever', async () => {
  const fileId = newId();
  await run(async (tx) => {
    await takeMarks(tx, 1000);
    const before = instantFromMs(Date.now() - 60_000);
    const stored = { contentHash: '0'.repeat(64), sizeBytes: 1 };
    await insertUsageFile(tx, {
      fileId,
      source: 'mediation',
      fileName: 'a.csv',
      receivedBy: 'ops',
      ...stored,
    });
    await tx.execute(`update charging.usage_file set state = 'collecting' where file_id = $1`, [fileId]);
    await mark(tx, account(1));
    expect(await hasPendingTotals(tx, before)).toBe(false);
    expect(await hasPendingTotals(tx, instantFromMs(Date.now() + 60_000))).toBe(true);
    await tx.execute(`delete from charging.usage_file where file_id = $1`, [fileId]);
    expect(await hasPendingTotals(tx, before)).toBe(true);
    await takeMarks(tx, 1000);
  });
});

it('keeps a source open for totals of the period that ends, and not for those of the next', async () => {
  const through = instantFromIso('2026-07-01T00:00:00+08:00');
  await run(async (tx) => {
    await insertSourceClose(tx, 'mediation', through, 'night');
    await mark(tx, { ...account(1), period: '2026-07' });
    expect(await findClosable(tx, 'Asia/Shanghai')).toEqual([{ source: 'mediation', through }]);
    await mark(tx, { ...account(1), period: '2026-07' }, account(2));
    expect(await findClosable(tx, 'Asia/Shanghai')).toEqual([]);
  });
});

it('grants of two requests only the one that nothing holds back', async () => {
  const sources = operator.get(UsageSources);
  const early = instantFromIso('2026-06-01T00:00:00+08:00');
  const late = instantFromIso('2026-06-20T00:00:00+08:00');
  const left = () =>
    operator.sql(`select through from charging.source_close where source = 'two' and closed_at is null`);
  await run((tx) => mark(tx, { ...account(1), period: '2026-06' }));
  await run(async (tx) => {
    await insertSourceClose(tx, 'two', late, 'night');
    await insertSourceClose(tx, 'two', early, 'night');
    expect(await findClosable(tx, 'Asia/Shanghai')).toContainEqual({ source: 'two', through: early });
  });
  await sources.grant('two');
  const closed = () =>
    operator.sql(`select closed_through as at from charging.usage_source where source = 'two'`);
  expect(await closed()).toEqual([{ at: new Date(early) }]);
  expect(await left()).toEqual([{ through: new Date(late) }]);
  await run((tx) => takeMarks(tx, 1000));
  await sources.grant('two');
  expect(await closed()).toEqual([{ at: new Date(late) }]);
  expect(await left()).toEqual([]);
});
