import type { AccountOpened } from '@ronghe/contracts';
import { instantFromIso, laneOf, newId } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from './charging.domain';
import {
  auditDifferences,
  deliver,
  publishDocuments,
  sellFamily,
  usageCsv,
  type Family,
} from './family.fixture';
import { CHARGING_DATA, granted, NetworkFunction } from './session/network-function.fixture';
import { defaultOnlinePolicy } from './session/online-policy';
import { ListeningFunction } from './session/notification/listening-function.fixture';
import { SessionNotifications } from './session/notification/session-notifications.service';

/** Out of credit: which sessions are to be cut, and how network functions hear of it (SEMANTICS §4). */

const MB = 1_048_576;
const GB = 1024 * MB;

let smf: ListeningFunction;
let modern: ListeningFunction;
let operator: TestOperator;
let network: NetworkFunction;
beforeAll(async () => {
  smf = await ListeningFunction.start();
  modern = await ListeningFunction.start('h2c');
  operator = await startOperator({
    domains: [chargingDomain],
    startsAt: '2026-06-11T00:00:00+08:00',
  });
  await publishDocuments(operator);
  const document = { ...defaultOnlinePolicy, version: 1, notifyHosts: [smf.host, `h2c://${modern.host}`] };
  const { code, version } = document;
  const payload = { code, version, document, publishedAt: instantFromIso('2026-01-01T00:00:00+08:00') };
  await operator.publish('policy.published.v1', { aggregateId: code, lane: laneOf(code), version, payload });
  network = new NetworkFunction(operator);
  await operator.moveClock('2026-06-20T12:00:00+08:00');
});
afterAll(async () => {
  await operator?.stop();
  await smf?.stop();
  await modern?.stop();
});
afterEach(async () => {
  await operator.settle();
  expect(await auditDifferences(operator)).toEqual([]);
  smf.heard.length = 0;
});

async function sell(yuan: string | null, more: Partial<AccountOpened> = {}): Promise<Family> {
  const family = await sellFamily(operator, ['main', 'sub1', 'sub2', 'broadband'], {
    online: ['main', 'sub1', 'sub2'],
    account: { paymentMode: 'prepaid', ...more },
  });
  await operator.settle();
  if (yuan !== null) await topUp(family, yuan);
  return family;
}

async function topUp({ account: { accountId } }: Family, amount: string): Promise<void> {
  const paymentId = newId();
  await operator.command('charging.topUp', { accountId, paymentId, amount }, { key: paymentId });
}

let chargingId = 50_000;
async function create(family: Family, card: string, octets: number, notifyUri: string | null) {
  chargingId += 1;
  const answer = await network.post(CHARGING_DATA, {
    ...network.body(0, [{ requested: octets }], { subscriberIdentifier: `msisdn-${family.numberOf(card)}` }),
    chargingId,
    ...(notifyUri === null ? {} : { notifyUri }),
  });
  expect(answer.status).toBe(201);
  return answer.headers.get('location')?.split('/').at(-1) ?? '';
}

const update = (reference: string, sequence: number, used: number, requested?: number) =>
  network.post(
    `${CHARGING_DATA}/${reference}/update`,
    network.body(sequence, [{ used, ...(requested === undefined ? {} : { requested }) }]),
  );

/** Octets that the cards share. */
async function bundleOf({ products }: Family, period = '2026-06'): Promise<number> {
  const [row] = await operator.sql<{ remaining: string }>(
    `select sum(remaining) as remaining from charging.bucket_balance where card_group_id = $1 and unit = 'kb' and period = $2`,
    [products['main']?.productId, period],
  );
  return Number(row?.remaining) * 1024;
}

async function toCut({ account }: Family): Promise<{ chargingDataRef: string; told: boolean }[]> {
  const answer = await operator.graphql<{
    sessionsToCut: { chargingDataRef: string; told: boolean }[];
  }>('query ($id: ID!) { sessionsToCut(accountId: $id) { chargingDataRef told } }', {
    id: account.accountId,
  });
  expect(answer.errors).toBeUndefined();
  return answer.data?.sessionsToCut ?? [];
}

/** Ends the waits of notifications, and has their work found again. */
async function again(): Promise<void> {
  await operator.sql(
    `update charging.session_notification set next_at = '2020-01-01' where state = 'waiting'`,
  );
  while (await operator.get(SessionNotifications).send());
}

