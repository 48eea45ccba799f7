import { startOperator, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from './charging.domain';
import {
  auditDifferences,
  deliver,
  publishDocuments,
  sellFamily,
  usageCsv,
  type Family,
} from './family.fixture';

let operator: TestOperator;
const families: Family[] = [];
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  for (let n = 0; n < 20; n += 1)
    families.push(await sellFamily(operator, ['main', 'sub1', 'broadband', 'fixed']));
  await operator.settle();
  await operator.moveClock('2026-07-01T00:00:00+08:00');
});
afterAll(() => operator?.stop());

it('takes ten thousand records of a street in, out of order, in batches', async () => {
  const records = Array.from({ length: 10_000 }, (_, n) => {
    const number = families[n % families.length]?.numberOf(
      ['main', 'sub1', 'main', 'fixed'][Math.floor(n / 20) % 4] ?? 'main',
    );
    const day = String(11 + ((n * 7) % 19)).padStart(2, '0');
    const time = `${String((n * 5) % 24).padStart(2, '0')}:${String((n * 11) % 60).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}`;
    const isData = Math.floor(n / 20) % 4 === 2;
    return `t${n},${isData ? 'data' : 'voice'},${number},,2026-06-${day}T${time}+08:00,${isData ? ',204800' : `${n % 300},`},`;
  });
  const started = Date.now();
  const file = await deliver(operator, usageCsv(records));
  const elapsedMs = Date.now() - started;
  expect(file).toMatchObject({ state: 'collected', read: 10_000, rated: 10_000 });
  expect(await auditDifferences(operator)).toEqual([]);
  expect(elapsedMs).toBeLessThan(60_000);
});
