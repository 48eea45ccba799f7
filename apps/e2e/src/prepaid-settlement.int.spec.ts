import { instantFromIso, laneOf, newId } from '@ronghe/kernel';
import { demonstrationDocuments, startOperator, type TestOperator } from '@ronghe/testing';
import { allDomains } from '@ronghe/operator';

/** What is known only when a period is over moves prepaid money with the statement: discounts and minimums, each once. */

const DOCUMENTS = [
  `kind: discount
code: loyal-use
version: 1
effectiveFrom: 2026-01-01
label: { en: Loyal, zh-CN: 老用户优惠 }
scope: account
when: [{ ownsAtLeast: { specification: mobile-prepaid, count: 1 } }]
takes: 10 %
priority: 50
prepaid: on use
`,
  `kind: discount
code: thanks
version: 1
effectiveFrom: 2026-01-01
label: { en: Thanks, zh-CN: 回馈 }
scope: account
when: [{ ownsAtLeast: { specification: mobile-prepaid, count: 1 } }]
takes: 3.00
on: { chargeClasses: [plan fee] }
priority: 100
prepaid: at period end
`,
  `kind: discount
code: bills-only
version: 1
effectiveFrom: 2026-01-01
label: { en: On bills, zh-CN: 后付优惠 }
scope: account
when: [{ ownsAtLeast: { specification: mobile-prepaid, count: 1 } }]
takes: 50 %
priority: 60
`,
  `kind: number-grade
code: number-minimum
version: 1
effectiveFrom: 2026-01-01
label: { en: Minimum spend of a sought-after number, zh-CN: 靓号保底差额 }
chargeClass: number minimum
taxClass: voice
minimums: [{ grade: gold, amount: 20.00 }]
prepaid: at period end
`,
];

interface Card {
  accountId: string;
  number: string;
}

let operator: TestOperator;
let caller: Card;
let gold: Card;
let poor: Card;
beforeAll(async () => {
  operator = await startOperator({ domains: allDomains, startsAt: '2026-06-10T10:00:00+08:00' });
  const files = DOCUMENTS.map((text, index) => ({ path: `policy/prepaid-${index}.yaml`, text }));
  await operator.command(
    'catalog.applyDocuments',
    { files: [...demonstrationDocuments(), ...files] },
    { key: 'open' },
  );
  await operator.settle();
  caller = await open('13700000011', '50.00');
  gold = await open('13788888888', '25.00', 'gold');
  poor = await open('13799999999', '10.00', 'gold');
  await operator.moveClock('2026-06-20T10:00:00+08:00');
  await deliver('june', [`j1,voice,${caller.number},13800000000,2026-06-12T10:00:00+08:00,600,,`]);
  await operator.moveClock('2026-07-01T00:00:00+08:00');
  await close('2026-07-01T00:00:00+08:00');
});
afterAll(() => operator?.stop());
afterEach(async () => expect(await differences()).toEqual([]));

async function open(number: string, funds: string, grade?: string): Promise<Card> {
  const [accountId, customerId, balanceGroupId, productId] = [newId(), newId(), newId(), newId()];
  const lane = laneOf(balanceGroupId);
  const openedAt = instantFromIso('2026-06-10T00:00:00+08:00');
  const opened = {
    ...{ accountId, customerId, balanceGroupId, lane, zone: 'Asia/Shanghai', billDay: 1 },
    ...{ paymentMode: 'prepaid' as const, openedAt },
  };
  await operator.publish('account.opened.v1', { aggregateId: accountId, lane, payload: opened });
  await operator.settle();
  await topUp(accountId, funds);
  const resource = { resourceId: newId(), kind: 'mobile_number' as const, value: number };
  const payload = {
    ...{ productId, customerId, accountId, lane, orderId: newId(), cardGroupId: productId },
    ...{ offeringCode: 'prepaid-8', offeringVersion: 1, role: 'main' as const, card: 'main' },
    ...{ bundleId: null, bundleOfferingCode: null, bundleOfferingVersion: null },
    resources: [{ ...resource, ...(grade && { grade }) }],
    ...{ onlineClasses: [], effectiveFrom: openedAt, effectiveTo: null },
  };
  await operator.publish('product.activated.v1', { aggregateId: productId, lane, payload });
  await operator.settle();
  return { accountId, number };
}

async function topUp(accountId: string, amount: string): Promise<void> {
  await operator.graphql(
    `mutation ($input: TopUpInput!, $key: String!) { topUp(input: $input, idempotencyKey: $key) { state } }`,
    { input: { accountId, amount, method: 'CASH' }, key: newId() },
  );
  await operator.settle();
}

async function deliver(name: string, records: string[]): Promise<void> {
  const csv = ['record_id,type,number,peer,start,duration_s,volume_kb,messages', ...records].join('\n');
  await operator.rest('POST', `/usage/files?source=mediation&name=${name}.csv`, `${csv}\n`, {
    headers: { 'content-type': 'text/csv' },
  });
  await operator.settle();
}

async function close(through: string): Promise<void> {
  await operator.rest('POST', '/usage/sources/mediation/close', { through: instantFromIso(through) });
  await operator.settle();
}

interface StatementNode {
  id: string;
  total: string;
  lines: { chargeClass: string; servicePeriod: string; amount: string; net: string }[];
  discounts: { code: string; amount: string }[];
  statement: { closing: string; used: string; paidBy: Record<string, string> };
}

