import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OfferDocument, PolicyDocument, ZonePlanPolicy } from '@ronghe/contracts';
import { instantFromIso, laneOf, newId, parseLocalDate } from '@ronghe/kernel';
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
import { command, preview } from './rerating/rerating.fixture';

/** Prices by zone and band, and packs of some days, through files, period ends and rating again. */

let operator: TestOperator;
let family: Family;

const label = (text: string) => ({ en: text, 'zh-CN': text });
const documents = JSON.parse(
  readFileSync(join(__dirname, '../../../testdata/charging/documents.json'), 'utf8'),
) as { offers: OfferDocument[] };
const plan = documents.offers.find(({ code }) => code === 'mobile-5g-199') as OfferDocument;

const rate = (zone: string | null, band: string | null, amount: string) => ({
  zone,
  band,
  steps: [{ from: '0', price: { amount, per: '1' }, increment: '1' }],
  connectFee: null,
  maximumPerEvent: null,
});

/** The plan without its minutes, whose calls cost by the second: at night half, to `far` ten times as much. */
const zoned: OfferDocument = {
  ...plan,
  allowances: plan.allowances.filter(({ usageClasses }) => !usageClasses.includes('voice')),
  usagePrices: plan.usagePrices.map((price) =>
    price.usageClass === 'voice'
      ? {
          ...price,
          unit: 'second',
          increment: { initial: 1, repeat: 1 },
          model: {
            kind: 'rates',
            rates: {
              zonePlan: 'world',
              calendar: 'week',
              rates: [rate('near', 'night', '0.01'), rate('near', null, '0.02'), rate('far', null, '0.20')],
            },
          },
        }
      : price,
  ),
};

function zonePlan(version: number, from: string, far: string[]): ZonePlanPolicy {
  return {
    kind: 'zone-plan',
    code: 'world',
    version,
    effectiveFrom: parseLocalDate(from),
    effectiveTo: null,
    zones: [
      { code: 'near', label: label('near'), prefixes: ['86'] },
      { code: 'far', label: label('far'), prefixes: far },
    ],
  };
}

const calendar: PolicyDocument = {
  kind: 'calendar',
  code: 'week',
  version: 1,
  effectiveFrom: parseLocalDate('2026-01-01'),
  effectiveTo: null,
  holidays: [],
  bands: [{ code: 'night', label: label('night'), days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '07:00' }],
};

const pack: OfferDocument = {
  ...plan,
  code: 'data-pack',
  usagePrices: [],
  usagePricedBy: 'main',
  recurringPrices: [],
  discounts: [],
  allowances: [
    {
      ...(plan.allowances.find(({ usageClasses }) =>
        usageClasses.includes('data'),
      ) as OfferDocument['allowances'][0]),
      code: 'extra',
      quantity: '1000',
      wholeUnits: '1',
      rank: 'add-on',
      rollover: null,
      validDays: 50,
    },
  ],
};

async function publishPolicy(document: PolicyDocument): Promise<void> {
  const { code, version } = document;
  const payload = { code, version, document, publishedAt: instantFromIso('2026-01-01T00:00:00+08:00') };
  await operator.publish('policy.published.v1', { aggregateId: code, lane: laneOf(code), version, payload });
}

async function publishOffer(document: OfferDocument, version: number): Promise<void> {
  const { code } = document;
  const payload = { code, version: 1, document, publishedAt: instantFromIso('2026-01-01T00:00:00+08:00') };
  await operator.publish('offering.published.v1', {
    aggregateId: code,
    lane: laneOf(code),
    version,
    payload,
  });
}

async function buyPack(from: string): Promise<string> {
  const main = family.products['main'];
  if (!main) throw new Error('no main card');
  const productId = newId();
  const payload = {
    ...{ ...main, productId, offeringCode: 'data-pack', role: 'alone' as const, card: 'pack', resources: [] },
    effectiveFrom: instantFromIso(from),
  };
  await operator.publish('product.activated.v1', { aggregateId: productId, lane: main.lane, payload });
  return productId;
}

async function closeThrough(through: string): Promise<void> {
  const answer = await operator.rest('POST', '/usage/sources/mediation/close', { through });
  expect(answer.status).toBeLessThan(300);
  await operator.settle();
}

beforeEach(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  await publishOffer(zoned, 2);
  await publishOffer(pack, 1);
  await publishPolicy(calendar);
  await publishPolicy(zonePlan(1, '2026-01-01', ['1', '44']));
  // Facts of different lanes may overtake each other: a sale must find the plan as it was published last.
  await operator.settle();
  family = await sellFamily(operator, ['main'], { bundle: false });
});
afterEach(async () => {
  expect(await auditDifferences(operator)).toEqual([]);
  await operator.stop();
});

