import type { JourneyReport } from '@ronghe/journey';
import { allDomains } from '@ronghe/operator';
import { spawnOperator, type SpawnedOperator } from '@ronghe/testing';
import { asExpected, expectedBills, liveDemonstration } from './demonstration';

/** Fewer records than the demonstration's 10,000 where every hop is an HTTP call. */
const shapes = [
  { shape: 'suite' as const, records: 10_000 },
  { shape: 'split' as const, records: 2_000 },
];

describe.each(shapes)('the golden family from June to September 2026, $shape', ({ shape, records }) => {
  let operator: SpawnedOperator;
  let report: JourneyReport;

  beforeAll(async () => {
    operator = await spawnOperator({ shape, domains: allDomains });
    report = await liveDemonstration(operator.url, { records });
  }, 300_000);
  afterAll(() => operator?.stop());

  it('gets the bills that were worked out by hand, to the cent', () => {
    expect(asExpected(report)).toEqual(expectedBills());
  });

  it('has its usage read, and each record rated, repeated or in suspense', () => {
    const { read, rated, duplicates, suspended } = report.usage;
    expect(read).toBe(164 + records);
    expect(rated + duplicates + suspended).toBe(read);
    expect(duplicates).toBe(Math.round(records / 1000));
    expect(suspended).toBeGreaterThan(0);
  });

  it('gains nothing from another run or another import', () => {
    expect(report.secondRunAdded).toBe(0);
    expect(report.secondImportAdded).toBe(0);
  });

  it('bills every family every month', () => {
    expect(report.billsInAll).toBe(21 * 4);
  });

  it('shows no difference in the audit', () => {
    expect(report.audit.found).toEqual([]);
    expect(report.audit.checks).toBeGreaterThan(100);
  });
});
