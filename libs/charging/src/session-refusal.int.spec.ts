import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from './charging.domain';
import { publishDocuments, sellFamily, type Family } from './family.fixture';
import { causeOf, CHARGING_DATA, NetworkFunction } from './session/network-function.fixture';

let operator: TestOperator;
let family: Family;
let network: NetworkFunction;
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  network = new NetworkFunction(operator);
  family = await sellFamily(operator, ['main', 'sub1', 'broadband'], { online: ['sub1'] });
  await operator.settle();
});
afterAll(() => operator?.stop());

describe('what the charging function says no to', () => {
  const { vectors } = JSON.parse(
    readFileSync(join(__dirname, '../../../testdata/vectors/online_charging.json'), 'utf8'),
  ) as {
    vectors: {
      id: string;
      request: { path?: string; body?: object };
      expected: { status?: number; problemCause?: string };
    }[];
  };
  const vector = (id: string) => vectors.find((each) => each.id === id);

  it.each(['nchf-create-missing-nf', 'nchf-update-unknown-ref'])('%s', async (id) => {
    const { request, expected } = vector(id) ?? { request: {}, expected: {} };
    // The published update leaves out what TS 32.291 makes mandatory; it is about the reference alone.
    const content =
      id === 'nchf-update-unknown-ref' ? { ...network.body(1, []), ...request.body } : request.body;
    const answer = await network.post(request.path ?? '', content);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect([answer.status, causeOf(answer)]).toEqual([expected.status, expected.problemCause]);
  });

  it('an unknown subscriber, one without a number, one whose data is charged offline', async () => {
    let sequence = 0;
    const refusedWith = async (subscriberIdentifier: string) => {
      sequence += 1;
      const answer = await network.post(
        CHARGING_DATA,
        network.body(sequence, [{ requested: 1 }], { subscriberIdentifier }),
      );
      return [answer.status, causeOf(answer)];
    };
    expect(await refusedWith('msisdn-8613000000009')).toEqual([404, 'USER_UNKNOWN']);
    expect(await refusedWith('imsi-208930000000003')).toEqual([404, 'USER_UNKNOWN']);
    expect(await refusedWith(`msisdn-${family.numberOf('main')}`)).toEqual([403, 'CHARGING_NOT_APPLICABLE']);
  });

  it('what cannot be read, by a stranger, and where nothing is', async () => {
    const asked = async (path: string, body: string, headers: Record<string, string>) => {
      const answer = await operator.rest('POST', path, body, { role: 'partner', headers });
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      return [answer.status, (answer.body as { cause: string }).cause];
    };
    const json = { 'content-type': 'application/json' };
    expect(await asked(CHARGING_DATA, '{"nf', json)).toEqual([400, 'INVALID_MSG_FORMAT']);
    const forged = { ...json, authorization: 'Bearer forged' };
    expect(await asked(CHARGING_DATA, '{}', forged)).toEqual([401, 'UNAUTHENTICATED']);
    expect(await asked(`${CHARGING_DATA}s`, '{}', json)).toEqual([404, 'RESOURCE_URI_STRUCTURE_NOT_FOUND']);
  });

  it('a wrong volume, a wrong role, nobody', async () => {
    const subscriberIdentifier = `msisdn-${family.numberOf('sub1')}`;
    const wrong = await network.post(
      CHARGING_DATA,
      network.body(1, [{ requested: -1 }], { subscriberIdentifier }),
    );
    expect([wrong.status, wrong.body]).toEqual([
      400,
      expect.objectContaining({
        cause: 'OPTIONAL_IE_INCORRECT',
        invalidParams: [expect.objectContaining({ param: 'multipleUnitUsage/0/requestedUnit/totalVolume' })],
      }),
    ]);
    expect(
      (await operator.rest('POST', CHARGING_DATA, network.body(1, []), { role: 'counter' })).status,
    ).toBe(403);
    expect((await operator.rest('POST', CHARGING_DATA, network.body(1, []), { role: null })).status).toBe(
      401,
    );
  });
});
