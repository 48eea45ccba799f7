import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CalendarPolicy, OfferDocument } from '@ronghe/contracts';
import { instantFromIso, laneOf, parseLocalDate } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from './charging.domain';
import { auditDifferences, publishDocuments, ratedByRecord, sellFamily, type Family } from './family.fixture';
import { CHARGING_DATA, NetworkFunction } from './session/network-function.fixture';

/** What online charging remembers of products and documents is never older than what was published. */

const KB = 1024;
/** Longer than documents are remembered without being asked for. */
const FRESH_MS = 1200;

const label = { en: 'dear', 'zh-CN': '贵' };
const { offers } = JSON.parse(
  readFileSync(join(__dirname, '../../../testdata/charging/documents.json'), 'utf8'),
) as { offers: OfferDocument[] };
const plan = offers.find(({ code }) => code === 'mobile-5g-199') as OfferDocument;

const rate = (band: string | null, amount: string) => ({
  zone: null,
  band,
  steps: [{ from: '0', price: { amount, per: '1' }, increment: '1' }],
  connectFee: null,
  maximumPerEvent: null,
});

/** The plan without allowances, whose data costs by the KB: 0.01, in the band `dear` 0.05. */
const metered: OfferDocument = {
  ...plan,
  allowances: [],
  usagePrices: plan.usagePrices.map((price) =>
    price.usageClass === 'data'
      ? {
          ...price,
          cap: null,
          model: {
            kind: 'rates',
            rates: { zonePlan: null, calendar: 'week', rates: [rate('dear', '0.05'), rate(null, '0.01')] },
          },
        }
      : price,
  ),
};

const days: CalendarPolicy['bands'][0]['days'] = [1, 2, 3, 4, 5, 6, 7];
const calendar = (version: number, bands: CalendarPolicy['bands']): CalendarPolicy => ({
  kind: 'calendar',
  code: 'week',
  version,
  effectiveFrom: parseLocalDate('2026-01-01'),
  effectiveTo: null,
  holidays: [],
  bands,
});

let operator: TestOperator;
let network: NetworkFunction;
let family: Family;
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  await publish('offering.published.v1', metered, 2);
  await publish('policy.published.v1', calendar(1, []), 1);
  // What is sold comes by other lanes: the plan must be the one without allowances before anybody reads it.
  await operator.settle();
  family = await sellFamily(operator, ['main'], { online: ['main'], bundle: false });
  await operator.settle();
  await operator.moveClock('2026-06-12T12:00:00+08:00');
  network = new NetworkFunction(operator);
});
afterAll(() => operator?.stop());

async function publish(
  type: 'offering.published.v1' | 'policy.published.v1',
  document: OfferDocument | CalendarPolicy,
  version: number,
): Promise<void> {
  const { code } = document;
  const payload = {
    code,
    version: document.version,
    document,
    publishedAt: instantFromIso('2026-01-01T00:00:00+08:00'),
  };
  await operator.publish(type, { aggregateId: code, lane: laneOf(code), version, payload } as never);
}

async function chargeOf(used: number): Promise<string | undefined> {
  const { reference } = await network.create(family.numberOf('main'), [{ requested: KB }]);
  await network.post(`${CHARGING_DATA}/${reference}/release`, network.body(1, [{ used }]));
  return (await ratedByRecord(operator))[reference];
}

it('rates by a calendar that was published while accounts were remembered', async () => {
  expect(await chargeOf(10 * KB)).toBe('100000 ');
  await publish(
    'policy.published.v1',
    calendar(2, [{ code: 'dear', label, days, from: '00:00', to: '24:00' }]),
    2,
  );
  await operator.settle();
  await sleep(FRESH_MS);
  expect(await chargeOf(10 * KB)).toBe('500000 ');
  expect(await auditDifferences(operator)).toEqual([]);
});
