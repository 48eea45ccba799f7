import { newId } from '@ronghe/kernel';
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
} from './family.fixture';
import { granted, NetworkFunction } from './session/network-function.fixture';

/** A fixed line and a second main card use the allowances of the first main card, on one account. */

const GB = 1_048_576;
const MB_OCTETS = 1_048_576;

let operator: TestOperator;
let network: NetworkFunction;
let parent: Family;
let child: Family;

beforeEach(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  network = new NetworkFunction(operator);
  await publishDocuments(operator);
  parent = await sellFamily(operator, ['main', 'sub1', 'fixed'], { bundle: false });
  await sellSecond([]);
});
afterEach(async () => {
  expect(await auditDifferences(operator)).toEqual([]);
  await operator.stop();
});

async function sellSecond(online: string[]): Promise<void> {
  child = await sellFamily(operator, ['main'], { bundle: false, account: parent.account, online });
  await operator.settle();
}

const idOf = (family: Family, card: string): string => family.products[card]?.productId ?? card;

interface Cap {
  allowanceCode?: string;
  usageClass?: string;
  units: string;
}

async function share(member: string, caps: Cap[], owner = idOf(parent, 'main')) {
  return operator.graphql(
    `mutation ($input: ShareAllowancesInput!, $key: String!) {
      shareAllowances(input: $input, idempotencyKey: $key) { sharingId effectiveFrom }
    }`,
    { input: { ownerProductId: owner, memberProductId: member, caps, reason: 'family' }, key: newId() },
  );
}

async function shareAll(): Promise<string[]> {
  await operator.moveClock('2026-06-20T00:00:00+08:00');
  const fixed = await share(idOf(parent, 'fixed'), [{ usageClass: 'VOICE', units: '100' }]);
  const second = await share(idOf(child, 'main'), [
    { usageClass: 'DATA', units: String(GB) },
    { allowanceCode: 'voice', units: '50' },
  ]);
  return [fixed, second].map(
    (answer) => (answer.data as { shareAllowances: { sharingId: string } }).shareAllowances.sharingId,
  );
}

const call = (id: string, card: string, at: string, minutes: number) =>
  `${id},voice,${card},8613800138000,${at}+08:00,${minutes * 60},,`;
const data = (id: string, card: string, at: string, kb: number) => `${id},data,${card},,${at}+08:00,,${kb},`;

/** What was taken, with the child's id as CHILD. */
async function taken(): Promise<Record<string, string>> {
  const rated = await ratedByRecord(operator);
  return Object.fromEntries(
    Object.entries(rated).map(([id, text]) => [id, text.replaceAll(idOf(child, 'main'), 'CHILD')]),
  );
}

async function rateAllAgain(): Promise<void> {
  await operator.sql('update charging.group_period set needs_rerate = true');
  await deliver(operator, usageCsv(['bad,voice,nobody,86,2026-07-01T00:00:00+08:00,60,,']), `${newId()}.csv`);
}

it('shares minutes with a fixed line and a card within their caps, from one period start to another', async () => {
  const [fixedSharing] = await shareAll();
  // Not before the next period.
  await deliver(operator, usageCsv([call('a1', 'fixed', '2026-06-15T10:00:00', 7)], parent), 'a.csv');
  await operator.moveClock('2026-07-20T00:00:00+08:00');
  await deliver(
    operator,
    usageCsv(
      [
        call('b1', 'fixed', '2026-07-02T10:00:00', 90),
        call('b2', 'fixed', '2026-07-03T10:00:00', 30),
        call('b3', 'main', '2026-07-04T10:00:00', 820),
        call('b5', 'sub1', '2026-07-06T10:00:00', 100),
      ],
      parent,
    ),
    'b.csv',
  );
  await deliver(operator, usageCsv([call('b4', 'main', '2026-07-05T10:00:00', 1010)], child), 'c.csv');
  const rated = await taken();
  const first = 'mobile-5g-199/voice';
  expect(rated['a1']).toMatch(/^[1-9]\d* $/);
  expect(rated['b1']).toBe(`0 ${first}:90`);
  expect(rated['b2']).toMatch(new RegExp(`^[1-9]\\d* ${first}:10$`));
  expect(rated['b3']).toBe(`0 ${first}:820`);
  // Its own first, then what is shared.
  expect(rated['b4']).toBe(`0 member/CHILD/${first}:1000 ${first}:10`);
  // 1000 − 100 − 820 − 10.
  expect(rated['b5']).toMatch(new RegExp(`^[1-9]\\d* ${first}:70$`));

  await rateAllAgain();
  expect(await taken()).toEqual(rated);
  const ended = await operator.graphql(
    `mutation ($input: EndSharingInput!) { endSharing(input: $input, idempotencyKey: "end") {
      effectiveTo uses { bucket used cap remaining } account { sharings { memberCardGroupId } } } }`,
    { input: { accountId: parent.account.accountId, sharingId: fixedSharing, reason: 'moved out' } },
  );
  const members = [idOf(parent, 'fixed'), idOf(child, 'main')].map((id) => ({ memberCardGroupId: id }));
  expect(ended.data).toEqual({
    endSharing: {
      effectiveTo: '2026-07-31T16:00:00.000Z',
      uses: expect.arrayContaining([{ bucket: first, used: '100', cap: '100', remaining: '0' }]) as unknown,
      account: { sharings: expect.arrayContaining(members) as unknown },
    },
  });
  await operator.moveClock('2026-08-05T00:00:00+08:00');
  await deliver(
    operator,
    usageCsv(
      [call('d1', 'fixed', '2026-07-31T23:59:00', 1), call('d2', 'fixed', '2026-08-02T10:00:00', 1)],
      parent,
    ),
    'd.csv',
  );
  const units = await operator.sql<{ record_id: string; card_group_id: string }>(
    `select record_id, card_group_id from charging.rated_usage where record_id in ('d1', 'd2') order by record_id`,
  );
  expect(units.map(({ card_group_id: id }) => id)).toEqual([idOf(parent, 'main'), idOf(parent, 'fixed')]);
  expect((await taken())['d2']).toMatch(/^[1-9]\d* $/);
});

