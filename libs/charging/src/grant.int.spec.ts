import type { BalancePolicy } from '@ronghe/contracts';
import { instantFromIso, laneOf, newId } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { AccountBooks } from './balance/account-books.service';
import { Balances } from './balance/balance.service';
import { rerateShards } from './balance/rerate-shards';
import { chargingDomain } from './charging.domain';
import {
  auditDifferences,
  deliver,
  publishDocuments,
  ratedByRecord,
  sellFamily,
  usageCsv,
  waitsForLock,
  type Family,
} from './family.fixture';

import { plainBalancePolicy } from './money/balance-policy';

/** Units that are given once, with a top-up or by staff. */

let operator: TestOperator;
let family: Family;

beforeEach(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  family = await sellFamily(operator, ['main', 'sub1'], { bundle: false });
  await operator.settle();
  await operator.moveClock('2026-06-20T00:00:00+08:00');
});
afterEach(async () => {
  expect(await auditDifferences(operator)).toEqual([]);
  await operator.stop();
});

const productId = (card: string): string => family.products[card]?.productId ?? card;
const call = (id: string, card: string, at: string, minutes: number) =>
  `${id},voice,${card},8613800138000,${at}+08:00,${minutes * 60},,`;

it('gives units with a top-up that reaches the rule, once however often it is delivered', async () => {
  const rule = (from: string, quantity: string) => ({
    ...{ code: `units-${from}`, label: { en: 'Minutes', 'zh-CN': '分钟' }, from, quantity },
    ...{ usageClasses: ['voice'], unit: 'minute', validDays: 10, priority: 5 },
  });
  const topUp = { ...plainBalancePolicy.topUp, units: [rule('50.00', '30'), rule('100.00', '70')] };
  const document = { ...plainBalancePolicy, version: 1, topUp } as BalancePolicy;
  await operator.publish('policy.published.v1', {
    ...{ aggregateId: 'balance', lane: laneOf('balance'), version: 1 },
    payload: {
      ...{ code: 'balance', version: 1, document },
      publishedAt: instantFromIso('2026-06-01T00:00:00+08:00'),
    },
  });
  const payer = await sellFamily(operator, ['main', 'sub1'], {
    bundle: false,
    account: { paymentMode: 'prepaid' },
  });
  await operator.settle();
  const { accountId } = payer.account;
  const pay = (amount: string, paymentId = newId()) =>
    operator.command('charging.topUp', { accountId, paymentId, amount }, { key: paymentId });
  expect((await pay('49.99')).units).toBeUndefined();
  const paymentId = newId();
  const answers = await Promise.all([1, 2, 3].map(() => pay('120.00', paymentId)));
  await pay('60.00');
  expect(answers.map(({ units }) => units?.length)).toEqual([1, 1, 1]);
  // To the end of the tenth local day after.
  expect(answers[0]?.units?.[0]?.validTo).toBe(instantFromIso('2026-07-01T00:00:00+08:00'));
  const given = await operator.sql<{ quantity: string; card_group_id: string }>(
    `select quantity, card_group_id from charging.unit_grant where account_id = $1 order by grant_id`,
    [accountId],
  );
  const group = payer.products['main']?.productId;
  expect(given).toEqual(['70', '30'].map((quantity) => ({ quantity, card_group_id: group })));
  // Used after the plan's 1000 minutes of 20 days.
  await operator.moveClock('2026-06-21T00:00:00+08:00');
  await deliver(operator, usageCsv([call('t1', 'main', '2026-06-20T12:00:00', 720)], payer), 't.csv');
  const taken = (await ratedByRecord(operator))['t1'] ?? '';
  expect(
    taken
      .split(' ')
      .slice(1)
      .map((take) => take.split(':')[1]),
  ).toEqual(['667', '53']);
});

