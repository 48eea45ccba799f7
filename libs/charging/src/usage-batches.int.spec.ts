import type { PolicyDocument } from '@ronghe/contracts';
import { instantFromIso, laneOf, newId } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from './charging.domain';
import {
  auditDifferences,
  deliver,
  publishDocuments,
  ratedByRecord,
  sellFamily,
  usageCsv,
  type Family,
  type FileBody,
} from './family.fixture';
import { plainBalancePolicy } from './money/balance-policy';
import { partsSource } from './parts-source.fixture';

/** What happens around batches of a file: values that the database refuses, parts that do not come, money that ends. */

let operator: TestOperator;
let family: Family;
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  await publish(partsSource);
  await publish({
    ...plainBalancePolicy,
    version: 1,
    topUp: {
      ...plainBalancePolicy.topUp,
      bonuses: [
        {
          code: 'ten',
          label: { en: 'Bonus', 'zh-CN': '赠送' },
          from: '10.00',
          amount: '1.00',
          validDays: 10,
          priority: 50,
        },
      ],
    },
  });
  family = await sellFamily(operator, ['main']);
  await operator.settle();
  await operator.moveClock('2026-06-20T12:00:00+08:00');
});
afterAll(() => operator?.stop());
afterEach(async () => {
  expect(await auditDifferences(operator)).toEqual([]);
});

async function publish(document: PolicyDocument): Promise<void> {
  const { code, version } = document;
  const publishedAt = instantFromIso('2026-01-01T00:00:00+08:00');
  const payload = { code, version, document, publishedAt };
  const lane = laneOf(code);
  await operator.publish('policy.published.v1', { aggregateId: code, lane, version, payload });
}

describe('a batch whose values the database refuses', () => {
  const narrow = 'alter table charging.rated_usage alter column peer type';
  afterEach(() => operator.sql(`${narrow} text`));

  it('is taken in halves, down to the lines that are to blame', async () => {
    await operator.sql(`${narrow} varchar(12)`);
    const lines = Array.from({ length: 41 }, (_, at) => {
      const peer = at === 7 || at === 8 || at === 30 ? '8613800138000' : '10086';
      return `n${at},sms,main,${peer},2026-06-16T08:00:${at}+08:00,,,1`.replace(/:(\d)\+/, ':0$1+');
    });
    const file = await deliver(operator, usageCsv(lines, family));
    expect(file).toMatchObject({ state: 'collected', read: 41, rated: 38, suspended: 3, duplicates: 0 });
    const setAside = await operator.sql(
      `select record_id, line_number, reason, detail from charging.suspended_usage order by line_number`,
    );
    expect(setAside).toEqual(
      [7, 8, 30].map((at) => ({
        record_id: `n${at}`,
        line_number: at + 2,
        reason: 'malformed',
        detail: 'its values cannot be stored',
      })),
    );
    expect(Object.keys(await ratedByRecord(operator))).toHaveLength(38);
  });
});

describe('a call whose parts do not come', () => {
  const number = () => family.numberOf('main');
  const send = async (...lines: string[]): Promise<FileBody & { waiting: number }> => {
    const csv = ['id,type,number,start,seconds,call,part,end', ...lines, ''].join('\n');
    const answer = await operator.rest('POST', '/usage/files?source=parts&name=parts.csv', csv, {
      headers: { 'content-type': 'text/csv' },
    });
    await operator.settle();
    const { fileId } = answer.body as { fileId: string };
    return (await operator.rest('GET', `/usage/files/${fileId}`)).body as FileBody & { waiting: number };
  };
  const waits = () =>
    operator.sql(
      `select record_id, reason from charging.suspended_usage where source = 'parts' order by record_id`,
    );

  it('is flagged once they have waited long enough, without the source being closed', async () => {
    const file = await send(`w1,voice,${number()},2026-06-20T09:00:00+08:00,60,c1,1,0`);
    expect(file).toMatchObject({ read: 1, rated: 0, waiting: 1, suspended: 0 });
    await operator.moveClock('2026-06-20T13:59:59+08:00');
    await operator.settle();
    expect(await waits()).toEqual([]);
    await operator.moveClock('2026-06-20T14:00:00+08:00');
    await operator.settle();
    expect(await waits()).toEqual([{ record_id: 'w1', reason: 'part_missing' }]);
    const flagged = (await operator.rest('GET', `/usage/files/${file.fileId}`)).body;
    expect(flagged).toMatchObject({ read: 1, rated: 0, waiting: 0, suspended: 1 });
    await send(`w2,voice,${number()},2026-06-20T09:01:00+08:00,60,c1,2,1`);
    expect(await ratedByRecord(operator)).toHaveProperty('w1');
  });
});

describe('prepaid money under a file', () => {
  const buckets = (accountId: string) =>
    operator.sql<{ kind: string; remaining: string; overrun: string }>(
      `select kind, remaining, overrun from charging.money_bucket where account_id = $1 order by kind`,
      [accountId],
    );
  const messages = (from: number, count: number) =>
    Array.from(
      { length: count },
      (_, at) => `m${from + at},sms,main,10086,2026-06-20T08:00:0${at}+08:00,,,1`,
    );

  it('comes from the bonus until it ends and from the main bucket then, each message once', async () => {
    const prepaid = await sellFamily(operator, ['main'], {
      account: { paymentMode: 'prepaid' },
      bundle: false,
    });
    await operator.settle();
    const { accountId } = prepaid.account;
    const paymentId = newId();
    await operator.command('charging.topUp', { accountId, paymentId, amount: '10.00' }, { key: paymentId });
    await deliver(operator, usageCsv(messages(0, 4), prepaid));
    expect(await spent(accountId)).toBe('400000');
    expect(await buckets(accountId)).toEqual([
      { kind: 'bonus', remaining: '600000', overrun: '0' },
      { kind: 'main', remaining: '10000000', overrun: '0' },
    ]);

    // As the bonus ends, a file comes: whichever is first, nothing is taken twice and nothing is lost.
    const csv = usageCsv([...messages(0, 4), ...messages(4, 6)], prepaid);
    const [, file] = await Promise.all([
      operator.moveClock('2026-07-01T00:00:00+08:00'),
      deliver(operator, csv, 'again.csv'),
    ]);
    await operator.settle();
    expect(file).toMatchObject({ read: 10, rated: 6, duplicates: 4 });
    expect(await spent(accountId)).toBe('1000000');
    const entries = await operator.sql<{ kind: string; sum: string }>(
      `select kind, sum(delta)::text from charging.money_entry where account_id = $1 group by kind`,
      [accountId],
    );
    const moved = new Map(entries.map(({ kind, sum }) => [kind, BigInt(sum)]));
    expect(moved.get('use')).toBe(-1_000_000n);
    const lapsed = moved.get('expire') ?? 0n;
    expect([0n, -600_000n]).toContain(lapsed);
    expect(await buckets(accountId)).toEqual([
      { kind: 'bonus', remaining: '0', overrun: '0' },
      { kind: 'main', remaining: (10_000_000n + lapsed).toString(), overrun: '0' },
    ]);
  });

  /** What the account's usage came to, in micro-yuan. */
  async function spent(accountId: string): Promise<string | undefined> {
    const [row] = await operator.sql<{ sum: string }>(
      'select coalesce(sum(amount), 0)::text as sum from charging.rated_usage where account_id = $1',
      [accountId],
    );
    return row?.sum;
  }
});