it('carries what is left of a card into the unit that it joins, and back when it leaves', async () => {
  const [, sharingId] = await shareAll();
  await operator.moveClock('2026-07-20T00:00:00+08:00');
  await deliver(operator, usageCsv([data('a1', 'main', '2026-07-02T10:00:00', 40 * GB + 5)], child), 'a.csv');
  const own = 'mobile-5g-199/data';
  expect((await taken())['a1']).toBe(`0 rolled/member/CHILD/${own}:${40 * GB} member/CHILD/${own}:5`);
  // Used in the period before: its own unit then. What was rolled over is less by it.
  await deliver(operator, usageCsv([data('a2', 'main', '2026-06-30T10:00:00', 7)], child), 'late.csv');
  const later = await taken();
  expect(later['a2']).toBe(`0 ${own}:7`);
  expect(later['a1']).toBe(`0 rolled/member/CHILD/${own}:${40 * GB - 7} member/CHILD/${own}:12`);
  await operator.graphql(
    `mutation ($input: EndSharingInput!) { endSharing(input: $input, idempotencyKey: "end") { effectiveTo } }`,
    { input: { accountId: parent.account.accountId, sharingId, reason: 'moved out' } },
  );
  await operator.moveClock('2026-08-05T00:00:00+08:00');
  const buckets = await operator.sql<{ code: string; granted: string }>(
    `select code, granted from charging.bucket where card_group_id = $1 and period = '2026-08' and unit = 'kb' order by code`,
    [idOf(child, 'main')],
  );
  expect(buckets.map(({ code, granted: quantity }) => `${code} ${quantity}`)).toEqual([
    `${own} ${60 * GB}`,
    `rolled/${own} ${60 * GB - 12}`,
  ]);
  const rated = await taken();
  await rateAllAgain();
  expect(await taken()).toEqual(rated);
  expect(await operator.sql(`select 1 from charging.rerate where events > 0 and amount_delta <> 0`)).toEqual(
    [],
  );
});

it('grants and charges an online session of a member from what is shared, within its cap', async () => {
  await sellSecond(['main']);
  await shareAll();
  await operator.moveClock('2026-07-02T00:00:00+08:00');
  const created = await network.create(child.numberOf('main'), [{ requested: 100 * MB_OCTETS }]);
  expect(granted(created)).toMatchObject([{ grantedUnit: { totalVolume: 100 * MB_OCTETS } }]);
  // Its own 100 GB, then 1 GB of the shared ones, then half a GB out of bundle.
  const octets = 101.5 * GB * 1024;
  const released = await network.post(
    `/nchf-convergedcharging/v3/chargingdata/${created.reference}/release`,
    network.body(1, [{ used: octets }], {}),
  );
  expect(released.status).toBe(204);
  const own = 'mobile-5g-199/data';
  const text = (await taken())[created.reference] ?? '';
  expect(text.split(' ').slice(1)).toEqual([
    `rolled/member/CHILD/${own}:${40 * GB}`,
    `member/CHILD/${own}:${60 * GB}`,
    `rolled/${own}:${GB}`,
  ]);
  await rateAllAgain();
  expect((await taken())[created.reference]).toBe(text);
});

it('refuses what would go in a circle, twice or over accounts', async () => {
  await shareAll();
  const refusal = async (...input: Parameters<typeof share>) =>
    (await share(...input)).errors?.[0]?.extensions?.['code'];
  expect(await refusal(idOf(parent, 'fixed'), [])).toBe('sharing_conflict');
  expect(await refusal(idOf(parent, 'main'), [], idOf(child, 'main'))).toBe('sharing_conflict');
  expect(await refusal(idOf(parent, 'sub1'), [])).toBe('sharing_conflict');
  const other = await sellFamily(operator, ['main'], { bundle: false });
  await operator.settle();
  expect(await refusal(idOf(other, 'main'), [])).toBe('sharing_accounts_differ');
  expect(await refusal(idOf(other, 'main'), [{ units: '1' }])).toBe('sharing_cap_invalid');
  expect(await refusal(newId(), [])).toBe('product_not_found');
});
