import type { OnlineChargingPolicy } from '@ronghe/contracts';
import { instantFromIso, laneOf } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from './charging.domain';
import { auditDifferences, publishDocuments, sellFamily, type Family } from './family.fixture';
import { causeOf, CHARGING_DATA, granted, NetworkFunction } from './session/network-function.fixture';
import { defaultOnlinePolicy } from './session/online-policy';

/** Several rating groups and user planes in one session; what later releases add to requests. */

const MB = 1_048_576;

let operator: TestOperator;
let network: NetworkFunction;
let family: Family;
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  const document: OnlineChargingPolicy = {
    ...defaultOnlinePolicy,
    version: 1,
    ratingGroups: [
      { ratingGroup: 20, usageClass: 'sms' },
      { ratingGroup: 40, usageClass: 'content' },
    ],
  };
  const { code, version } = document;
  const payload = { code, version, document, publishedAt: instantFromIso('2026-01-01T00:00:00+08:00') };
  await operator.publish('policy.published.v1', { aggregateId: code, lane: laneOf(code), version, payload });
  network = new NetworkFunction(operator);
  family = await sellFamily(operator, ['main', 'broadband'], {
    online: ['main'],
    onlineClasses: ['data', 'content'],
  });
  await operator.settle();
});
afterAll(() => operator?.stop());
afterEach(async () => {
  await operator.settle();
  expect(await auditDifferences(operator)).toEqual([]);
});

async function heldBy(reference: string): Promise<string[]> {
  const [row] = await operator.sql<{ reserved: { ratingGroup: number; upfId: string; units: string }[] }>(
    'select reserved::jsonb as reserved from charging.session where session_id = $1',
    [reference],
  );
  return (row?.reserved ?? [])
    .map(({ ratingGroup, upfId, units }) => `${ratingGroup}/${upfId} ${units}`)
    .sort();
}

it('grants by rating group and user plane, and refuses what has no price beside them', async () => {
  const created = await network.create(family.numberOf('main'), [
    { group: 1, upf: 'upf-a', requested: 10 * MB },
    { group: 1, upf: 'upf-b', requested: 20 * MB },
    { group: 2, requested: 30 * MB },
    // Messages are charged offline; content has no price in this plan.
    { group: 20, requested: MB },
    { group: 40, requested: MB },
  ]);
  expect(created.status).toBe(201);
  expect(granted(created)).toMatchObject([
    { ratingGroup: 1, uPFID: 'upf-a', resultCode: 'SUCCESS', grantedUnit: { totalVolume: 10 * MB } },
    { ratingGroup: 1, uPFID: 'upf-b', resultCode: 'SUCCESS', grantedUnit: { totalVolume: 20 * MB } },
    { ratingGroup: 2, resultCode: 'SUCCESS', grantedUnit: { totalVolume: 30 * MB } },
    { ratingGroup: 20, resultCode: 'RATING_FAILED' },
    { ratingGroup: 40, resultCode: 'RATING_FAILED' },
  ]);
  expect(await heldBy(created.reference)).toEqual(['1/upf-a 10240', '1/upf-b 20480', '2/ 30720']);

  // One user plane reports and asks anew: the others keep what they hold.
  const updated = await network.post(
    `${CHARGING_DATA}/${created.reference}/update`,
    network.body(1, [{ group: 1, upf: 'upf-b', used: 5 * MB, requested: MB }]),
  );
  expect(granted(updated)).toMatchObject([{ ratingGroup: 1, uPFID: 'upf-b', resultCode: 'SUCCESS' }]);
  expect(await heldBy(created.reference)).toEqual(['1/upf-a 10240', '1/upf-b 1024', '2/ 30720']);

  const released = await network.post(
    `${CHARGING_DATA}/${created.reference}/release`,
    network.body(2, [
      { group: 1, upf: 'upf-a', used: 3 * MB },
      { group: 2, used: 2 * MB },
    ]),
  );
  expect([released.status, await heldBy(created.reference)]).toEqual([204, []]);
  const rated = await operator.sql(
    'select usage_class, quantity, amount from charging.rated_usage where usage_id = $1',
    [created.reference],
  );
  expect(rated).toEqual([{ usage_class: 'data', quantity: '10240', amount: '0' }]);
});

it('charges no content event of a plan without a price for content', async () => {
  const answer = await network.post(CHARGING_DATA, {
    ...network.body(0, [], { subscriberIdentifier: `msisdn-${family.numberOf('main')}` }),
    chargingId: 8000,
    oneTimeEvent: true,
    multipleUnitUsage: [{ ratingGroup: 40, requestedUnit: { serviceSpecificUnits: 1 } }],
  });
  expect([answer.status, causeOf(answer)]).toEqual([403, 'CHARGING_NOT_APPLICABLE']);
});

it('takes requests with fields of later releases', async () => {
  const later = { laterField: { nested: [1, 'two', null] } };
  const body = network.body(0, [{ requested: MB, used: 0 }], {
    subscriberIdentifier: `msisdn-${family.numberOf('main')}`,
    chargingId: 8001,
    ...later,
    tenantIdentifier: 'tenant',
    mnSConsumerIdentifier: 'consumer',
  }) as { multipleUnitUsage: object[]; nfConsumerIdentification: object };
  body.multipleUnitUsage = body.multipleUnitUsage.map((unit) => ({ ...unit, ...later, allocateUnit: true }));
  body.nfConsumerIdentification = { ...body.nfConsumerIdentification, ...later };
  const answer = await network.post(CHARGING_DATA, body);
  expect([answer.status, granted(answer)[0]?.resultCode]).toEqual([201, 'SUCCESS']);
});
