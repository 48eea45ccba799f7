import type { Allowance, OfferDocument } from '@ronghe/contracts';
import { instantFromIso, laneOf, newId } from '@ronghe/kernel';
import { keepNotes } from './credit-noted.fixture';
import { auditDifferences, type Family } from './family.fixture';
import { granted } from './session/network-function.fixture';
import { SessionNotifications } from './session/notification/session-notifications.service';
import { KB, referenceOf, TariffSessions } from './session/tariff-sessions.fixture';

/** Whatever gives credit back lets sessions that got nothing ask again: their network functions are told. */

let at: TariffSessions;
beforeAll(async () => {
  at = await TariffSessions.start('2026-06-20T09:00:00+08:00');
  await publishPack();
});
afterAll(() => at?.operator.stop());
afterEach(async () => {
  await at.operator.settle();
  expect(await auditDifferences(at.operator)).toEqual([]);
});

const label = { en: 'Extra data', 'zh-CN': '加油包' };

/** A pack of a thousand KB beside any plan. */
async function publishPack(): Promise<void> {
  const [row] = await at.operator.sql<{ document: OfferDocument }>(
    `select document from charging.offer where code = 'mobile-5g-199'`,
  );
  const plan = row?.document as OfferDocument;
  const extra = {
    ...{ ...plan.allowances[0], code: 'extra', usageClasses: ['data'], unit: 'kb', quantity: '1000' },
    ...{ wholeUnits: '1', rank: 'add-on', sharedBy: 'card-group', rollover: null, isBlocker: false, label },
  } as Allowance;
  const document: OfferDocument = {
    ...{ ...plan, code: 'data-pack', usagePrices: [], usagePricedBy: 'main', recurringPrices: [] },
    ...{ discounts: [], allowances: [extra] },
  };
  const { code, version } = document;
  const publishedAt = instantFromIso('2026-01-01T00:00:00+08:00');
  await at.operator.publish('offering.published.v1', {
    ...{ aggregateId: code, lane: laneOf(code), version: 1 },
    payload: { code, version, document, publishedAt },
  });
  await at.operator.settle();
}

const data = (requested: number, used?: number) => ({
  ratingGroup: 1,
  requestedUnit: { totalVolume: requested * KB },
  ...(used !== undefined && { usedUnitContainer: [{ localSequenceNumber: 1, totalVolume: used * KB }] }),
});

/** A session that has used all the money of its card, a fen, and was told that nothing is left. */
async function outOfCredit(): Promise<{ family: Family; session: string }> {
  const family = await at.sell('0.01');
  const opened = await at.open(family, { notifyUri: 'http://127.0.0.1:9/x', multipleUnitUsage: [data(1)] });
  const session = referenceOf(opened);
  const answer = await at.report('update', session, 1, [data(1, 1)]);
  expect(granted(answer)).toMatchObject([{ resultCode: 'QUOTA_LIMIT_REACHED' }]);
  expect(await toldOf(session)).toEqual([]);
  return { family, session };
}

async function toldOf(session: string): Promise<string[]> {
  await at.operator.settle();
  const rows = await at.operator.sql<{ kind: string }>(
    'select kind from charging.session_notification where session_id = $1',
    [session],
  );
  return rows.map(({ kind }) => kind);
}

async function mutate(mutation: string, type: string, input: object): Promise<void> {
  const answer = await at.operator.graphql(
    `mutation ($input: ${type}!, $key: String!) { ${mutation}(input: $input, idempotencyKey: $key) { __typename } }`,
    { input, key: newId() },
    mutation === 'transferMoney' ? 'counter' : 'billing',
  );
  expect(answer.errors).toBeUndefined();
}

const adjust = ({ account: { accountId } }: Family, amount: string) =>
  mutate('adjustMoney', 'AdjustMoneyInput', { accountId, amount, reason: 'goodwill' });
const limitTo = ({ account: { accountId } }: Family, creditLimit: string) =>
  mutate('setCreditLimit', 'SetCreditLimitInput', { accountId, creditLimit });

async function receive({ account }: Family): Promise<void> {
  const payer = await at.sell('5.00');
  const input = { fromAccountId: payer.account.accountId, toAccountId: account.accountId, amount: '5.00' };
  await mutate('transferMoney', 'TransferMoneyInput', input);
}

async function redeem({ products: { main } }: Family): Promise<void> {
  const voucher = { usageClasses: ['data'], unit: 'kb', quantity: '1000', reason: 'voucher', label };
  await at.operator.command('charging.grantUnits', { productId: main?.productId, ...voucher } as never, {
    key: newId(),
  });
}

async function buyPack({ products: { main } }: Family): Promise<void> {
  if (!main) throw new Error('no main card');
  const productId = newId();
  const payload = {
    ...{ ...main, productId, offeringCode: 'data-pack', role: 'alone' as const, card: 'pack', resources: [] },
    effectiveFrom: instantFromIso('2026-06-20T09:00:00+08:00'),
  };
  await at.operator.publish('product.activated.v1', { aggregateId: productId, lane: main.lane, payload });
}

it.each<[string, (family: Family) => Promise<void>]>([
  ['an adjustment upwards', (family) => adjust(family, '5.00')],
  ['a higher credit limit', (family) => limitTo(family, '5.00')],
  ['a transfer from another account', receive],
  ['units of a voucher', redeem],
  ['a pack that was bought', buyPack],
])('%s lets sessions ask again', async (_what, give) => {
  const { family, session } = await outOfCredit();
  await give(family);
  expect(await toldOf(session)).toEqual(['REAUTHORIZATION']);
  expect(granted(await at.report('update', session, 2, [data(10)]))).toMatchObject([
    { resultCode: 'SUCCESS' },
  ]);
});

it('looks at all sessions of an account, however few one transaction looks at', async () => {
  const family = await at.sell('0.03');
  const notifyUri = 'http://127.0.0.1:9/x';
  const opened = [];
  for (let count = 0; count < 3; count += 1)
    opened.push(await at.open(family, { notifyUri, multipleUnitUsage: [data(1)] }));
  const sessions = opened.map(referenceOf);
  for (const session of sessions) {
    const answer = await at.report('update', session, 1, [data(1, 1)]);
    expect(granted(answer)).toMatchObject([{ resultCode: 'QUOTA_LIMIT_REACHED' }]);
  }
  await at.operator.settle();
  const notifications = at.operator.get(SessionNotifications);
  const all = notifications.sessionsAtOnce;
  notifications.sessionsAtOnce = 1;
  try {
    await adjust(family, '5.00');
    for (const session of sessions) expect(await toldOf(session)).toEqual(['REAUTHORIZATION']);
  } finally {
    notifications.sessionsAtOnce = all;
  }
  expect(await at.operator.sql('select * from charging.credit_change')).toEqual([]);
});

it('looks at no sessions where it gives nothing more', async () => {
  const { family, session } = await outOfCredit();
  const noted = await keepNotes(at.operator);
  await limitTo(family, '0.00');
  expect(await toldOf(session)).toEqual([]);
  expect(await noted()).toEqual([]);
  await limitTo(family, '5.00');
  expect(await noted()).toEqual([family.account.accountId]);
});