it('gives minutes once for a payment, after the allowances, and carries them over period ends until they expire', async () => {
  const paymentId = newId();
  const input = {
    productId: productId('main'),
    label: { en: 'bonus minutes', 'zh-CN': '赠送分钟' },
    usageClasses: ['voice' as const],
    unit: 'minute' as const,
    quantity: '100',
    validTo: '2026-07-15T16:00:00.000Z' as never,
    reason: 'topped up 100',
  };
  const given = await operator.command('charging.grantUnits', input, { key: paymentId });
  expect(await operator.command('charging.grantUnits', input, { key: paymentId })).toEqual(given);
  const [row] = await operator.sql<{ bucket: string }>(
    `select 'grant/' || grant_id as bucket from charging.unit_grant`,
  );
  const bucket = row?.bucket ?? '';
  await operator.moveClock('2026-07-20T00:00:00+08:00');
  await deliver(
    operator,
    usageCsv(
      [
        // 1000 minutes, 20 days of 30.
        call('a1', 'main', '2026-06-19T23:00:00', 660),
        call('a2', 'main', '2026-06-20T10:00:00', 30),
        call('b1', 'sub1', '2026-07-02T10:00:00', 1020),
        call('b2', 'main', '2026-07-15T23:00:00', 20),
        call('b3', 'main', '2026-07-16T00:00:00', 1),
      ],
      family,
    ),
  );
  const rated = await ratedByRecord(operator);
  expect(rated['a1']).toBe('0 mobile-5g-199/voice:660');
  expect(rated['a2']).toBe(`0 mobile-5g-199/voice:7 ${bucket}:23`);
  expect(rated['b1']).toBe(`0 mobile-5g-199/voice:1000 ${bucket}:20`);
  expect(rated['b2']).toBe(`0 ${bucket}:20`);
  expect(rated['b3']).toMatch(/^[1-9]\d* $/);
  await operator.sql('update charging.group_period set needs_rerate = true');
  await deliver(operator, usageCsv(['bad,voice,nobody,86,2026-07-01T00:00:00+08:00,60,,']), 'bad.csv');
  expect(await ratedByRecord(operator)).toEqual(rated);
  expect(await operator.sql('select 1 from charging.rerate where amount_delta <> 0')).toEqual([]);
  const buckets = await operator.sql<{ origin: string; granted: string; remaining: string }>(
    `select origin, granted, remaining from charging.bucket_balance where code = $1 order by period`,
    [bucket],
  );
  expect(buckets.map(({ origin, granted, remaining }) => [origin, granted, remaining])).toEqual([
    ['base', '100', '77'],
    ['carried', '77', '37'],
  ]);
});

it('gives units on the word of staff, to one card, and refuses the past and nothing', async () => {
  const give = (more: object) =>
    operator.graphql(
      `mutation ($input: GrantUnitsInput!, $key: String!) { grantUnits(input: $input, idempotencyKey: $key) { bucket validTo } }`,
      {
        input: {
          ...{ productId: productId('sub1'), isForProductOnly: true, labelEn: 'sorry', labelZhCN: '致歉' },
          ...{ usageClasses: ['SMS'], unit: 'MESSAGE', quantity: '5', reason: 'outage', ...more },
        },
        key: newId(),
      },
    );
  const given = (await give({})).data as { grantUnits: { bucket: string; validTo: string } };
  expect(given.grantUnits.validTo).toBe('2026-06-30T16:00:00.000Z');
  await operator.moveClock('2026-06-22T00:00:00+08:00');
  const sms = (id: string, card: string) => `${id},sms,${card},86138,2026-06-21T10:00:00+08:00,,,1`;
  await deliver(operator, usageCsv([sms('s1', 'sub1'), sms('s2', 'main')], family));
  const rated = await ratedByRecord(operator);
  expect(rated['s1']).toBe(`0 ${given.grantUnits.bucket}:1`);
  expect(rated['s2']).toMatch(/^[1-9]\d* $/);
  const code = async (more: object) => (await give(more)).errors?.[0]?.extensions?.['code'];
  expect(await code({ quantity: '0' })).toBe('unit_grant_invalid');
  expect(await code({ validFrom: '2026-06-01T00:00:00+08:00' })).toBe('unit_grant_invalid');
  expect(await code({ validTo: '2026-06-01T00:00:00+08:00' })).toBe('unit_grant_invalid');
});

it('keeps what is given while a job that rates again is at work', async () => {
  const { accountId } = family.account;
  const books = operator.get(AccountBooks);
  const open = books.open.bind(books);
  const thirtyMinutes = {
    ...{ productId: productId('main'), usageClasses: ['voice' as const], unit: 'minute' as const },
    ...{ label: { en: 'Minutes', 'zh-CN': '分钟' }, quantity: '30', reason: 'voucher' },
  };
  let giving: Promise<unknown> = Promise.resolve();
  const spy = jest.spyOn(books, 'open').mockImplementationOnce(async (tx, accountIds) => {
    const book = await open(tx, accountIds);
    // It comes between what the job reads and what it locks, or waits for it.
    giving = operator.command('charging.grantUnits', thirtyMinutes, { key: newId() });
    await Promise.race([giving, waitsForLock(operator)]);
    return book;
  });
  await operator.sql('update charging.group_period set needs_rerate = true where account_id = $1', [
    accountId,
  ]);
  for (const shard of rerateShards) await operator.get(Balances).rerate(shard);
  await giving;
  expect(spy.mock.calls.length).toBeGreaterThan(1);
  spy.mockRestore();
  const buckets = await operator.sql<{ granted: string }>(
    `select granted from charging.bucket_balance where account_id = $1 and code like 'grant/%'`,
    [accountId],
  );
  expect(buckets).toEqual([{ granted: '30' }]);
});
