import type { AccountOpened, BalancePolicy } from '@ronghe/contracts';
import { instantFromIso, laneOf, newId } from '@ronghe/kernel';
import { auditDifferences, deliver, openAccount, sellFamily, usageCsv, type Family } from './family.fixture';
import { plainBalancePolicy } from './money/balance-policy';
import { causeOf, granted } from './session/network-function.fixture';
import { referenceOf, TariffSessions, KB } from './session/tariff-sessions.fixture';

/** A child's prepaid card, whose usage the parent's account pays up to 12 yuan a month. Data 0.01 yuan a KB. */

let tariff: TariffSessions;
let parent: Family;
let child: Family;

const policy: BalancePolicy = {
  ...plainBalancePolicy,
  version: 1,
  notices: { usedPercents: [50, 80, 100], lowMoney: null, spendCaps: [] },
};

beforeEach(async () => {
  tariff = await TariffSessions.start('2026-06-11T09:00:00+08:00');
  const { operator } = tariff;
  await operator.publish('policy.published.v1', {
    aggregateId: policy.code,
    lane: laneOf(policy.code),
    version: 1,
    payload: {
      code: policy.code,
      version: 1,
      document: policy,
      publishedAt: instantFromIso('2026-01-01T00:00:00+08:00'),
    },
  });
  parent = await sell('20.00');
  child = await sell('5.00', { balanceGroupId: parent.account.balanceGroupId, lane: parent.account.lane });
});
afterEach(async () => {
  const differences = await auditDifferences(tariff.operator);
  await tariff.operator.stop();
  expect(differences).toEqual([]);
});

async function sell(yuan: string, more: Partial<AccountOpened> = {}): Promise<Family> {
  const { operator } = tariff;
  const account = await openAccount(operator, { paymentMode: 'prepaid', ...more });
  await topUp(account.accountId, yuan);
  const family = await sellFamily(operator, ['main'], { bundle: false, online: ['main'], account });
  await operator.settle();
  return family;
}

async function topUp(accountId: string, amount: string): Promise<void> {
  const { operator } = tariff;
  await operator.settle();
  const paymentId = newId();
  await operator.command('charging.topUp', { accountId, paymentId, amount }, { key: paymentId });
}

async function share(owner: string, member: string, cap: string | null) {
  const answer = await tariff.operator.graphql(
    `mutation ($input: ShareMoneyInput!, $key: String!) {
      shareMoney(input: $input, idempotencyKey: $key) { sharingId fromPeriod cap } }`,
    { input: { ownerAccountId: owner, memberAccountId: member, cap, reason: 'family' }, key: newId() },
  );
  return {
    sharing: (answer.data as { shareMoney: { sharingId: string; fromPeriod: string } } | null)?.shareMoney,
    refusal: answer.errors?.[0]?.extensions?.['code'],
  };
}

const ids = (): [string, string] => [parent.account.accountId, child.account.accountId];
const ask = (family: Family, kilobytes: number) =>
  tariff.open(family, {
    multipleUnitUsage: [{ ratingGroup: 1, requestedUnit: { totalVolume: kilobytes * KB } }],
  });
const release = (reference: string, kilobytes: number) =>
  tariff.report('release', reference, 1, [
    {
      ratingGroup: 1,
      ...(kilobytes > 0 && {
        usedUnitContainer: [{ localSequenceNumber: 1, totalVolume: kilobytes * KB }],
      }),
    },
  ]);
const kilobytesOf = (answer: Awaited<ReturnType<typeof ask>>) =>
  granted(answer).map(({ grantedUnit }) => (grantedUnit?.totalVolume ?? 0) / KB);

