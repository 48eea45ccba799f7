import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CUSTOMER_360, OperatorApi, type Customer360, type JourneyReport } from '@ronghe/journey';
import { moneyFromDecimal, moneyFromMinor, type Money } from '@ronghe/kernel';
import { allDomains } from '@ronghe/operator';
import { spawnOperator, TEST_PASSWORD, type SpawnedOperator } from '@ronghe/testing';
import { Client } from 'pg';
import { asExpected, expectedBills, liveDemonstration } from './demonstration';
import { tryDrafts } from './trial';

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

  it('gives the prepaid customer a statement every month, of which nothing is due', () => {
    // June: 8.00, and 2600 MB at night, of which 2248 MB are the card's own: 352 MB at 0.05. The first 5.00 are a bonus.
    const shown = report.statements.map(({ period, total, due, statement }) => [
      period,
      total,
      due,
      statement?.opening,
      statement?.closing,
    ]);
    expect(shown).toEqual([
      ['2026-06', '25.60', '0.00', '0.00', '79.40'],
      ['2026-07', '8.00', '0.00', '79.40', '71.40'],
      ['2026-08', '8.00', '0.00', '71.40', '63.40'],
      ['2026-09', '8.00', '0.00', '63.40', '55.40'],
    ]);
  });

  it('shows no difference in the audit', () => {
    expect(report.audit.found).toEqual([]);
    expect(report.audit.checks).toBeGreaterThan(100);
  });

  it('is tried again month by month, without any draft, to what all bills say', async () => {
    const api = new OperatorApi({ url: operator.url, password: TEST_PASSWORD });
    const billed = await billedByPeriod(operator.databaseUrl);
    expect([...billed.keys()]).toEqual(['2026-06', '2026-07', '2026-08', '2026-09']);
    for (const [period, total] of billed) {
      const { revenue, accounts } = (await tryDrafts(api, period)).figures;
      expect([period, moneyFromDecimal(revenue.before), revenue.delta]).toEqual([period, total, '0.00']);
      expect(accounts).toMatchObject({ changed: 0, problems: 0 });
    }
  }, 60_000);

  it('is in the reports of the terminal, as CSV and as JSON, to the same cent', async () => {
    const url = operator.url;
    const days = ['--from', '2026-07-01', '--to', '2026-10-31'];
    const [csv, json] = await Promise.all([
      ronghe(['report', 'tax', ...days, '--url', url]),
      ronghe(['report', 'revenue', ...days, '--format', 'json', '--url', url]),
    ]);
    const lines = csv.trimEnd().split('\r\n');
    expect(lines[0]).toBe('taxPercent,bills,net,tax,gross');
    const { rows, totals } = JSON.parse(json) as { rows: { gross: string }[]; totals: { gross: string } };
    expect(lines.at(-1)?.split(',').at(-1)).toBe(totals.gross);
    const sum = rows.reduce((fen, { gross }) => fen + moneyFromDecimal(gross), 0n);
    expect(moneyFromMinor(sum)).toBe(moneyFromDecimal(totals.gross));
    const balance = (await ronghe(['report', 'trial-balance', ...days, '--url', url]))
      .trimEnd()
      .split('\r\n');
    const [, , , debit, credit, closing] = balance.at(-1)?.split(',') ?? [];
    expect([debit, closing]).toEqual([credit, '0.00']);
    await expect(
      ronghe(['report', 'tax', '--from', 'July', '--to', 'July', '--url', url]),
    ).rejects.toMatchObject({
      stderr: expect.stringContaining('a report is from a day to a day') as string,
    });
  });

  it('is one customer in one request: orders, products, buckets, bills and payments', async () => {
    const api = new OperatorApi({ url: operator.url, password: TEST_PASSWORD });
    const variables = { customerId: report.customerId, period: '2026-09' };
    const { customer } = await api.graphql<Customer360>('counter', CUSTOMER_360, variables);
    const [account] = customer.accounts.edges.map(({ node }) => node);
    expect(customer.maskedIdentityNumber).toMatch(/^\*+.{4}$|\*{4,}/);
    expect(customer.orders.edges.map(({ node }) => node.state)).toEqual(['COMPLETED', 'COMPLETED']);
    const live = account?.products.edges
      .filter(({ node }) => node.status === 'ACTIVE')
      .map(({ node }) => node.card);
    expect(live?.sort()).toEqual(['fixed', 'main', 'sub1', 'sub2']);
    expect(account?.bills.nodes.map(({ total }) => total).sort()).toEqual(
      expectedBills()
        .map(({ total }) => total)
        .sort(),
    );
    expect(account?.payments).toHaveLength(4);
    expect(account?.balance).toBe('0.00');
    // September: 60 GB and what August left, all of it used (testdata/golden/expected.json).
    const data = account?.buckets
      .filter((bucket) => bucket.unit === 'KB')
      .map(({ used, remaining }) => [used, remaining]);
    expect(data?.sort()).toEqual([
      ['5242880', '0'],
      ['62914560', '0'],
    ]);
  });
});

/** A command at the terminal; what it wrote to its standard output. */
async function ronghe(words: string[]): Promise<string> {
  const main = join(__dirname, '../../../dist/apps/cli/src/main.js');
  const { stdout } = await promisify(execFile)(process.execPath, [
    main,
    ...words,
    '--password',
    TEST_PASSWORD,
  ]);
  return stdout;
}

/** What all bills say for each service period, without one-time charges. */
async function billedByPeriod(databaseUrl: string): Promise<Map<string, Money>> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ period: string; fen: string }>(
      `select service_period as period, sum(net_fen)::text as fen from billing.bill_line
       join billing.bill using (lane, bill_id) where product_id is not null and state <> 'rejected'
       group by 1 order by 1`,
    );
    return new Map(rows.map(({ period, fen }) => [period, moneyFromMinor(BigInt(fen))]));
  } finally {
    await client.end();
  }
}