/** What became of a session's notifications, once nobody is at work on them. */
async function expectState(reference: string, expected: string[]): Promise<void> {
  for (let tries = 0; tries < 50 && (await stateOf(reference)).join() !== expected.join(); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await stateOf(reference)).toEqual(expected);
}

async function stateOf(reference: string): Promise<string[]> {
  const rows = await operator.sql<{ kind: string; state: string; attempts: number }>(
    'select kind, state, attempts from charging.session_notification where session_id = $1 order by kind',
    [reference],
  );
  return rows.map((row) => `${row.kind} ${row.state} ${row.attempts}`);
}

describe('when use beyond the grant takes what others hold', () => {
  it('lists them, and tells each network function once to stop', async () => {
    const family = await sell(null);
    const bundle = await bundleOf(family);
    const other = await create(family, 'sub1', 100 * MB, smf.uri('/sub1'));
    const silent = await create(family, 'sub2', 100 * MB, null);
    const hungry = await create(family, 'main', 10 * MB, smf.uri('/main'));
    expect(await toCut(family)).toEqual([]);
    // A whole GB beyond the bundle: within one, what follows the cap of 3.00 would be free.
    expect((await update(hungry, 1, bundle + GB, MB)).status).toBe(200);
    await expectState(other, ['ABORT_CHARGING sent 1']);
    expect(smf.heard).toEqual([{ path: '/sub1', body: { notificationType: 'ABORT_CHARGING' } }]);
    const listed = await toCut(family);
    expect(new Map(listed.map((each) => [each.chargingDataRef, each.told]))).toEqual(
      new Map([
        [other, false],
        [silent, false],
        [hungry, true],
      ]),
    );
    // More of the same, and the job again, tell nobody twice.
    await update(hungry, 2, MB, MB);
    await operator.settle();
    await again();
    expect(smf.heard).toHaveLength(1);
    await expectState(other, ['ABORT_CHARGING sent 1']);
  });

  it('tells one that speaks HTTP/2 over that', async () => {
    const family = await sell(null);
    const bundle = await bundleOf(family);
    const other = await create(family, 'sub1', 100 * MB, modern.uri('/sub1'));
    const hungry = await create(family, 'main', 10 * MB, null);
    expect((await update(hungry, 1, bundle + GB, MB)).status).toBe(200);
    await expectState(other, ['ABORT_CHARGING sent 1']);
    expect(modern.heard).toEqual([{ path: '/sub1', body: { notificationType: 'ABORT_CHARGING' } }]);
  });

  it('leaves those alone that can go on: another price, another account', async () => {
    const family = await sell('500.00');
    const bundle = await bundleOf(family);
    await create(family, 'sub1', 100 * MB, smf.uri('/rich'));
    const hungry = await create(family, 'main', 10 * MB, smf.uri('/main'));
    await update(hungry, 1, bundle + 10 * MB, MB);
    await operator.settle();
    expect([await toCut(family), smf.heard]).toEqual([[], []]);
  });
});

it('tells those that got nothing to ask again once money has come', async () => {
  const family = await sell(null);
  const bundle = await bundleOf(family);
  const session = await create(family, 'main', bundle, smf.uri('/main'));
  const answer = await update(session, 1, bundle, MB);
  expect(granted(answer)).toMatchObject([{ ratingGroup: 1, resultCode: 'QUOTA_LIMIT_REACHED' }]);
  await operator.settle();
  expect(smf.heard).toEqual([]);
  await topUp(family, '50.00');
  await expectState(session, ['REAUTHORIZATION sent 1']);
  expect(smf.heard).toEqual([
    {
      path: '/main',
      body: { notificationType: 'REAUTHORIZATION', reauthorizationDetails: [{ ratingGroup: 1 }] },
    },
  ]);
  expect(granted(await update(session, 2, 0, MB))).toMatchObject([{ resultCode: 'SUCCESS' }]);
});

