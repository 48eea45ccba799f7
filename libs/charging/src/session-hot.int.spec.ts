import { HotPosts } from '@ronghe/platform';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from './charging.domain';
import { auditDifferences, publishDocuments, sellFamily, type Family } from './family.fixture';
import { CHARGING_DATA, NetworkFunction } from './session/network-function.fixture';

/** Requests that take the short way through the host, and those that do not: nobody may tell the difference. */

let operator: TestOperator;
let network: NetworkFunction;
let family: Family;
let token: string;
/** Which way requests took: true for the short one. */
const taken: boolean[] = [];
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  family = await sellFamily(operator, ['main', 'broadband'], { online: ['main'] });
  network = new NetworkFunction(operator);
  await operator.moveClock('2026-06-20T12:00:00+08:00');
  token = await operator.token('partner');
  const posts = operator.get(HotPosts);
  const take = posts.take.bind(posts);
  jest.spyOn(posts, 'take').mockImplementation((request, response) => {
    const isTaken = take(request, response);
    taken.push(isTaken);
    return isTaken;
  });
  // From now on the token is known.
  await post(CHARGING_DATA, {}, ORDINARY);
});
afterAll(() => operator?.stop());
beforeEach(() => taken.splice(0));

const SHORT = {};
/** Who continues a trace is given a context, which the short way has not. */
const ORDINARY = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' };

interface Seen {
  status: number;
  type: string | null;
  location: string | undefined;
  reference: string | undefined;
  text: string;
}

async function post(path: string, body: unknown, headers: Record<string, string>): Promise<Seen> {
  const answer = await fetch(`${operator.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const location = answer.headers.get('location') ?? undefined;
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    location: location?.slice(0, location.lastIndexOf('/')),
    reference: location?.split('/').at(-1),
    text: (await answer.text()).replace(/"traceId":"[0-9a-f]{32}"/, '"traceId":"…"'),
  };
}

const bodyOf = (chargingId: number, sequence: number, units: Parameters<NetworkFunction['body']>[1]) => ({
  ...network.body(sequence, units, { subscriberIdentifier: `msisdn-${family.numberOf('main')}` }),
  chargingId,
});

/** A session from its create to what is said of it when it is over. */
async function session(chargingId: number, headers: Record<string, string>): Promise<Seen[]> {
  const created = await post(CHARGING_DATA, bodyOf(chargingId, 0, [{ requested: 5000 }]), headers);
  const place = `${CHARGING_DATA}/${created.reference}`;
  const update = bodyOf(chargingId, 1, [{ used: 4000, requested: 5000 }]);
  const release = bodyOf(chargingId, 2, [{ used: 1000 }]);
  return [
    { ...created, reference: undefined },
    await post(`${place}/update`, update, headers),
    await post(`${place}/release`, release, headers),
    await post(`${place}/release`, release, headers),
    await post(`${place}/update`, bodyOf(chargingId, 3, []), headers),
    await post(`${place}/release`, bodyOf(chargingId, 2, [{ used: 999 }]), headers),
  ];
}

it('answers a session alike by either way', async () => {
  const short = await session(1, SHORT);
  expect(taken).toEqual([true, true, true, true, true, true]);
  const ordinary = await session(2, ORDINARY);
  expect(taken.slice(6)).toEqual([false, false, false, false, false, false]);
  expect(short).toEqual(ordinary);
  expect(short.map(({ status }) => status)).toEqual([201, 200, 204, 204, 404, 400]);
  await operator.settle();
  expect(await auditDifferences(operator)).toEqual([]);
});

it.each<[what: string, body: unknown]>([
  ['no JSON', '{"chargingId":'],
  ['nothing that is asked for', {}],
  ['no object', '[1]'],
  ['a wrong number', { ...bodyLess(), invocationSequenceNumber: -1 }],
  ['an unknown subscriber', { ...bodyLess(), subscriberIdentifier: 'msisdn-8619999999999' }],
])('refuses %s alike by either way', async (_what, body) => {
  const short = await post(CHARGING_DATA, body, SHORT);
  const ordinary = await post(CHARGING_DATA, body, ORDINARY);
  expect(taken).toEqual([true, false]);
  expect(short).toEqual(ordinary);
  expect(short.status).toBeGreaterThanOrEqual(400);
});

it('leaves strangers, other roles, other content and references that can be none to the ordinary way', async () => {
  const body = bodyOf(9, 0, [{ requested: 1000 }]);
  const counter = await operator.token('counter');
  const answers = [
    await post(CHARGING_DATA, body, { authorization: '' }),
    await post(CHARGING_DATA, body, { authorization: `Bearer ${counter}` }),
    await post(CHARGING_DATA, body, { authorization: `Bearer ${counter}` }),
    await post(CHARGING_DATA, body, { 'content-type': 'text/plain' }),
    await post(`${CHARGING_DATA}/unknown/release`, body, SHORT),
    await post(`${CHARGING_DATA}/${'0'.repeat(36)}/update`, body, SHORT),
  ];
  expect(taken).toEqual([false, false, false, false, false, false]);
  expect(answers.map(({ status }) => status)).toEqual([401, 403, 403, 400, 404, 404]);
});

function bodyLess(): object {
  return {
    nfConsumerIdentification: { nodeFunctionality: 'SMF', nFName: 'smf' },
    invocationTimeStamp: '2026-06-20T04:00:00Z',
    invocationSequenceNumber: 0,
    chargingId: 77,
    multipleUnitUsage: [{ ratingGroup: 1, requestedUnit: { totalVolume: 1000 } }],
  };
}
