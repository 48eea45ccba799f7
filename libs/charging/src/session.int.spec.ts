import { startOperator, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from './charging.domain';
import {
  auditDifferences,
  deliver,
  imsiOf,
  publishDocuments,
  ratedByRecord,
  sellFamily,
  usageCsv,
  type Family,
} from './family.fixture';
import {
  causeOf,
  CHARGING_DATA,
  granted,
  NetworkFunction,
  type Unit,
} from './session/network-function.fixture';
import { Sessions } from './session/session.service';
import { SessionSweep } from './session/session-sweep.service';
import { passTimeOf } from './silent-session.fixture';

/** Online charging of data sessions (TS 32.291): reserve, use, release. */

const BASE = CHARGING_DATA;
const MB = 1_048_576;
const GB = 1024 * MB;

let operator: TestOperator;
let family: Family;
let prepaid: Family;
let network: NetworkFunction;
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  network = new NetworkFunction(operator);
  family = await sellFamily(operator, ['main', 'sub1', 'broadband'], { online: ['sub1'] });
  prepaid = await sellFamily(operator, ['main', 'sub1', 'broadband'], {
    online: ['main', 'sub1'],
    account: { paymentMode: 'prepaid' },
  });
  await operator.settle();
  await operator.moveClock('2026-06-20T12:00:00+08:00');
});
afterAll(() => operator?.stop());
afterEach(async () => {
  expect(await auditDifferences(operator)).toEqual([]);
});

async function dataBucket(of: Family): Promise<{ remaining: string; reserved: string }> {
  const [row] = await operator.sql<{ remaining: string; reserved: string }>(
    `select remaining, reserved from charging.bucket_balance where account_id = $1 and unit = 'kb' and granted > 0 and period = '2026-06'`,
    [of.account.accountId],
  );
  return row ?? { remaining: '', reserved: '' };
}

const post = (path: string, content: unknown) => network.post(path, content);
const body = (sequence: number, units: Unit[], more: object = {}) => network.body(sequence, units, more);
const create = (number: string, units: Unit[], sequence = 0) => network.create(number, units, sequence);
const kb = (octets: number) => octets / 1024;

it('reserves, uses and gives back', async () => {
  const before = BigInt((await dataBucket(family)).remaining);
  const created = await create(family.numberOf('sub1'), [{ requested: 100 * MB }]);
  expect(created.status).toBe(201);
  expect(created.headers.get('location')).toContain(BASE);
  expect(granted(created)).toMatchObject([
    { ratingGroup: 1, resultCode: 'SUCCESS', grantedUnit: { totalVolume: 100 * MB } },
  ]);
  expect(await dataBucket(family)).toEqual({ remaining: String(before), reserved: String(kb(100 * MB)) });

  const updated = await post(
    `${BASE}/${created.reference}/update`,
    body(1, [{ used: 60 * MB, requested: 50 * MB }]),
  );
  expect(updated.status).toBe(200);
  expect(await dataBucket(family)).toEqual({
    remaining: String(before - BigInt(kb(60 * MB))),
    reserved: String(kb(50 * MB)),
  });

  const released = await post(`${BASE}/${created.reference}/release`, body(2, [{ used: 10 * MB + 1 }]));
  expect([released.status, released.text]).toEqual([204, '']);
  expect(await dataBucket(family)).toEqual({
    remaining: String(before - BigInt(kb(70 * MB)) - 1n),
    reserved: '0',
  });
  expect((await ratedByRecord(operator))[created.reference]).toBe(`0 convergent-199/data:${kb(70 * MB) + 1}`);
  await operator.settle();
  const published = await operator.sql<{ payload: { totals: { unitsTotal: string }[] } }>(
    `select payload from charging.outbox where type = 'usage-totals.published.v1' and aggregate_id = $1
     order by sequence desc limit 1`,
    [`${family.account.accountId}/2026-06`],
  );
  expect(published[0]?.payload.totals).toMatchObject([{ unitsTotal: String(kb(70 * MB) + 1) }]);
});

it('answers the same request again with what it said, another body under its number with 400', async () => {
  const units = [{ requested: 10 * MB }];
  const created = await create(family.numberOf('sub1'), units, 7);
  const again = await post(
    BASE,
    body(7, units, {
      subscriberIdentifier: `msisdn-${family.numberOf('sub1')}`,
      retransmissionIndicator: true,
    }),
  );
  expect([again.status, again.body, again.headers.get('location')]).toEqual([
    201,
    created.body,
    created.headers.get('location'),
  ]);
  const other = await post(
    BASE,
    body(7, [{ requested: 11 * MB }], { subscriberIdentifier: `msisdn-${family.numberOf('sub1')}` }),
  );
  expect([other.status, causeOf(other)]).toEqual([400, 'MANDATORY_IE_INCORRECT']);

  const update = body(8, [{ used: 4 * MB, requested: 10 * MB }]);
  const path = `${BASE}/${created.reference}/update`;
  const answers = await Promise.all([post(path, update), post(path, update), post(path, update)]);
  expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
  expect((await post(`${BASE}/${created.reference}/release`, update)).status).toBe(400);

  const release = body(9, [{ used: 1 * MB }]);
  expect((await post(`${BASE}/${created.reference}/release`, release)).status).toBe(204);
  expect((await post(`${BASE}/${created.reference}/release`, release)).status).toBe(204);
  const final = await post(`${BASE}/${created.reference}/release`, body(10, [{ used: 1 * MB }]));
  expect([final.status, causeOf(final)]).toEqual([404, 'CONTEXT_NOT_FOUND']);
  expect((await ratedByRecord(operator))[created.reference]).toBe(`0 convergent-199/data:${kb(5 * MB)}`);
});