it('prices calls by zone and band, and by a new zone plan from its day on without a restart', async () => {
  await operator.moveClock('2026-06-20T00:00:00+08:00');
  const june = [
    'a1,voice,main,8613800138000,2026-06-12T21:59:30+08:00,60,,',
    'a2,voice,main,4420,2026-06-12T21:59:30+08:00,60,,',
    'a3,voice,main,3312,2026-06-12T12:00:00+08:00,60,,',
  ];
  expect(await deliver(operator, usageCsv(june, family), 'june.csv')).toMatchObject({
    rated: 2,
    suspended: 1,
  });
  await publishPolicy(zonePlan(2, '2026-07-01', ['1', '33']));
  await operator.moveClock('2026-07-03T00:00:00+08:00');
  const july = [
    'b1,voice,main,3312,2026-07-02T12:00:00+08:00,60,,',
    'b2,voice,main,4420,2026-07-02T12:00:00+08:00,60,,',
    // Starts while the first version is in force.
    'b3,voice,main,4420,2026-06-30T23:59:59+08:00,60,,',
  ];
  expect(await deliver(operator, usageCsv(july, family), 'july.csv')).toMatchObject({
    rated: 2,
    suspended: 1,
  });
  expect(await ratedByRecord(operator)).toEqual({
    a1: '900000 ',
    a2: '12000000 ',
    b1: '12000000 ',
    b3: '12000000 ',
  });
  const [row] = await operator.sql<{ parts: [string, string][] }>(
    `select parts from charging.rated_usage where record_id = 'a1'`,
  );
  expect(row?.parts.map(([cell, units]) => `${cell} ${units}`)).toEqual(['near//0 30', 'near/night/0 30']);
});

it('rates usage of before by a zone plan that mends an earlier one, on request', async () => {
  await operator.moveClock('2026-06-20T00:00:00+08:00');
  const june = ['a1,voice,main,4420,2026-06-12T12:00:00+08:00,60,,'];
  await deliver(operator, usageCsv(june, family), 'june.csv');
  expect(await ratedByRecord(operator)).toEqual({ a1: '12000000 ' });
  // 44 was never far.
  const near = zonePlan(2, '2026-07-01', ['1']);
  const zones = near.zones.map((zone) => (zone.code === 'near' ? { ...zone, prefixes: ['86', '44'] } : zone));
  await publishPolicy({ ...near, zones, corrects: 1 });
  await operator.settle();
  expect(await ratedByRecord(operator)).toEqual({ a1: '12000000 ' });
  const previewed = await preview(operator, { usageClass: 'VOICE', usedFrom: '2026-06-01T00:00:00+08:00' });
  expect(previewed.summary).toMatchObject({ changed: 1, before: '12.00', after: '1.20' });
  expect(await command(operator, 'applyRerating', previewed.reratingId)).toMatchObject({ state: 'APPLIED' });
  expect(await ratedByRecord(operator)).toEqual({ a1: '1200000 ' });
});

it('carries a pack over period ends; late usage finds what all later periods have left of it', async () => {
  const base = 40 * 1_048_576;
  const productId = await buyPack('2026-06-20T10:00:00+08:00');
  await operator.moveClock('2026-06-25T00:00:00+08:00');
  await deliver(
    operator,
    usageCsv([`a1,data,main,,2026-06-21T10:00:00+08:00,,${base + 100},`], family),
    'a.csv',
  );
  await operator.moveClock('2026-08-03T00:00:00+08:00');
  const full = 60 * 1_048_576;
  await deliver(
    operator,
    usageCsv([`b1,data,main,,2026-07-21T10:00:00+08:00,,${full + 200},`], family),
    'b.csv',
  );
  await deliver(
    operator,
    usageCsv([`c1,data,main,,2026-08-01T10:00:00+08:00,,${full + 300},`], family),
    'c.csv',
  );
  const code = `data-pack/extra/${productId}`;
  const takes = async () =>
    Object.values(await ratedByRecord(operator)).map((each) =>
      each.split(' ').find((take) => take.startsWith(code)),
    );
  expect(await takes()).toEqual([`${code}:100`, `${code}:200`, `${code}:300`]);
  const buckets = await operator.sql<{ period: string; origin: string; granted: string; remaining: string }>(
    `select period, origin, granted, remaining from charging.bucket_balance where code = '${code}' order by period`,
  );
  expect(buckets.map(({ origin, granted, remaining }) => [origin, granted, remaining])).toEqual([
    ['base', '1000', '900'],
    ['carried', '900', '700'],
    ['carried', '700', '400'],
  ]);

  await closeThrough('2026-07-01T00:00:00+08:00');
  await deliver(operator, usageCsv([`a2,data,main,,2026-06-22T10:00:00+08:00,,500,`], family), 'late.csv');
  expect(await takes()).toEqual([`${code}:100`, `${code}:400`, `${code}:200`, `${code}:300`]);
});
