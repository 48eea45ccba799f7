import type { Allowance, OfferDocument, ProductState } from '@ronghe/contracts';
import { instantFromIso } from '@ronghe/kernel';
import { auditDifferences, terminate, type Family } from './family.fixture';
import { publishOffer } from './rerating/rerating.fixture';
import { granted } from './session/network-function.fixture';
import { KB, referenceOf, TariffSessions } from './session/tariff-sessions.fixture';

/**
 * Sessions that are open while something ends: the plan of their product, the bill period, the product. What is reported
 * belongs to the price, the period and the allowances of its start (SEMANTICS §3, §4). Data 0.01 yuan a KB by day.
 */

let tariff: TariffSessions;
afterEach(async () => {
  const differences = await auditDifferences(tariff.operator);
  await tariff.operator.stop();
  expect(differences).toEqual([]);
});

const dataOf = (code: string, quantity: string): Allowance => ({
  ...{ code, label: { en: 'data', 'zh-CN': '流量' }, usageClasses: ['data'], unit: 'kb', quantity },
  ...{ wholeUnits: '1', sharedBy: 'card-group', firstPeriod: 'full', lastPeriod: 'full' },
  ...{ prorateBy: 'days-of-period', priority: 10, rollover: null },
});

let sequence = 0;
const open = (family: Family, kilobytes: number) =>
  tariff.open(family, {
    multipleUnitUsage: [{ ratingGroup: 1, requestedUnit: { totalVolume: kilobytes * KB } }],
  });
const report = (kind: 'update' | 'release', reference: string, used: number, wanted?: number) =>
  tariff.report(kind, reference, (sequence += 1), [
    {
      ratingGroup: 1,
      ...(wanted !== undefined && { requestedUnit: { totalVolume: wanted * KB } }),
      usedUnitContainer: [{ localSequenceNumber: 1, totalVolume: used * KB }],
    },
  ]);
const kilobytesOf = (answer: Awaited<ReturnType<typeof open>>) =>
  granted(answer).map(({ grantedUnit }) => (grantedUnit?.totalVolume ?? 0) / KB);

/** Each rated usage: `PERIOD OFFER QUANTITY AMOUNT, taken from allowances`. */
async function ratedOf({ account }: Family): Promise<string[]> {
  const rows = await tariff.operator.sql<{ row: string }>(
    `select concat_ws(' ', period, offering_code, quantity, amount, (select string_agg(take->>0 || ':' || (take->>1), ' ')
       from jsonb_array_elements(takes) as take)) as row
     from charging.rated_usage where account_id = $1 order by used_at`,
    [account.accountId],
  );
  return rows.map(({ row }) => row);
}

/** What billing is told of each period. */
async function totalsOf({ account }: Family): Promise<string[]> {
  const rows = await tariff.operator.sql<{ row: string }>(
    `select concat_ws(' ', period, offering_code, amount, units_from_allowance) as row from charging.usage_sum
     where account_id = $1 order by period, offering_code`,
    [account.accountId],
  );
  return rows.map(({ row }) => row);
}

/** The family's card on another plan from a day on, as ordering says it. */
async function changePlan(family: Family, offeringCode: string, from: string): Promise<void> {
  const before = family.products['main'];
  if (!before) throw new Error('no card');
  const { offeringCode: earlier, offeringVersion, role, bundleId } = before;
  const { bundleOfferingCode, bundleOfferingVersion } = before;
  const terms = { offeringVersion, role, bundleId, bundleOfferingCode, bundleOfferingVersion };
  const to = instantFromIso(from);
  const payload: ProductState = {
    ...{ ...before, offeringCode, changedFrom: to },
    earlierTerms: [{ offeringCode: earlier, ...terms, from: before.effectiveFrom, to }],
  };
  const { productId: aggregateId, lane } = before;
  await tariff.operator.publish('product.changed.v1', { aggregateId, lane, version: 2, payload });
  await tariff.operator.settle();
}

/** Data at 0.02 yuan a KB by day, 300 KB of it free. */
async function publishDearPlan(): Promise<void> {
  const [row] = await tariff.operator.sql<{ document: OfferDocument }>(
    `select document from charging.offer where code = 'mobile-5g-199'`,
  );
  if (!row) throw new Error('no plan');
  const dear = JSON.stringify(row.document.usagePrices).replaceAll('"amount":"0.01"', '"amount":"0.02"');
  await publishOffer(tariff.operator, {
    ...{ ...row.document, code: 'dear', recurringPrices: [] },
    usagePrices: JSON.parse(dear) as OfferDocument['usagePrices'],
    allowances: [dataOf('dear', '300')],
  });
}

