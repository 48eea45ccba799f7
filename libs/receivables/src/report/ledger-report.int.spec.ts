import { startOperator, type TestOperator } from '@ronghe/testing';
import { receivablesDomain } from '../index';
import { LedgerDesk } from '../ledger-desk.fixture';

let operator: TestOperator;
let accountId: string;

interface Answer {
  rows: Record<string, string>[];
  totals: Record<string, string>;
}

async function report(name: string, query: string): Promise<{ body: Answer; text: string }> {
  const answer = await operator.rest('GET', `/reports/${name}?${query}`, undefined, { role: 'billing' });
  expect(answer.status).toBe(200);
  return { body: answer.body as Answer, text: answer.text };
}

beforeAll(async () => {
  operator = await startOperator({ domains: [receivablesDomain], startsAt: '2026-07-20T10:00:00+08:00' });
  const desk = new LedgerDesk(operator);
  accountId = await desk.openAccount();
  // Booked when it was issued: in June.
  await desk.bill(accountId, 10900n, '2026-06-15');
  await desk.pay(accountId, '150.00');
  await desk.command('takeDeposit', { accountId, amount: '20.00', method: 'CASH' });
  await desk.bill(await desk.openAccount(), 5000n, '2026-06-15');
});
afterAll(() => operator?.stop());

it('exports the journal of some days in its order, balanced', async () => {
  const { body } = await report('journal', 'from=2026-07-01&to=2026-07-31');
  expect(body.rows.map(({ kind, account, debit, credit }) => [kind, account, debit, credit])).toEqual(
    expect.arrayContaining([
      ['payment', '1001', '150.00', '0.00'],
      ['payment', '1122', '0.00', '109.00'],
      ['payment', '2203', '0.00', '41.00'],
      ['deposit-taken', '1001', '20.00', '0.00'],
    ]),
  );
  expect(body.totals).toEqual({ debit: '170.00', credit: '170.00' });
  const times = body.rows.map(({ bookedAt }) => bookedAt ?? '');
  expect(times).toEqual([...times].sort());
});

it('is answered as a table too, a page of the journal no longer than it may be', async () => {
  const ask = (args: string) =>
    operator.graphql<{ ledgerReport: { rows: string[][]; totals: (string | null)[] } }>(
      `query { ledgerReport(${args}) { rows totals } }`,
      {},
      'billing',
    );
  const days = 'from: "2026-07-01", to: "2026-07-31"';
  const { body } = await report('trial-balance', 'from=2026-07-01&to=2026-07-31');
  const balance = (await ask(`report: TRIAL_BALANCE, ${days}`)).data?.ledgerReport;
  expect(balance?.rows).toEqual(body.rows.map((row) => Object.values(row)));
  expect(balance?.totals).toEqual([null, null, '0.00', '170.00', '170.00', '0.00']);
  const aging = (await ask('report: AGING')).data?.ledgerReport;
  expect(aging?.rows.map(([account]) => account)).not.toContain(accountId);
  expect((await ask('report: DEFERRED')).errors?.[0]?.extensions.code).toBe('report_days_invalid');
});

it('exports more entries than it reads at once, each once', async () => {
  await operator.sql(
    `insert into receivables.journal_entry (lane, kind, reference_id, account_id, period, booked_at, lines)
     select no % 7, 'receipt', gen_random_uuid(), $1, null, timestamptz '2025-03-01T00:00:00Z' + (no / 10) * interval '1 minute',
            '[{"account": "1002", "subAccount": null, "debit": "1", "credit": "0"},
              {"account": "2243", "subAccount": null, "debit": "0", "credit": "1"}]'::jsonb
     from generate_series(1, 2500) as no`,
    [accountId],
  );
  const { text } = await report('journal', 'from=2025-03-01&to=2025-03-31&format=csv');
  const lines = text.trimEnd().split('\r\n');
  expect(lines).toHaveLength(5000 + 2);
  expect(new Set(lines).size).toBe(5000 + 2);
  expect(lines.at(-1)).toBe('total,,,,,,,25.00,25.00');
  await operator.sql(`delete from receivables.journal_entry where kind = 'receipt'`);
});

it('has a trial balance from what stood before to what stands after', async () => {
  const { body } = await report('trial-balance', 'from=2026-07-01&to=2026-07-31');
  const receivable = body.rows.find(({ account }) => account === '1122');
  expect(receivable).toMatchObject({ opening: '159.00', debit: '0.00', credit: '109.00', closing: '50.00' });
  expect(body.totals).toEqual({ opening: '0.00', debit: '170.00', credit: '170.00', closing: '0.00' });
});

it('tells what customers have paid and not had', async () => {
  const { body } = await report('deferred', 'from=2026-07-01&to=2026-07-31');
  expect(body.rows.map(({ account, amount }) => [account, amount])).toEqual([
    ['2204', '0.00'],
    ['2203', '41.00'],
    ['2242', '20.00'],
  ]);
  expect(body.totals).toEqual({ amount: '61.00' });
});

it('ages what is owed', async () => {
  const { body } = await report('aging', '');
  expect(body.rows).toHaveLength(1);
  expect(body.totals).toMatchObject({ notDue: '0.00', days31To60: '50.00', open: '50.00' });
});
