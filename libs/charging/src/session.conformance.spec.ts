import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startOperator, type TestOperator } from '@ronghe/testing';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { chargingDomain } from './charging.domain';
import { publishDocuments, sellFamily, type Family } from './family.fixture';
import { CHARGING_DATA, NetworkFunction } from './session/network-function.fixture';

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
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
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