async function statementsOf({ accountId }: Card): Promise<StatementNode[]> {
  const { data } = await operator.graphql<{ bills: { nodes: StatementNode[] } }>(
    `query ($accountId: ID!) { bills(accountId: $accountId) { nodes { id total
       lines { chargeClass servicePeriod amount net } discounts { code amount }
       statement { used closing paidBy { ownMoney bonuses otherPeriods settled rounding } } } } }`,
    { accountId },
    'billing',
  );
  return [...(data?.bills.nodes ?? [])].reverse();
}

/** Micro-yuan: what is there, what is owed, and what statements moved. */
async function moneyOf({ accountId }: Card) {
  const [bucket] = await operator.sql<{ remaining: string; overrun: string }>(
    `select remaining, overrun from charging.money_bucket where account_id = $1`,
    [accountId],
  );
  const entries = await operator.sql<{ moved: string }>(
    `select tax_class || ' ' || delta as moved from charging.money_entry where account_id = $1 and kind = 'settle'
     order by entry_id`,
    [accountId],
  );
  return { ...bucket, settled: entries.map(({ moved }) => moved) };
}

async function differences(): Promise<unknown[]> {
  await operator.settle();
  const { differences: all } = (await operator.rest('POST', '/audit')).body as {
    differences: { name: string }[];
  };
  // The accounts were opened and sold to by their facts alone.
  return all.filter(
    ({ name }) => !['accounts-published', 'open-accounts', 'products-published'].includes(name),
  );
}

it('gives discounts back with the statement: on fees, and not again on what was cheaper as it was used', async () => {
  const [june] = await statementsOf(caller);
  // 1.90 less 10 % as it was used; of the fee first 10 %, then 3.00. What says nothing of prepaid is for bills.
  expect(june).toMatchObject({
    total: '5.91',
    lines: [
      { chargeClass: 'plan fee', amount: '8.00', net: '4.20' },
      { chargeClass: 'calls', amount: '1.71', net: '1.71' },
    ],
    discounts: [
      { code: 'loyal-use', amount: '0.80' },
      { code: 'thanks', amount: '3.00' },
    ],
    statement: {
      used: '9.71',
      closing: '40.29',
      paidBy: {
        ...{ ownMoney: '9.71', bonuses: '0.00', otherPeriods: '0.00' },
        ...{ settled: '-3.80', rounding: '0.00' },
      },
    },
  });
  // 50.00, less June's use, July's fee, and 3.80 more.
  expect(await moneyOf(caller)).toMatchObject({ remaining: '36090000', settled: ['mobile-plan 3800000'] });
});

it('takes what a number misses of its minimum, after what is given back', async () => {
  const [june] = await statementsOf(gold);
  // 21 of 30 days of 20.00 less the fee of 4.20.
  expect(june?.lines).toMatchObject([
    { chargeClass: 'plan fee', net: '4.20' },
    { chargeClass: 'number minimum', net: '9.80' },
  ]);
  expect(june?.statement.paidBy).toMatchObject({ ownMoney: '8.00', settled: '6.00', otherPeriods: '0.00' });
  expect(await moneyOf(gold)).toEqual({
    ...{ remaining: '3000000', overrun: '0' },
    settled: ['mobile-plan 3800000', 'voice -9800000'],
  });
});

it('is owed where the money does not cover it', async () => {
  // July's fee is unpaid: 10.00 less June's 8.00, 3.80 given back, 9.80 taken.
  expect(await moneyOf(poor)).toMatchObject({ remaining: '0', overrun: '4000000' });
  await topUp(poor.accountId, '20.00');
  expect(await moneyOf(poor)).toMatchObject({ remaining: '8000000', overrun: '0' });
});

it('moves the money once, also where the answer was lost and it is asked for again', async () => {
  const before = await moneyOf(caller);
  await operator.sql(`update billing.settlement set settled_at = null`);
  await operator.moveClock('2026-07-02T00:00:00+08:00');
  expect(await operator.sql(`select 1 from billing.settlement where settled_at is null`)).toEqual([]);
  expect(await moneyOf(caller)).toEqual(before);
});

it('settles on the next statement only what late usage changes, and shows the last settlement in its money', async () => {
  await deliver('late', [`j2,voice,${caller.number},13800000000,2026-06-13T10:00:00+08:00,600,,`]);
  await operator.moveClock('2026-08-01T00:00:00+08:00');
  await close('2026-08-01T00:00:00+08:00');
  const [june, july] = await statementsOf(caller);
  expect(july?.lines).toMatchObject([
    { chargeClass: 'plan fee', servicePeriod: '2026-07', net: '4.20' },
    { chargeClass: 'calls', servicePeriod: '2026-06', net: '1.71' },
  ]);
  // 8.00 and 1.71, less 3.80 of June's statement.
  expect(july?.statement).toMatchObject({ used: '5.91', paidBy: { ownMoney: '5.91', settled: '-3.80' } });
  expect(july?.statement.paidBy).toMatchObject({ otherPeriods: '3.80' });
  const settled = [june, july].map((statement) => Number(statement?.statement.paidBy['settled']) * 1e6);
  expect((await moneyOf(caller)).settled).toEqual(settled.map((micro) => `mobile-plan ${-micro}`));
});
