import { startOperator, tmfConformance, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from '../../charging.domain';
import {
  auditDifferences,
  deliver,
  publishDocuments,
  sellFamily,
  usageCsv,
  type Family,
} from '../../family.fixture';

const root = '/tmf-api/usageManagement/v4';

let operator: TestOperator;
let family: Family;
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  family = await sellFamily(operator, ['main']);
  await operator.settle();
  await operator.moveClock('2026-06-20T12:00:00+08:00');
});
afterAll(() => operator?.stop());

describe('TMF635 Usage Management', () => {
  const problems = tmfConformance('TMF635');

  it('answers rated, listed and rejected usage as the definition has it', async () => {
    await deliver(operator, usageCsv(['f1,sms,main,10086,2026-06-12T08:00:00+08:00,,,1'], family));
    const body = (recordId: string, number: string) => ({
      usageDate: '2026-06-13T08:00:00+08:00',
      usageType: 'voice',
      usageSpecification: { id: 'mediation' },
      usageCharacteristic: [
        { name: 'record_id', value: recordId },
        { name: 'number', value: number },
        { name: 'duration_s', value: 61 },
      ],
    });
    expect(problems('Usage_Create', body('t1', '1'))).toEqual([]);
    for (const [recordId, number, status] of [
      ['t1', family.numberOf('main'), 'rated'],
      ['t2', '8613000000000', 'rejected'],
    ] as const) {
      const { status: answered, body: created } = await operator.rest(
        'POST',
        `${root}/usage`,
        body(recordId, number),
        {
          role: 'partner',
        },
      );
      expect(answered).toBe(201);
      expect(problems('Usage', created)).toEqual([]);
      expect(created).toMatchObject({ status });
      const { id } = created as { id: string };
      expect((await operator.rest('GET', `${root}/usage/${id}`)).body).toEqual(created);
    }
    const list = await operator.rest('GET', `${root}/usage?account.id=${family.account.accountId}&limit=10`);
    expect(list.headers.get('x-total-count')).toBe('2');
    for (const usage of list.body as object[]) expect(problems('Usage', usage)).toEqual([]);
    expect(await auditDifferences(operator)).toEqual([]);
  });
});
