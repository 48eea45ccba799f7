import { instantFromIso, newId } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from './charging.domain';
import {
  auditDifferences,
  capSpending,
  countedSpending,
  deliver,
  publishDocuments,
  ratedByRecord,
  sellFamily,
  terminate,
  usageCsv,
  type Family,
} from './family.fixture';
import { granted, NetworkFunction } from './session/network-function.fixture';

/** A family whose members have accounts of their own, in one balance group, uses the allowances of the first. */

const GB = 1_048_576;
const VOICE = 'mobile-5g-199/voice';
const DATA = 'mobile-5g-199/data';

let operator: TestOperator;
let network: NetworkFunction;
let parent: Family;
/** A fixed line: has no minutes of its own. */
let granny: Family;
/** A card with the same plan. */
let child: Family;

beforeEach(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  network = new NetworkFunction(operator);
  await publishDocuments(operator);
  parent = await sellFamily(operator, ['main', 'sub1'], { bundle: false, online: ['main'] });
  const { balanceGroupId, lane } = parent.account;
  granny = await sellFamily(operator, ['fixed'], {
    bundle: false,
    account: { balanceGroupId, lane, paymentMode: 'prepaid' },
  });
  child = await sellFamily(operator, ['main'], {
    bundle: false,
    online: ['main'],
    account: { balanceGroupId, lane },
  });
  await operator.settle();
});
afterEach(async () => {
  expect(await auditDifferences(operator)).toEqual([]);
  await operator.stop();
});

const idOf = (family: Family, card: string): string => family.products[card]?.productId ?? card;
const call = (id: string, card: string, at: string, minutes: number) =>
  `${id},voice,${card},8613800138000,${at}+08:00,${minutes * 60},,`;

async function share(member: string, caps: object[], owner = idOf(parent, 'main')) {
  return operator.graphql<{ shareAllowances: { sharingId: string } }>(
    `mutation ($input: ShareAllowancesInput!, $key: String!) {
      shareAllowances(input: $input, idempotencyKey: $key) {
        sharingId account { accountId } memberAccount { accountId } } }`,
    { input: { ownerProductId: owner, memberProductId: member, caps, reason: 'family' }, key: newId() },
  );
}

async function shareAll(): Promise<void> {
  await operator.moveClock('2026-06-20T00:00:00+08:00');
  const shared = await share(idOf(granny, 'fixed'), [{ usageClass: 'VOICE', units: '100' }]);
  expect(shared.data?.shareAllowances).toMatchObject({
    account: { accountId: parent.account.accountId },
    memberAccount: { accountId: granny.account.accountId },
  });
  await share(idOf(child, 'main'), [{ usageClass: 'DATA', units: String(GB) }]);
}

async function rateAllAgain(): Promise<void> {
  await operator.sql('update charging.group_period set needs_rerate = true');
  await deliver(operator, usageCsv(['bad,voice,nobody,86,2026-07-01T00:00:00+08:00,60,,']), `${newId()}.csv`);
}

async function topUp(family: Family, amount: string): Promise<void> {
  const { accountId } = family.account;
  await operator.command('charging.topUp', { accountId, paymentId: newId(), amount }, { key: newId() });
}

interface ConsumptionReport {
  bucket: {
    usageType: string;
    bucketBalance: { remainingValue: { amount: number } }[];
    bucketCounter: { counterType: string; value: { amount: number } }[];
  }[];
}

/** What TMF677 says of an account's minutes. */
async function minutesOf(family: Family): Promise<string[]> {
  const path = `/tmf-api/usageConsumption/v4/usageConsumptionReport/${family.account.accountId}`;
  const report = (await operator.rest('GET', path)).body as ConsumptionReport;
  return report.bucket
    .filter(({ usageType }) => usageType === 'voice')
    .map(({ bucketBalance, bucketCounter }) =>
      [
        `left ${bucketBalance[0]?.remainingValue.amount}`,
        ...bucketCounter.map(({ counterType, value }) => `${counterType} ${value.amount}`),
      ].join(', '),
    );
}