/** Fields of an account, as the gateway asks for them. */
async function fieldsOf({ account: { accountId } }: Family, fields: string): Promise<unknown> {
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Account { ${fields} } } }`;
  const variables = { of: [{ __typename: 'Account', accountId }] };
  const actor = encodeURIComponent(JSON.stringify({ id: 'clerk', roles: ['counter'] }));
  const headers = { 'x-ronghe-internal': 'internal-token-of-a-test', 'x-ronghe-actor': actor };
  const body = { query, variables };
  const answer = await tariff.operator.rest('POST', '/internal/graphql/charging', body, { headers });
  return (answer.body as { data: { _entities: unknown[] } }).data._entities[0];
}

async function useOf(period = '2026-07'): Promise<unknown> {
  const fields = `moneySharings { account { accountId } memberAccount { accountId } cap
    use(period: "${period}") { used reserved remaining } }`;
  return ((await fieldsOf(child, fields)) as { moneySharings: unknown }).moneySharings;
}

const call = (id: string, at: string, seconds: number) =>
  `${id},voice,main,8613800138000,${at}+08:00,${seconds},,`;

it("pays a member's sessions and usage files up to its cap, from the next period on", async () => {
  const { sharing } = await share(...ids(), '12.00');
  expect(sharing).toEqual({ sharingId: sharing?.sharingId, fromPeriod: '2026-07', cap: '12.00' });
  // Not before: five yuan of its own.
  const early = await ask(child, 3000);
  expect(kilobytesOf(early)).toEqual([500]);
  await release(referenceOf(early), 0);

  await tariff.operator.moveClock('2026-07-02T09:00:00+08:00');
  const first = await ask(child, 3000);
  expect(kilobytesOf(first)).toEqual([1700]);
  const second = await ask(child, 1);
  expect([second.status, causeOf(second)]).toEqual([403, 'QUOTA_LIMIT_REACHED']);
  const own = await ask(parent, 3000);
  expect(kilobytesOf(own)).toEqual([800]);
  const sharingOf = (use: object) => [
    {
      account: { accountId: parent.account.accountId },
      memberAccount: { accountId: child.account.accountId },
      ...{ cap: '12.00', use },
    },
  ];
  expect(await useOf()).toEqual(sharingOf({ used: '0.00', reserved: '12.00', remaining: '12.00' }));
  await release(referenceOf(first), 1000);
  await release(referenceOf(own), 0);
  expect(await useOf()).toEqual(sharingOf({ used: '5.00', reserved: '0.00', remaining: '7.00' }));
  expect(await tariff.moneyOf(parent)).toBe('15000000 left, 0 reserved, 0 owed');
  expect(await tariff.moneyOf(child)).toBe('0 left, 0 reserved, 0 owed');

  // 60 × 0.02 + 240 × 0.01 = 3.60; then 6.60, of which the cap leaves 3.40.
  const { operator } = tariff;
  await deliver(operator, usageCsv([call('a1', '2026-07-02T08:00:00', 300)], child), 'a.csv');
  expect(await useOf()).toEqual(sharingOf({ used: '8.60', reserved: '0.00', remaining: '3.40' }));
  await deliver(operator, usageCsv([call('a2', '2026-07-02T08:30:00', 600)], child), 'b.csv');
  expect(await useOf('2026-07')).toEqual(sharingOf({ used: '12.00', reserved: '0.00', remaining: '0.00' }));
  expect(await tariff.moneyOf(parent)).toBe('8000000 left, 0 reserved, 0 owed');
  expect(await tariff.moneyOf(child)).toBe('0 left, 0 reserved, 3200000 owed');
  const notices = await operator.sql<{ account_id: string; threshold: string; remaining: string }>(
    `select account_id, threshold, remaining from charging.balance_notice
     where kind = 'allowance-used' order by account_id, threshold::integer`,
  );
  const said = ['50 3.40', '80 0.00', '100 0.00'];
  for (const id of ids()) {
    const own = notices.filter((notice) => notice.account_id === id);
    expect(own.map(({ threshold, remaining }) => `${threshold} ${remaining}`)).toEqual(said);
  }
});

it('tells of the payment as shared money, by the other account, and of the usage as its own of the account that used it', async () => {
  await share(...ids(), null);
  await tariff.operator.moveClock('2026-07-02T09:00:00+08:00');
  const { operator } = tariff;
  // 60 × 0.02 + 600 × 0.01 = 7.20: five of its own.
  await deliver(operator, usageCsv([call('a1', '2026-07-02T08:00:00', 660)], child), 'a.csv');
  const data = await fieldsOf(parent, 'moneyEntries(first: 1) { edges { node { kind amount } } }');
  expect(data).toEqual({
    moneyEntries: { edges: [{ node: { kind: 'TRANSFER_OUT', amount: '-2.20' } }] },
  });
  await operator.moveClock('2026-07-03T09:00:00+08:00');
  const told = await operator.sql<{ account_id: string; told: object }>(
    `select account_id, told from charging.consumption_day where local_day = '2026-07-02'`,
  );
  const byAccount = new Map(told.map((row) => [row.account_id, row.told]));
  const [owner, member] = ids();
  expect(byAccount.get(owner)).toEqual({ [`shared/${member}`]: '-2200000' });
  expect(byAccount.get(member)).toEqual({ [`shared/${owner}`]: '2200000', 'use/voice': '-7200000' });
  const posted = await operator.sql<{ payload: object }>(
    `select payload from charging.outbox where type = 'consumption.posted.v1' and payload->>'day' = '2026-07-02'
       and payload->>'accountId' = $1`,
    [owner],
  );
  expect(posted.map(({ payload }) => payload)).toMatchObject([
    { transferred: '-2.20', shared: [{ accountId: member, amount: '-2.20' }], used: [] },
  ]);
});

it('ends with the period, and refuses what cannot be', async () => {
  const { operator } = tariff;
  const [owner, member] = ids();
  const other = await openAccount(operator, { paymentMode: 'prepaid' });
  const { balanceGroupId, lane } = parent.account;
  const postpaid = await openAccount(operator, { balanceGroupId, lane });
  const later = await openAccount(operator, { balanceGroupId, lane, billDay: 5, paymentMode: 'prepaid' });
  await operator.settle();
  const refusal = async (...input: Parameters<typeof share>) => (await share(...input)).refusal;
  expect(await refusal(owner, other.accountId, null)).toBe('money_sharing_accounts_differ');
  expect(await refusal(owner, postpaid.accountId, null)).toBe('money_sharing_accounts_differ');
  expect(await refusal(owner, later.accountId, null)).toBe('money_sharing_accounts_differ');
  expect(await refusal(owner, owner, null)).toBe('money_sharing_conflict');
  expect(await refusal(owner, member, '-1')).toBe('amount_invalid');
  expect(await refusal(owner, newId(), null)).toBe('account_not_found');
  const { sharing } = await share(owner, member, null);
  expect(await refusal(member, owner, null)).toBe('money_sharing_conflict');

  await operator.moveClock('2026-07-02T09:00:00+08:00');
  const end = () =>
    operator.graphql(
      `mutation ($input: EndMoneySharingInput!, $key: String!) {
        endMoneySharing(input: $input, idempotencyKey: $key) { toPeriod } }`,
      { input: { accountId: member, sharingId: sharing?.sharingId, reason: 'moved out' }, key: newId() },
    );
  expect((await end()).data).toEqual({ endMoneySharing: { toPeriod: '2026-08' } });
  expect((await end()).errors?.[0]?.extensions?.['code']).toBe('money_sharing_ended');
  const before = await ask(child, 3000);
  expect(kilobytesOf(before)).toEqual([2500]);
  await release(referenceOf(before), 500);
});
