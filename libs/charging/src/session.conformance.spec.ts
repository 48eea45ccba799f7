import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:http2';
import { join } from 'node:path';
import type { OnlineChargingPolicy } from '@ronghe/contracts';
import type { Instant } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { chargingDomain } from './charging.domain';
import { publishDocuments, sellFamily, type Family } from './family.fixture';
import { chargingAnswer } from './session/charging-answer';
import { CHARGING_DATA, NetworkFunction } from './session/network-function.fixture';
import { notifyRequest } from './session/notification/notification';
import { defaultOnlinePolicy } from './session/online-policy';

/** Online charging against the definitions of TS 32.291 and what they refer to. */

const SPECIFICATION = 'TS32291_Nchf_ConvergedCharging.yaml';

function definitions(): Ajv {
  const root = process.env['RONGHE_DEFINITIONS'];
  if (!root)
    throw new Error('RONGHE_DEFINITIONS is not set: run `npm run test:conformance -- --definitions DIR`.');
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false, validateSchema: false });
  addFormats(ajv);
  const folder = join(root, '3gpp');
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.yaml'))) {
    const document = parse(readFileSync(join(folder, name), 'utf8'), { logLevel: 'silent' }) as object;
    ajv.addSchema({ $id: name, components: (document as { components?: object }).components ?? {} });
  }
  return ajv;
}

let ajv: Ajv;
let operator: TestOperator;
let family: Family;
let network: NetworkFunction;
beforeAll(async () => {
  ajv = definitions();
  operator = await startOperator({
    domains: [chargingDomain],
    startsAt: '2026-06-11T00:00:00+08:00',
    environment: { RONGHE_HTTP2_PORT: '0' },
  });
  await publishDocuments(operator);
  network = new NetworkFunction(operator);
  family = await sellFamily(operator, ['main', 'sub1', 'broadband'], { online: ['sub1'] });
  await operator.settle();
});
afterAll(() => operator?.stop());

