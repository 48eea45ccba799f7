import { instantFromIso, newId } from '@ronghe/kernel';
import { startOperator, type RestAnswer, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from './charging.domain';
import { auditDifferences, publishDocuments, sellFamily, terminate, type Family } from './family.fixture';
import { causeOf, CHARGING_DATA, NetworkFunction } from './session/network-function.fixture';

/** R8: what a network function is told that asks again. */

const MB = 1_048_576;

let operator: TestOperator;
let network: NetworkFunction;
let family: Family;
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  network = new NetworkFunction(operator);
  family = await sellFamily(operator, ['main', 'broadband'], {
    online: ['main'],
    onlineClasses: ['data', 'sms'],
    account: { paymentMode: 'prepaid' },
  });
  await operator.settle();
  await operator.moveClock('2026-06-20T12:00:00+08:00');
});
afterAll(() => operator?.stop());
afterEach(async () => {
  await operator.settle();
  expect(await auditDifferences(operator)).toEqual([]);
});

const told = (answer: RestAnswer) => [answer.status, answer.text, answer.headers.get('location')];

function message(sequence: number, messages = 1, subscriberIdentifier?: string): Promise<RestAnswer> {
  return network.post(CHARGING_DATA, {
    ...network.body(sequence, []),
    subscriberIdentifier: subscriberIdentifier ?? `msisdn-${family.numberOf('main')}`,
    chargingId: 4,
    oneTimeEvent: true,
    sMSChargingInformation: {},
    multipleUnitUsage: [{ ratingGroup: 20, requestedUnit: { serviceSpecificUnits: messages } }],
  });
}

it('a create that was refused stays refused when money has come; its next number is another request', async () => {
  const refused = await message(1);
  expect([refused.status, causeOf(refused)]).toEqual([403, 'QUOTA_LIMIT_REACHED']);
  const paymentId = newId();
  const { accountId } = family.account;
  await operator.command('charging.topUp', { accountId, paymentId, amount: '1.00' }, { key: paymentId });
  expect(told(await message(1))).toEqual(told(refused));
  const other = await message(1, 2);
  expect([other.status, causeOf(other)]).toEqual([400, 'MANDATORY_IE_INCORRECT']);
  const charged = await message(2);
  expect(charged.status).toBe(201);
  expect(told(await message(2))).toEqual(told(charged));
  const reference = charged.headers.get('location')?.split('/').at(-1);
  const [row] = await operator.sql<{ count: string }>(
    `select count(*) as count from charging.rated_usage where usage_id = $1`,
    [reference],
  );
  expect(row?.count).toBe('1');
});

it('a refused create is no session', async () => {
  await message(3, 1000);
  const [row] = await operator.sql<{ session_id: string }>(
    `select session_id from charging.session where state = 'refused' order by started_at desc limit 1`,
  );
  const answer = await network.post(
    `${CHARGING_DATA}/${row?.session_id}/release`,
    network.body(4, [{ used: MB }]),
  );
  expect([answer.status, causeOf(answer)]).toEqual([404, 'CONTEXT_NOT_FOUND']);
});

it('an unknown subscriber, asked for again', async () => {
  const first = await message(5, 1, 'msisdn-8613000000009');
  expect([first.status, causeOf(first)]).toEqual([404, 'USER_UNKNOWN']);
  expect(told(await message(5, 1, 'msisdn-8613000000009'))).toEqual(told(first));
  const other = await message(5, 2, 'msisdn-8613000000009');
  expect([other.status, causeOf(other)]).toEqual([400, 'MANDATORY_IE_INCORRECT']);
});

it('an unknown subscriber whose number somebody has bought since', async () => {
  const number = '8613000000010';
  const first = await message(6, 1, `msisdn-${number}`);
  expect([first.status, causeOf(first)]).toEqual([404, 'USER_UNKNOWN']);
  const from = '2026-06-20T12:00:00+08:00';
  await sellFamily(operator, ['main'], { online: ['main'], onlineClasses: ['sms'], number, from });
  await operator.settle();
  expect(told(await message(6, 1, `msisdn-${number}`))).toEqual(told(first));
  expect((await message(7, 1, `msisdn-${number}`)).status).toBe(201);
});

it('a create whose number nobody holds any more', async () => {
  const former = await sellFamily(operator, ['main'], {
    online: ['main'],
    from: '2026-06-12T00:00:00+08:00',
  });
  await operator.settle();
  const number = former.numberOf('main');
  const created = await network.create(number, [{ requested: MB }], 50);
  expect(created.status).toBe(201);
  await terminate(operator, former, ['main'], instantFromIso('2026-06-20T12:00:00+08:00'));
  await operator.settle();
  const body = network.body(50, [{ requested: MB }], { subscriberIdentifier: `msisdn-${number}` });
  expect(told(await network.post(CHARGING_DATA, body))).toEqual(told(created));
  const other = await network.create(number, [{ requested: MB }], 51);
  expect([other.status, causeOf(other)]).toEqual([404, 'USER_UNKNOWN']);
  await network.post(`${CHARGING_DATA}/${created.reference}/release`, network.body(52, [{ used: MB }]));
});

it('a create and reports, long after others followed', async () => {
  const created = await network.create(family.numberOf('main'), [{ requested: MB }], 40);
  const report = (sequence: number, kind = 'update') =>
    network.post(
      `${CHARGING_DATA}/${created.reference}/${kind}`,
      network.body(sequence, [{ used: MB, requested: MB }]),
    );
  const answers = new Map<number, RestAnswer>();
  for (const sequence of [41, 42, 43, 44]) answers.set(sequence, await report(sequence));
  answers.set(45, await report(45, 'release'));
  for (const sequence of [43, 44])
    expect(told(await report(sequence))).toEqual(told(answers.get(sequence) as RestAnswer));
  expect((await report(45, 'release')).status).toBe(204);
  const old = await report(41);
  expect([old.status, causeOf(old)]).toEqual([400, 'MANDATORY_IE_INCORRECT']);
  const again = await network.post(
    CHARGING_DATA,
    network.body(40, [{ requested: MB }], { subscriberIdentifier: `msisdn-${family.numberOf('main')}` }),
  );
  expect(told(again)).toEqual(told(created));
  const [row] = await operator.sql<{ quantity: string }>(
    `select quantity from charging.rated_usage where usage_id = $1`,
    [created.reference],
  );
  expect(row?.quantity).toBe(String(5 * 1024));
});