it("stays on the plan of its start when its product's plan changes, and leaves the new plan's data alone", async () => {
  tariff = await TariffSessions.start('2026-06-20T09:00:00+08:00');
  await publishDearPlan();
  const family = await tariff.sell('100.00');
  const old = await open(family, 100);
  await report('update', referenceOf(old), 100, 100);
  await tariff.operator.moveClock('2026-06-21T09:00:00+08:00');
  await changePlan(family, 'dear', '2026-06-21T00:00:00+08:00');
  expect(kilobytesOf(await report('update', referenceOf(old), 100, 200))).toEqual([200]);
  const fresh = await open(family, 400);
  expect(kilobytesOf(fresh)).toEqual([400]);
  await report('release', referenceOf(fresh), 400);
  await report('release', referenceOf(old), 50);
  // 250 at 0.01; ten days of thirty give 100 of the 300 that are free, and the others cost 0.02.
  expect(await ratedOf(family)).toEqual([
    '2026-06 mobile-5g-199 250 2500000',
    '2026-06 dear 400 6000000 dear/dear:100',
  ]);
  expect(await tariff.moneyOf(family)).toBe('91500000 left, 0 reserved, 0 owed');
});

it('is rated again as a whole where the change turns out to hold from before its start', async () => {
  tariff = await TariffSessions.start('2026-06-20T09:00:00+08:00');
  await publishDearPlan();
  const family = await tariff.sell('100.00');
  const running = await open(family, 400);
  await report('update', referenceOf(running), 350, 100);
  expect(await tariff.moneyOf(family)).toBe('96500000 left, 1000000 reserved, 0 owed');
  await changePlan(family, 'dear', '2026-06-20T00:00:00+08:00');
  expect(await ratedOf(family)).toEqual(['2026-06 dear 350 4800000 dear/dear:110']);
  await report('release', referenceOf(running), 50);
  expect(await ratedOf(family)).toEqual(['2026-06 dear 400 5800000 dear/dear:110']);
  expect(await tariff.moneyOf(family)).toBe('94200000 left, 0 reserved, 0 owed');
});

it('belongs to the bill period of its start, with its allowances, to the end', async () => {
  tariff = await TariffSessions.start('2026-06-20T09:00:00+08:00', { allowances: [dataOf('month', '250')] });
  const family = await tariff.sell(null);
  await tariff.operator.moveClock('2026-06-30T21:00:00+08:00');
  const june = await open(family, 100);
  await report('update', referenceOf(june), 100, 100);
  await tariff.operator.moveClock('2026-07-01T09:00:00+08:00');
  expect(kilobytesOf(await report('update', referenceOf(june), 100, 100))).toEqual([100]);
  const july = await open(family, 300);
  await report('release', referenceOf(july), 300);
  await report('release', referenceOf(june), 150);
  await tariff.operator.settle();
  expect(await ratedOf(family)).toEqual([
    '2026-06 mobile-5g-199 350 1000000 mobile-5g-199/month:250',
    '2026-07 mobile-5g-199 300 500000 mobile-5g-199/month:250',
  ]);
  expect(await totalsOf(family)).toEqual([
    '2026-06 mobile-5g-199 1000000 250',
    '2026-07 mobile-5g-199 500000 250',
  ]);
});

it('is charged what it used, and given no more, once its product has ended', async () => {
  tariff = await TariffSessions.start('2026-06-20T09:00:00+08:00');
  const family = await tariff.sell('10.00');
  const first = await open(family, 200);
  const second = await open(family, 100);
  await report('update', referenceOf(first), 50, 200);
  const end = '2026-06-21T00:00:00+08:00';
  await tariff.operator.moveClock(end);
  await terminate(tariff.operator, family, ['main'], instantFromIso(end));
  await tariff.operator.settle();
  const { data } = await tariff.operator.graphql<{ sessionsToCut: { chargingDataRef: string }[] }>(
    'query ($id: ID!) { sessionsToCut(accountId: $id) { chargingDataRef } }',
    { id: family.account.accountId },
  );
  const cut = data?.sessionsToCut.map(({ chargingDataRef }) => chargingDataRef).sort();
  expect(cut).toEqual([referenceOf(first), referenceOf(second)].sort());
  const more = await report('update', referenceOf(first), 200, 100);
  expect(more.status).toBe(200);
  expect(more.body).toMatchObject({
    multipleUnitInformation: [{ ratingGroup: 1, resultCode: 'END_USER_SERVICE_DENIED' }],
  });
  expect((await open(family, 1)).status).toBe(404);
  await report('release', referenceOf(first), 10);
  await report('release', referenceOf(second), 0);
  expect(await ratedOf(family)).toEqual(['2026-06 mobile-5g-199 260 2600000']);
  expect(await tariff.moneyOf(family)).toBe('7400000 left, 0 reserved, 0 owed');
});