function problemsOf(file: string, definition: string, body: unknown): string[] {
  const validate = ajv.compile({ $ref: `${file}#/components/schemas/${definition}` });
  if (validate(body)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}

it('sends requests and answers that conform', async () => {
  const number = family.numberOf('sub1');
  const created = await network.create(number, [{ requested: 1_000_000 }, { requested: null, group: 2 }]);
  expect(created.status).toBe(201);
  expect(problemsOf(SPECIFICATION, 'ChargingDataResponse', created.body)).toEqual([]);
  const update = network.body(1, [{ used: 5000, requested: 1_000_000 }]);
  expect(problemsOf(SPECIFICATION, 'ChargingDataRequest', update)).toEqual([]);
  const updated = await network.post(`${CHARGING_DATA}/${created.reference}/update`, update);
  expect([updated.status, problemsOf(SPECIFICATION, 'ChargingDataResponse', updated.body)]).toEqual([
    200,
    [],
  ]);
});

it('speaks HTTP/2 without encryption, several requests on one connection', async () => {
  const client = connect(operator.http2Url ?? '');
  const token = await operator.token('partner');
  const post = (path: string, content: object): Promise<{ status: number; location: string; text: string }> =>
    new Promise((resolve, reject) => {
      const stream = client.request({
        ':method': 'POST',
        ':path': path,
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      });
      let text = '';
      let head: Record<string, unknown> = {};
      stream.setEncoding('utf8');
      stream.on('response', (headers) => (head = headers));
      stream.on('data', (chunk: string) => (text += chunk));
      stream.on('end', () =>
        resolve({ status: Number(head[':status']), location: String(head['location'] ?? ''), text }),
      );
      stream.on('error', reject);
      stream.end(JSON.stringify(content));
    });
  try {
    const subscriberIdentifier = `msisdn-${family.numberOf('sub1')}`;
    const create = (chargingId: number) =>
      post(CHARGING_DATA, {
        ...network.body(0, [{ requested: 1000 }], { subscriberIdentifier }),
        chargingId,
      });
    const created = await Promise.all([create(901), create(902), create(903)]);
    expect(created.map(({ status }) => status)).toEqual([201, 201, 201]);
    for (const answer of created) {
      expect(problemsOf(SPECIFICATION, 'ChargingDataResponse', JSON.parse(answer.text))).toEqual([]);
      const { pathname } = new URL(answer.location);
      const released = await post(`${pathname}/release`, network.body(1, [{ used: 500 }]));
      expect([released.status, released.text]).toEqual([204, '']);
    }
    const refused = await post(`${CHARGING_DATA}/unknown/release`, network.body(1, []));
    expect(problemsOf('TS29571_CommonData.yaml', 'ProblemDetails', JSON.parse(refused.text))).toEqual([]);
    expect(refused.status).toBe(404);
  } finally {
    client.close();
  }
});

it('sends events and what policies say of grants so that they conform', async () => {
  const subscriberIdentifier = `msisdn-${family.numberOf('sub1')}`;
  const event = {
    ...network.body(0, [{ requested: 2048 }], { subscriberIdentifier }),
    chargingId: 950,
    oneTimeEvent: true,
    oneTimeEventType: 'IEC',
  };
  expect(problemsOf(SPECIFICATION, 'ChargingDataRequest', event)).toEqual([]);
  const answer = await network.post(CHARGING_DATA, event);
  expect([answer.status, problemsOf(SPECIFICATION, 'ChargingDataResponse', answer.body)]).toEqual([201, []]);
  const policies: OnlineChargingPolicy[] = [
    { ...defaultOnlinePolicy, thresholdPercent: 10, quotaHoldingSeconds: 60 },
    {
      ...defaultOnlinePolicy,
      finalUnit: { action: 'REDIRECT', addressType: 'URL', address: 'https://top-up.example' },
    },
    { ...defaultOnlinePolicy, finalUnit: { action: 'RESTRICT_ACCESS', filterIds: ['top-up'] } },
  ];
  const granted = {
    ratingGroup: 1,
    upfId: '',
    amount: 1000n,
    tariffChange: '2026-06-20T22:00:00.000Z' as Instant,
  };
  for (const policy of policies) {
    for (const usageClass of ['data', 'voice', 'sms'] as const) {
      const units = [true, false].map(
        (isFinal) => ({ kind: 'granted', granted: { ...granted, usageClass, isFinal } }) as const,
      );
      const { body } = chargingAnswer(200, 1, '2026-06-20T04:00:00.000Z' as Instant, units, policy);
      expect(problemsOf(SPECIFICATION, 'ChargingDataResponse', JSON.parse(body ?? ''))).toEqual([]);
    }
  }
});

it('notifies network functions in bodies that conform', () => {
  const said = {
    lane: 1,
    sessionId: '',
    grantedUntil: '2026-06-20T04:00:00.000Z',
    accountId: '',
    notifyUri: 'http://smf.example/notify',
    ratingGroups: [1, 20],
  };
  for (const kind of ['ABORT_CHARGING', 'REAUTHORIZATION'] as const)
    expect(problemsOf(SPECIFICATION, 'ChargingNotifyRequest', notifyRequest({ ...said, kind }))).toEqual([]);
  expect(problemsOf(SPECIFICATION, 'ChargingNotifyRequest', {})).toHaveLength(1);
});

it('says no in problem details that conform', async () => {
  const refused = await network.post(CHARGING_DATA, { invocationSequenceNumber: 1 });
  expect(refused.headers.get('content-type')).toContain('application/problem+json');
  expect(problemsOf('TS29571_CommonData.yaml', 'ProblemDetails', refused.body)).toEqual([]);
  const unsigned = await operator.rest('POST', CHARGING_DATA, {}, { role: null });
  expect(problemsOf('TS29571_CommonData.yaml', 'ProblemDetails', unsigned.body)).toEqual([]);
});

it('sees an answer without its mandatory parts, and a wrong type', () => {
  expect(problemsOf(SPECIFICATION, 'ChargingDataResponse', { invocationSequenceNumber: 1 })).toHaveLength(1);
  const wrong = { invocationTimeStamp: '2026-06-20T04:00:00Z', invocationSequenceNumber: 'x' };
  expect(problemsOf(SPECIFICATION, 'ChargingDataResponse', wrong).length).toBeGreaterThan(0);
});