describe('a network function that does not listen', () => {
  async function outOf(path: string): Promise<string> {
    const family = await sell(null);
    const bundle = await bundleOf(family);
    const other = await create(family, 'sub1', 100 * MB, path);
    const hungry = await create(family, 'main', 10 * MB, null);
    await update(hungry, 1, bundle + GB, MB);
    await operator.settle();
    return other;
  }

  it('is tried again until it does, and no more often than the limit', async () => {
    smf.statuses.push(503, 500);
    const late = await outOf(smf.uri('/late'));
    await again();
    await again();
    await again();
    await expectState(late, ['ABORT_CHARGING sent 3']);
    smf.statuses.push(...Array<number>(10).fill(503));
    const never = await outOf(smf.uri('/never'));
    for (let round = 0; round < 10; round += 1) await again();
    await expectState(never, ['ABORT_CHARGING failed 6']);
    smf.statuses.length = 0;
  });

  it('is not followed to another place, and not called where nobody allowed', async () => {
    smf.statuses.push(307);
    const moved = await outOf(smf.uri('/moved'));
    await expectState(moved, ['ABORT_CHARGING failed 1']);
    expect(smf.heard.map(({ path }) => path)).toEqual(['/moved']);
    const inside = await outOf('http://localhost:1/metadata');
    await expectState(inside, ['ABORT_CHARGING failed 1']);
  });

  it('hears nothing of a session that is over, or has another grant, by then', async () => {
    smf.statuses.push(503, 503);
    const ended = await outOf(smf.uri('/ended'));
    await network.post(`${CHARGING_DATA}/${ended}/release`, network.body(1, []));
    const renewed = await outOf(smf.uri('/renewed'));
    await update(renewed, 1, 0, MB);
    await operator.settle();
    smf.heard.length = 0;
    await again();
    expect(smf.heard).toEqual([]);
    await expectState(ended, ['ABORT_CHARGING void 2']);
    await expectState(renewed, ['ABORT_CHARGING void 2']);
  });
});

it('tells sessions when a usage file of another card leaves nothing of what they hold', async () => {
  const account = { paymentMode: 'prepaid' } as const;
  const family = await sellFamily(operator, ['main', 'sub1'], { online: ['main'], account });
  await operator.settle();
  const session = await create(family, 'main', 100 * MB, smf.uri('/held'));
  const record = (id: string, volume: number) =>
    deliver(
      operator,
      usageCsv([`${id},data,sub1,,2026-06-20T10:00:00+08:00,,${volume},`], family),
      `${id}.csv`,
    );
  await record('most', (await bundleOf(family)) / 1024 - 1000);
  expect(await stateOf(session)).toEqual([]);
  await record('rest', 1000);
  await expectState(session, ['ABORT_CHARGING sent 1']);
});

it('is found again when its job was lost, and by a process that was killed while it sent', async () => {
  const family = await sell(null);
  const bundle = await bundleOf(family);
  const other = await create(family, 'sub1', 100 * MB, smf.uri('/lost'));
  await operator.sql(
    `insert into charging.session_notification (lane, session_id, granted_until, kind, account_id, notify_uri,
       rating_groups, attempts, next_at)
     select lane, session_id, expires_at, 'ABORT_CHARGING', account_id, notify_uri, '[]', 1, '2020-01-01'
     from charging.session where session_id = $1`,
    [other],
  );
  await update(await create(family, 'main', MB, null), 1, bundle + GB, MB);
  await operator.settle();
  await expectState(other, ['ABORT_CHARGING sent 2']);
  expect(smf.heard.map(({ path }) => path)).toEqual(['/lost']);
});

it('tells the sessions of a member once the owner of the money that it shares has topped up', async () => {
  const owner = await sell(null);
  const { balanceGroupId, lane, accountId: ownerAccountId } = owner.account;
  const member = await sell(null, { balanceGroupId, lane });
  const input = { ownerAccountId, memberAccountId: member.account.accountId, reason: 'family' };
  const shared = await operator.graphql(
    `mutation ($input: ShareMoneyInput!, $key: String!) { shareMoney(input: $input, idempotencyKey: $key) { sharingId } }`,
    { input, key: newId() },
  );
  expect(shared.errors).toBeUndefined();
  await operator.moveClock('2026-07-01T00:00:00+08:00');
  const bundle = await bundleOf(member, '2026-07');
  const session = await create(member, 'main', bundle, smf.uri('/member'));
  const answer = await update(session, 1, bundle, MB);
  expect(granted(answer)).toMatchObject([{ ratingGroup: 1, resultCode: 'QUOTA_LIMIT_REACHED' }]);
  await operator.settle();
  expect(smf.heard).toEqual([]);
  await topUp(owner, '50.00');
  await expectState(session, ['REAUTHORIZATION sent 1']);
  expect(smf.heard.map(({ path }) => path)).toEqual(['/member']);
  expect(granted(await update(session, 2, 0, MB))).toMatchObject([{ resultCode: 'SUCCESS' }]);
});
