import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from './charging.domain';
import { imsiOf, publishDocuments, sellFamily } from './family.fixture';
import { CHARGING_DATA } from './session/network-function.fixture';

/** The published vectors of Nchf_ConvergedCharging against the running service. */

interface Vector {
  id: string;
  interface: string;
  request: { method: string; path?: string; body: Record<string, unknown> };
  expected: { status?: number; problemCause?: string; headers?: string[]; validation?: string };
}

const root = join(__dirname, '../../..');
const { vectors } = JSON.parse(readFileSync(join(root, 'testdata/vectors/online_charging.json'), 'utf8')) as {
  vectors: Vector[];
};
const ours = vectors.filter((vector) => vector.interface === 'Nchf_ConvergedCharging');

/** Answered otherwise on purpose, by the section of docs/semantics.md that says why. */
const choices: Record<string, string> = {
  'nchf-online-no-requestedunit': 'A rating group may report without asking',
};

let operator: TestOperator;
let subscriberIdentifier: string;
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  const family = await sellFamily(operator, ['main', 'broadband'], { online: ['main'] });
  await operator.settle();
  subscriberIdentifier = `imsi-${imsiOf(family.numberOf('main'))}`;
});
afterAll(() => operator?.stop());

/** A vector that shows a part of a body only gets the rest; its subscriber is one of ours. */
function bodyOf({ id, request }: Vector, sequence: number): Record<string, unknown> {
  const rest = {
    nfConsumerIdentification: { nodeFunctionality: 'SMF' },
    invocationTimeStamp: '2026-06-11T00:00:00Z',
    invocationSequenceNumber: sequence,
    chargingId: 100 + sequence,
  };
  const isPart = request.path === undefined;
  const subscriber = isPart || 'subscriberIdentifier' in request.body ? { subscriberIdentifier } : {};
  return { ...(isPart ? rest : {}), ...request.body, ...(id.includes('unknown') ? {} : subscriber) };
}

it.each(ours.map((vector, index) => [vector.id, vector, index] as const))('%s', async (id, vector, index) => {
  const { expected, request } = vector;
  const path = request.path ?? CHARGING_DATA;
  const answer = await operator.rest(request.method, path, bodyOf(vector, index), { role: 'partner' });
  if (choices[id] !== undefined) {
    expect(answer.status).not.toBe(expected.status);
    expect(readFileSync(join(root, 'docs/semantics.md'), 'utf8')).toContain(`## ${choices[id]}\n`);
    return;
  }
  expect(answer.status).toBe(expected.status ?? 201);
  for (const header of expected.headers ?? []) expect(answer.headers.get(header)).toBeTruthy();
  if (expected.problemCause) expect(answer.body).toMatchObject({ cause: expected.problemCause });
});

it('are six, of which one is a choice', () => {
  expect([ours.length, Object.keys(choices).length]).toEqual([6, 1]);
});
