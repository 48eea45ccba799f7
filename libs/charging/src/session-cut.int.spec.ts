import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OnlineChargingPolicy } from '@ronghe/contracts';
import { instantFromIso, laneOf, newId } from '@ronghe/kernel';
import { startOperator, type RestAnswer, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from './charging.domain';
import { publishDocuments, sellFamily, type Family } from './family.fixture';
import { CHARGING_DATA, NetworkFunction, type Unit } from './session/network-function.fixture';
import { defaultOnlinePolicy } from './session/online-policy';

/** Who has used more than he paid for: his sessions are named, and network functions are told to end them. */

const MB = 1_048_576;

let operator: TestOperator;
let network: NetworkFunction;
let listener: Server;
const heard: { path: string; body: string }[] = [];
let answerWith = 204;
beforeAll(async () => {
  listener = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      heard.push({ path: request.url ?? '', body });
      response.writeHead(answerWith, { location: '/elsewhere' }).end();
    });
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  await publishPolicy({ ...defaultOnlinePolicy, version: 1, notifyHosts: ['127.0.0.1'] });
  await operator.moveClock('2026-06-20T12:00:00+08:00');
  network = new NetworkFunction(operator);
});
afterAll(async () => {
  await operator?.stop();
  await new Promise((resolve) => listener.close(resolve));
});
beforeEach(() => {
  heard.length = 0;
  answerWith = 204;
});

async function publishPolicy(document: OnlineChargingPolicy): Promise<void> {
  const { code, version } = document;
  const payload = { code, version, document, publishedAt: instantFromIso('2026-01-01T00:00:00+08:00') };
  await operator.publish('policy.published.v1', { aggregateId: code, lane: laneOf(code), version, payload });
}

async function sell(): Promise<Family> {
  const family = await sellFamily(operator, ['main', 'broadband'], {
    online: ['main'],
    onlineClasses: ['data', 'sms'],
    account: { paymentMode: 'prepaid' },
  });
  await operator.settle();
  const paymentId = newId();
  const { accountId } = family.account;
  await operator.command('charging.topUp', { accountId, paymentId, amount: '0.15' }, { key: paymentId });
  return family;
}

const url = (host: string, path: string) =>
  `http://${host}:${(listener.address() as AddressInfo).port}${path}`;

let chargingId = 100;
async function open(family: Family, notifyUri: string, units: Unit[] = [{ requested: MB }]): Promise<string> {
  chargingId += 1;
  const more = { subscriberIdentifier: `msisdn-${family.numberOf('main')}`, notifyUri, chargingId };
  const created = await network.post(CHARGING_DATA, network.body(0, units, more));
  return created.headers.get('location')?.split('/').at(-1) ?? '';
}

/** Reports use and asks for no more: the session holds nothing any more. */
const report = (reference: string): Promise<RestAnswer> =>
  network.post(`${CHARGING_DATA}/${reference}/update`, network.body(1, [{ used: MB }]));

/** Three messages for the money of one: the rest is owed. */
function overspend(family: Family): Promise<RestAnswer> {
  chargingId += 1;
  return network.post(CHARGING_DATA, {
    ...network.body(0, [], { subscriberIdentifier: `msisdn-${family.numberOf('main')}`, chargingId }),
    oneTimeEvent: true,
    oneTimeEventType: 'PEC',
    sMSChargingInformation: {},
    multipleUnitUsage: [
      { ratingGroup: 20, usedUnitContainer: [{ localSequenceNumber: 1, serviceSpecificUnits: 3 }] },
    ],
  });
}

async function named({ account }: Family): Promise<string[]> {
  const answer = await operator.rest(
    'POST',
    '/internal/graphql/charging',
    {
      query: `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Account { sessionsToCut } } }`,
      variables: { of: [{ __typename: 'Account', accountId: account.accountId }] },
    },
    {
      headers: {
        'x-ronghe-internal': 'internal-token-of-a-test',
        'x-ronghe-actor': encodeURIComponent(JSON.stringify({ id: 'clerk', roles: ['operations'] })),
      },
    },
  );
  const { data } = answer.body as { data: { _entities: [{ sessionsToCut: string[] }] } };
  return data._entities[0].sessionsToCut;
}

it('names the session that holds nothing, and tells its network function once', async () => {
  const family = await sell();
  const idle = await open(family, url('127.0.0.1', '/idle'));
  await open(family, url('127.0.0.1', '/holding'));
  await report(idle);
  await operator.settle();
  expect([await named(family), heard]).toEqual([[], []]);

  expect((await overspend(family)).status).toBe(201);
  await operator.settle();
  expect(await named(family)).toEqual([idle]);
  expect(heard).toEqual([{ path: '/idle', body: '{"notificationType":"ABORT_CHARGING"}' }]);
  await operator.settle();
  expect(heard).toHaveLength(1);

  const paymentId = newId();
  const { accountId } = family.account;
  await operator.command('charging.topUp', { accountId, paymentId, amount: '5.00' }, { key: paymentId });
  expect(await named(family)).toEqual([]);
});

it('calls no host that the policy does not list, and follows nobody elsewhere', async () => {
  const family = await sell();
  answerWith = 307;
  await report(await open(family, url('localhost', '/unlisted')));
  await report(await open(family, url('127.0.0.1', '/listed')));
  await overspend(family);
  await operator.settle();
  expect(heard.map(({ path }) => path)).toEqual(['/listed']);
});