it('knows a subscriber by the IMSI of the SIM', async () => {
  const subscriberIdentifier = `imsi-${imsiOf(family.numberOf('sub1'))}`;
  const created = await post(BASE, body(20, [{ requested: MB }], { subscriberIdentifier }));
  expect(created.status).toBe(201);
  const reference = created.headers.get('location')?.split('/').at(-1);
  expect((await post(`${BASE}/${reference}/release`, body(21, []))).status).toBe(204);
});

it('keeps one reservation per rating group and user plane: a new request replaces it', async () => {
  const created = await create(family.numberOf('sub1'), [
    { requested: 10 * MB, group: 1 },
    { requested: null, group: 2 },
    { requested: 5 * MB, group: 2, upf: '6f1b1c3e-0b3e-4c6e-9d2a-1f2e3d4c5b6a' },
  ]);
  expect(granted(created).map(({ grantedUnit }) => grantedUnit?.totalVolume)).toEqual([
    10 * MB,
    100 * MB,
    5 * MB,
  ]);
  const updated = await post(
    `${BASE}/${created.reference}/update`,
    body(1, [{ requested: 20 * MB, group: 1 }]),
  );
  expect(updated.status).toBe(200);
  expect((await dataBucket(family)).reserved).toBe(String(kb(125 * MB)));
  expect((await post(`${BASE}/${created.reference}/release`, body(2, []))).status).toBe(204);
  expect((await dataBucket(family)).reserved).toBe('0');
});

describe('n parallel reservations on funds for k', () => {
  it('grants exactly k, and the last one carries the final unit', async () => {
    const { remaining } = await dataBucket(prepaid);
    const portion = (Number(remaining) / 10) * 1024;
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        create(prepaid.numberOf(n % 2 ? 'main' : 'sub1'), [{ requested: portion }], n),
      ),
    );
    const given = answers.filter((answer) => answer.status === 201);
    expect(given).toHaveLength(10);
    expect(given.flatMap(granted).filter((unit) => unit.finalUnitIndication)).toHaveLength(1);
    const refused = answers.filter((answer) => answer.status === 403);
    expect(refused.map((answer) => causeOf(answer))).toEqual(Array(30).fill('QUOTA_LIMIT_REACHED'));
    expect(await dataBucket(prepaid)).toEqual({ remaining, reserved: remaining });
    await Promise.all(
      given.map(({ reference }) => post(`${BASE}/${reference}/release`, body(100, [{ used: portion }]))),
    );
    expect(await dataBucket(prepaid)).toEqual({ remaining: '0', reserved: '0' });
  });
});

it('charges what is used beyond a grant, for a postpaid account at the out-of-bundle price', async () => {
  const { remaining } = await dataBucket(family);
  const created = await create(family.numberOf('sub1'), [{ requested: Number(remaining) * 1024 + GB }]);
  expect(granted(created)[0]?.grantedUnit?.totalVolume).toBe(Number(remaining) * 1024 + GB);
  await post(
    `${BASE}/${created.reference}/update`,
    body(1, [{ used: Number(remaining) * 1024, requested: GB }]),
  );
  await post(`${BASE}/${created.reference}/release`, body(2, [{ used: GB }]));
  expect((await ratedByRecord(operator))[created.reference]).toBe(`3000000 convergent-199/data:${remaining}`);
  expect(await dataBucket(family)).toEqual({ remaining: '0', reserved: '0' });
});

it('puts a session in its place when earlier usage of the group is delivered afterwards', async () => {
  const late = await sellFamily(operator, ['main', 'sub1', 'broadband'], { online: ['sub1'] });
  await operator.settle();
  const created = await create(late.numberOf('sub1'), [{ requested: 39 * GB }]);
  await post(`${BASE}/${created.reference}/release`, body(1, [{ used: 39 * GB }]));
  const record = `o1,data,main,,2026-06-12T08:00:00+08:00,,${2 * 1_048_576},`;
  expect(await deliver(operator, usageCsv([record], late))).toMatchObject({ rated: 1 });
  const rated = await ratedByRecord(operator);
  expect(rated['o1']).toBe(`0 convergent-199/data:${2 * 1_048_576}`);
  expect(rated[created.reference]).toBe(`3000000 convergent-199/data:${38 * 1_048_576}`);
});

it('gives back what a dead session holds, and still charges what it reports later', async () => {
  const dead = await sellFamily(operator, ['main', 'broadband'], { online: ['main'] });
  await operator.settle();
  const created = await create(dead.numberOf('main'), [{ requested: GB }]);
  expect((await dataBucket(dead)).reserved).toBe('1048576');
  await passTimeOf(operator, created.reference);
  expect((await operator.get(SessionSweep).dead()).dead).toContain(created.reference);
  await operator.get(Sessions).expire([created.reference]);
  expect((await dataBucket(dead)).reserved).toBe('0');
  expect((await post(`${BASE}/${created.reference}/release`, body(1, [{ used: 2 * GB }]))).status).toBe(204);
  expect((await ratedByRecord(operator))[created.reference]).toBe('0 convergent-199/data:2097152');
});
