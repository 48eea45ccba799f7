import type { UsagePrice } from '@ronghe/contracts';
import { keepNotes } from './credit-noted.fixture';
import { auditDifferences, capSpending, type Family } from './family.fixture';
import { granted } from './session/network-function.fixture';
import { KB, referenceOf, TariffSessions } from './session/tariff-sessions.fixture';

/** A spend cap, or the cap of a price, ends the credit of other sessions: their network functions are told, each once. */

const label = { en: 'Content', 'zh-CN': '信息费' };
/** 1.00 an item, at most 5.00 for a hundred; at 10.00 a month the service stops. */
const capped: UsagePrice = {
  ...{ code: 'own', usageClass: 'content', chargeClass: 'content', label, taxClass: 'value-added' },
  ...{ unit: 'item', increment: { initial: 1, repeat: 1 }, connectFee: null, counter: 'product' },
  model: {
    kind: 'repeating-step',
    price: { amount: '1.00', per: '1' },
    blockUnits: '100',
    blockMaximum: '5.00',
  },
  cap: { amount: '10.00', action: 'stop' },
};

let at: TariffSessions;
beforeAll(async () => {
  at = await TariffSessions.start('2026-06-20T09:00:00+08:00', {
    ratingGroups: [{ ratingGroup: 40, usageClass: 'content' }],
    prices: [capped],
  });
});
afterAll(() => at?.operator.stop());
afterEach(async () => {
  await at.operator.settle();
  expect(await auditDifferences(at.operator)).toEqual([]);
});

const data = (kilobytes: number) => ({ totalVolume: kilobytes * KB });
const items = (count: number) => ({ serviceSpecificUnits: count });

async function open(family: Family, ratingGroup: number, requestedUnit: object): Promise<string> {
  const answer = await at.open(family, {
    notifyUri: 'http://127.0.0.1:9/x',
    multipleUnitUsage: [{ ratingGroup, requestedUnit }],
  });
  expect(granted(answer)).toMatchObject([{ resultCode: 'SUCCESS' }]);
  return referenceOf(answer);
}

/** Reports use without asking for more. */
async function use(kind: 'update' | 'release', session: string, ratingGroup: number, used: object) {
  const units = [{ ratingGroup, usedUnitContainer: [{ localSequenceNumber: 1, ...used }] }];
  const answer = await at.report(kind, session, 1, units);
  expect(answer.status).toBe(kind === 'update' ? 200 : 204);
}

/** What network functions are told of a session. */
async function toldOf(session: string): Promise<string[]> {
  await at.operator.settle();
  const rows = await at.operator.sql<{ kind: string }>(
    'select kind from charging.session_notification where session_id = $1',
    [session],
  );
  return rows.map(({ kind }) => kind);
}

it.each(['release', 'update'] as const)(
  'tells others when a %s spends the last of a spend cap',
  async (kind) => {
    const family = await at.sell(null);
    await capSpending(at.operator, family.products['main']?.productId ?? '', '2.00');
    const [first, second, other] = [
      await open(family, 1, data(50)),
      await open(family, 1, data(50)),
      await open(family, 1, data(50)),
    ];
    await use('release', first, 1, data(100));
    expect(await toldOf(other)).toEqual([]);
    await use(kind, second, 1, data(2000));
    expect(await toldOf(other)).toEqual(['ABORT_CHARGING']);
  },
);

it('notes it once: what is reported after the cap was spent is no news', async () => {
  const family = await at.sell(null);
  await capSpending(at.operator, family.products['main']?.productId ?? '', '1.00');
  const [first, second] = [await open(family, 1, data(50)), await open(family, 1, data(50))];
  await use('release', first, 1, data(200));
  await at.operator.settle();
  const noted = await keepNotes(at.operator);
  await use('update', second, 1, data(500));
  expect(await noted()).toEqual([]);
});

it.each(['release', 'update'] as const)('tells others when a %s brings a price to its cap', async (kind) => {
  const family = await at.sell(null);
  const [first, second, other] = [
    await open(family, 40, items(10)),
    await open(family, 40, items(10)),
    await open(family, 40, items(10)),
  ];
  await use('release', first, 40, items(100));
  expect(await toldOf(other)).toEqual([]);
  await use(kind, second, 40, items(250));
  expect(await toldOf(other)).toEqual(['ABORT_CHARGING']);
});