/** What charging adds to an account in the supergraph. */
async function accountOf(family: Family, fields: string): Promise<unknown> {
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Account { ${fields} } } }`;
  const variables = { of: [{ __typename: 'Account', accountId: family.account.accountId }] };
  const actor = encodeURIComponent(JSON.stringify({ id: 'clerk', roles: ['counter'] }));
  const headers = { 'x-ronghe-internal': 'internal-token-of-a-test', 'x-ronghe-actor': actor };
  return (await operator.rest('POST', '/internal/graphql/charging', { query, variables }, { headers })).body;
}

it('takes minutes of another account within the cap, and charges the rest to its own', async () => {
  await shareAll();
  await topUp(granny, '10.00');
  // What a member spends is counted with its owner's unit, for a cap of its own.
  await capSpending(operator, idOf(parent, 'main'), '1000.00', { atLimit: 'NOTIFY' });
  await capSpending(operator, idOf(granny, 'fixed'), '0.01', { atLimit: 'NOTIFY' });
  await operator.moveClock('2026-07-20T00:00:00+08:00');
  await deliver(
    operator,
    usageCsv(
      [call('g1', 'fixed', '2026-07-02T10:00:00', 90), call('g2', 'fixed', '2026-07-03T10:00:00', 30)],
      granny,
    ),
    'granny.csv',
  );
  await deliver(operator, usageCsv([call('p1', 'main', '2026-07-04T10:00:00', 950)], parent), 'p.csv');
  const rated = await ratedByRecord(operator);
  expect(rated['g1']).toBe(`0 ${VOICE}:90`);
  const counted = await countedSpending(operator, idOf(granny, 'fixed'));
  expect(counted).toEqual([`2026-07-03 ${rated['g2']?.split(' ')[0]}`]);
  const reached = await operator.sql(
    `select product_id, threshold from charging.balance_notice where kind = 'spend-cap' and subject like '%/cap'`,
  );
  expect(reached).toEqual([{ product_id: idOf(granny, 'fixed'), threshold: '0.01' }]);
  expect(rated['g2']).toMatch(new RegExp(`^[1-9]\\d* ${VOICE}:10$`));
  // 1000 − 100 of the other account.
  expect(rated['p1']).toMatch(new RegExp(`^[1-9]\\d* ${VOICE}:900$`));

  const charges = await operator.sql<{ account_id: string; amount: string; units: string }>(
    `select account_id, sum(amount)::text as amount, sum(units_from_allowance)::text as units
     from charging.usage_sum where period = '2026-07' group by 1`,
  );
  const byAccount = new Map(charges.map((row) => [row.account_id, row]));
  expect(byAccount.get(granny.account.accountId)).toMatchObject({
    amount: rated['g2']?.split(' ')[0],
    units: '100',
  });
  expect(byAccount.get(parent.account.accountId)?.units).toBe('900');
  // Own money of the member pays what is beyond.
  const [spent] = await operator.sql<{ spent: string }>(
    `select (-sum(delta))::text as spent from charging.money_entry where account_id = $1 and kind = 'use'`,
    [granny.account.accountId],
  );
  expect(spent?.spent).toBe(rated['g2']?.split(' ')[0]);

  await rateAllAgain();
  expect(await ratedByRecord(operator)).toEqual(rated);

  expect(await minutesOf(granny)).toEqual(['left 0, used 1000, usedByMember 100, granted 1000']);
  expect(await minutesOf(parent)).toEqual(['left 0, used 1000, granted 1000']);
  const listed = await operator.rest(
    'GET',
    `/tmf-api/prepayBalanceManagement/v4/bucket?partyAccount.id=${granny.account.accountId}`,
  );
  expect(listed.body).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        usageType: 'voice',
        remainingValue: expect.objectContaining({ amount: 0 }) as unknown,
        partyAccount: expect.objectContaining({ id: parent.account.accountId }) as unknown,
      }),
    ]),
  );
});

it('says in an explanation whose minutes they were, and shows both accounts what is shared', async () => {
  await shareAll();
  await operator.moveClock('2026-07-20T00:00:00+08:00');
  await deliver(operator, usageCsv([call('g1', 'fixed', '2026-07-02T10:00:00', 40)], granny), 'g.csv');
  const [usage] = await operator.sql<{ usage_id: string }>(
    `select usage_id from charging.rated_usage where record_id = 'g1'`,
  );
  const explained = await operator.graphql<{ explainUsage: object }>(
    `query ($account: ID!, $usage: ID!) { explainUsage(accountId: $account, usageId: $usage) {
       accountId matches recomputed sources { bucket units ownerCard sharedBy sharingCap } } }`,
    { account: granny.account.accountId, usage: usage?.usage_id },
  );
  expect(explained.errors).toBeUndefined();
  expect(explained.data?.explainUsage).toEqual({
    ...{ accountId: granny.account.accountId, matches: true, recomputed: '0.00' },
    sources: [
      {
        ...{ bucket: VOICE, units: '40', ownerCard: 'main' },
        ...{ sharedBy: parent.account.accountId, sharingCap: '100' },
      },
    ],
  });
  for (const family of [parent, granny]) {
    const answer = await accountOf(family, 'sharings { uses { bucket used cap } }');
    expect(JSON.stringify(answer)).toContain(`{"bucket":"${VOICE}","used":"40","cap":"100"}`);
  }
});

it('grants and charges a session of one account from another’s data, within the cap', async () => {
  await shareAll();
  await operator.moveClock('2026-07-02T00:00:00+08:00');
  // Its own 100 GB, then 1 GB of the other account's, and no more of it.
  const created = await network.create(child.numberOf('main'), [{ requested: 1_048_576 }]);
  expect(granted(created)).toMatchObject([{ grantedUnit: { totalVolume: 1_048_576 } }]);
  await network.post(
    `/nchf-convergedcharging/v3/chargingdata/${created.reference}/release`,
    network.body(1, [{ used: 101.5 * GB * 1024 }], {}),
  );
  const text = (await ratedByRecord(operator))[created.reference] ?? '';
  const own = idOf(child, 'main');
  expect(text.split(' ').slice(1)).toEqual([
    `rolled/member/${own}/${DATA}:${40 * GB}`,
    `member/${own}/${DATA}:${60 * GB}`,
    `rolled/${DATA}:${GB}`,
  ]);
  const [charged] = await operator.sql<{ account_id: string; amount: string }>(
    `select account_id, amount::text from charging.usage_sum where period = '2026-07'`,
  );
  expect(charged).toEqual({ account_id: child.account.accountId, amount: text.split(' ')[0] });
  await rateAllAgain();
  expect((await ratedByRecord(operator))[created.reference]).toBe(text);
});

it('follows when the other account’s plan ends', async () => {
  await shareAll();
  await operator.moveClock('2026-07-10T00:00:00+08:00');
  await deliver(operator, usageCsv([call('g1', 'fixed', '2026-07-02T10:00:00', 40)], granny), 'g1.csv');
  await terminate(operator, parent, ['sub1', 'main'], instantFromIso('2026-07-10T00:00:00+08:00'));
  await operator.settle();
  await operator.moveClock('2026-08-20T00:00:00+08:00');
  await deliver(operator, usageCsv([call('g2', 'fixed', '2026-08-02T10:00:00', 40)], granny), 'g2.csv');
  const rated = await ratedByRecord(operator);
  expect(rated['g1']).toBe(`0 ${VOICE}:40`);
  expect(rated['g2']).toMatch(/^[1-9]\d* $/);
});

it('refuses accounts of other groups, and of another bill cycle', async () => {
  const refusal = async (family: Family) =>
    (await share(idOf(family, 'main'), [])).errors?.[0]?.extensions?.['code'];
  const stranger = await sellFamily(operator, ['main'], { bundle: false });
  const { balanceGroupId, lane } = parent.account;
  const otherDay = await sellFamily(operator, ['main'], {
    bundle: false,
    account: { balanceGroupId, lane, billDay: 15 },
  });
  await operator.settle();
  expect(await refusal(stranger)).toBe('sharing_accounts_differ');
  expect(await refusal(otherDay)).toBe('sharing_accounts_differ');
});
