import { instantFromIso, laneOf, newId } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import {
  auditDifferences,
  deliver,
  publishDocuments,
  sellFamily,
  usageCsv,
  type Family,
} from '../family.fixture';
import { chargingDomain } from '../index';
import { plainBalancePolicy } from '../money/balance-policy';

let operator: TestOperator;
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-20T00:00:00+08:00' });
  await publishDocuments(operator);
  const document = {
    ...plainBalancePolicy,
    version: 1,
    notices: { usedPercents: [50, 100], lowMoney: '10', spendCaps: ['5.00'] },
  };
  const publishedAt = instantFromIso('2026-06-01T00:00:00+08:00');
  await operator.publish('policy.published.v1', {
    aggregateId: 'balance',
    lane: laneOf('balance'),
    version: 1,
    payload: { code: 'balance', version: 1, document, publishedAt },
  });
});
afterAll(() => operator?.stop());
afterEach(async () => expect(await auditDifferences(operator)).toEqual([]));

async function sell(paymentMode: 'prepaid' | 'postpaid', topUp: string | null): Promise<Family> {
  const family = await sellFamily(operator, ['main'], { bundle: false, account: { paymentMode } });
  await operator.settle();
  const paymentId = newId();
  const { accountId } = family.account;
  if (topUp) {
    await operator.command('charging.topUp', { accountId, paymentId, amount: topUp }, { key: paymentId });
  }
  return family;
}

const call = (id: string, hour: number, minutes: number) =>
  `${id},voice,main,861380000,2026-06-19 ${String(hour).padStart(2, '0')}:00:00,${minutes * 60},,`;

async function noticesOf(family: Family): Promise<string[]> {
  const rows = await operator.sql<{ kind: string; threshold: string; payload: string }>(
    `select payload->>'kind' as kind, payload->>'threshold' as threshold from charging.outbox
     where type = 'balance-notice.raised.v1' and payload->>'accountId' = $1 order by aggregate_id`,
    [family.account.accountId],
  );
  return rows.map((row) => `${row.kind} ${row.threshold}`).sort();
}

const moneyOf = async (family: Family) => {
  const [row] = await operator.sql<{ left: string; total: string }>(
    `select remaining - overrun as left, (select coalesce(sum(amount), 0) from charging.usage_sum t
       where t.account_id = b.account_id) as total
     from charging.money_bucket b where account_id = $1`,
    [family.account.accountId],
  );
  return { left: BigInt(row?.left ?? 0), total: BigInt(row?.total ?? 0) };
};

it('takes what offline usage comes to from prepaid money, and tells each threshold once, also when it is rated again', async () => {
  const family = await sell('prepaid', '30.00');
  const minutes = 500;
  await deliver(operator, usageCsv([call('n1', 10, minutes), call('n2', 19, minutes)], family), 'a.csv');
  const { total } = await moneyOf(family);
  await deliver(operator, usageCsv([call('n0', 1, 600)], family), 'late.csv');
  const after = await moneyOf(family);
  expect(after.total).toBeGreaterThan(total);
  expect(after.left).toBe(30_000_000n - after.total);
  const said = await noticesOf(family);
  expect(new Set(said).size).toBe(said.length);
  expect(said).toContain('spend-cap 5.00');
  expect(said).toContain('money-low 10');
  expect(said.filter((each) => each.startsWith('allowance-used')).length).toBeGreaterThanOrEqual(2);
});

it('leaves the money of postpaid accounts alone', async () => {
  const family = await sell('postpaid', null);
  await deliver(operator, usageCsv([call('p1', 10, 1300)], family), 'post.csv');
  expect((await moneyOf(family)).left).toBe(0n);
});
