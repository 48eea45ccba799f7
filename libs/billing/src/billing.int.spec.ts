import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { instantFromIso } from '@ronghe/kernel';
import { Transactions } from '@ronghe/platform';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { Desk, type BillNode } from '../test/desk';
import { familyOf, goldenPeriods, usageTotalsOf } from '../test/golden-family';
import { closeSource, publishAugust, publishDocuments, publishFamily, publishUsage } from '../test/publish';
import { readPdf } from '../test/read-pdf.adapter';
import { BillingAudit } from './billing.audit.service';
import { billingDomain } from './index';

interface ExpectedBill {
  period: string;
  lines: Record<string, string>[];
  taxByTaxPercent: Record<string, string>;
  total: string;
}

const golden = JSON.parse(
  readFileSync(join(__dirname, '../../../testdata/golden/expected.json'), 'utf8'),
) as { bills: ExpectedBill[] };
const customerBills = '/tmf-api/customerBillManagement/v4';

const first = familyOf(1);
const second = familyOf(2);
const { accountId } = first.account;

let operator: TestOperator;
const desk = new Desk(() => operator);

beforeAll(async () => {
  operator = await startOperator({ domains: [billingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  for (const family of [first, second]) {
    await publishFamily(operator, family);
    for (const period of goldenPeriods) {
      await publishUsage(operator, family, { period, version: 1, totals: usageTotalsOf(family, period) });
    }
  }
  await operator.settle();
});

afterAll(() => operator?.stop());

describe('June', () => {
  it('is refused by hand before its inputs have passed the cut-off, naming them', async () => {
    const { errors } = await desk.startRun({ period: '2026-06' }, 'early');
    expect(errors?.[0]?.extensions.code).toBe('inputs_not_closed');
    expect(errors?.[0]?.extensions.details?.['waitingFor']).toEqual([
      expect.objectContaining({ input: 'business clock' }),
      expect.objectContaining({ input: 'usage source mediation', has: null }),
    ]);
  });

  it.each([
    [{ period: '2026-06', force: true }, 'reason_missing'],
    [{ period: '2026-06', force: true, reason: 'month end' }, 'period_not_ended'],
    [{ period: 'June' }, 'input_invalid'],
    [{ period: '2026-06', zone: 'Mars/Olympus' }, 'invalid_zone'],
  ])('refuses %j with %s', async (input, code) => {
    const { errors } = await desk.startRun(input, `bad-${code}`);
    expect(errors?.[0]?.extensions.code).toBe(code);
  });

  it('is not for the counter to run', async () => {
    const start = `mutation { startBillRun(input: { period: "2026-06" }, idempotencyKey: "counter") { id } }`;
    const { errors } = await operator.graphql(start, {}, 'counter');
    expect(errors?.[0]?.extensions.code).toBe('role_missing');
  });

  it('is previewed without writing anything', async () => {
    const query = `query ($id: ID!) { previewBill(accountId: $id, period: "2026-06") { total lines { id } } }`;
    const { previewBill } = await desk.ask<{
      previewBill: { total: string; lines: { id: string | null }[] };
    }>(query, { id: accountId }, 'counter');
    expect(previewBill.total).toBe('131.67');
    expect(previewBill.lines.map((line) => line.id)).toEqual(Array(9).fill(null));
    expect(await operator.sql('select 1 from billing.bill')).toEqual([]);
  });

  it('waits for its usage source when the period has ended', async () => {
    await operator.moveClock('2026-07-01T06:00:00+08:00');
    const waiting = await desk.latestRun('2026-06');
    expect(waiting.state).toBe('WAITING');
    expect(waiting.waitingFor).toEqual([{ input: 'usage source mediation' }]);
    expect(await desk.bills(accountId)).toEqual([]);
  });

  it('runs by itself once the source is closed, and is the golden bill to the cent', async () => {
    await closeSource(operator, '2026-07-01T00:00:00+08:00');
    await operator.settle();
    const done = await desk.latestRun('2026-06');
    expect(done).toMatchObject({ state: 'COMPLETED', accounts: 2, added: 2, quarantined: 0 });
    expect(done.checks.length).toBeGreaterThan(0);
    expect(done.checks.every((check) => check.left === check.right)).toBe(true);
    const [bill] = await desk.bills(accountId);
    expectGolden(bill, golden.bills[0]);
    expect(bill).toMatchObject({ kind: 'BILL', dueOn: '2026-07-30' });
    for (const line of bill?.lines ?? []) expect(line.explanation.result).toBe(line.net);
  });

  it('tells receivables what it published', async () => {
    const facts = await operator.sql<{ payload: Record<string, unknown> }>(
      `select payload from billing.outbox where type = 'bill.published.v1' and payload->>'accountId' = $1`,
      [accountId],
    );
    expect(facts.map(({ payload }) => payload)).toEqual([
      expect.objectContaining({
        total: '131.67',
        period: '2026-06',
        taxes: [
          { percent: '9', gross: '125.00', tax: '10.32' },
          { percent: '6', gross: '6.67', tax: '0.38' },
        ],
        dueAt: instantFromIso('2026-07-31T00:00:00+08:00'),
      }),
    ]);
  });

  it('adds nothing when it is run again', async () => {
    const answer = await desk.startRun({ period: '2026-06' }, 'again');
    const id = answer.data?.startBillRun.id ?? '';
    await operator.settle();
    expect(await desk.run(id)).toMatchObject({ state: 'COMPLETED', accounts: 2, added: 0 });
    expect(await desk.bills(accountId)).toHaveLength(1);
    const repeated = await desk.startRun({ period: '2026-06' }, 'again');
    expect(repeated.data?.startBillRun.id).toBe(id);
    const other = await desk.startRun({ period: '2026-07' }, 'again');
    expect(other.errors?.[0]?.extensions.code).toBe('idempotency_key_reused');
  });
});

describe('the months after', () => {
  it('bills July to September to the cent, late usage of June as a difference', async () => {
    const late = usageTotalsOf(second, '2026-06').map((total) =>
      total.chargeCode === 'sms' && total.card === 'main' ? { ...total, amount: '0.70' } : total,
    );
    await publishUsage(operator, second, { period: '2026-06', version: 2, totals: late });
    await closeSource(operator, '2026-10-01T00:00:00+08:00');
    await operator.moveClock('2026-08-15T00:00:00+08:00');
    await publishAugust(operator, first);
    await operator.moveClock('2026-10-02T00:00:00+08:00');
    const [september, august, july] = await desk.bills(accountId);
    expectGolden(july, golden.bills[1]);
    expectGolden(august, golden.bills[2]);
    expectGolden(september, golden.bills[3]);
    const secondJuly = (await desk.bills(second.account.accountId)).find((bill) => bill.period === '2026-07');
    expect(secondJuly?.lines.filter((line) => line.chargeClass === 'SMS')).toEqual([
      expect.objectContaining({ card: 'main', net: '0.40' }),
    ]);
    expect(secondJuly?.total).toBe('189.40');
  });

  it('numbers every series without a gap', async () => {
    const rows = await operator.sql<{ number: string }>(`select number from billing.bill order by number`);
    const expected = ['202606', '202607', '202608', '202609'].flatMap((month) => [
      `B${month}-00000001`,
      `B${month}-00000002`,
    ]);
    expect(rows.map((row) => row.number)).toEqual(expected);
  });

  it('passes its own audit', async () => {
    const report = await operator.get(Transactions).read((tx) => operator.get(BillingAudit).audit(tx));
    expect(report.checks.filter((check) => check.left !== check.right)).toEqual([]);
    expect(report.checks.length).toBeGreaterThan(8);
    const scope = `${accountId}/2026-06`;
    expect(report.figures).toContainEqual({ name: 'rated-usage', scope, value: '5.660703' });
    expect(report.figures).toContainEqual({ name: 'published-bills', scope, value: '131.67' });
  });
});

describe('a bill', () => {
  const june = async () => (await desk.bills(accountId)).at(-1);

  it('is found by the number that is printed on it', async () => {
    const bill = await june();
    const query = `query ($number: String!) { billByNumber(number: $number) { id } }`;
    expect(await desk.ask(query, { number: ` ${bill?.number} ` }, 'counter')).toEqual({
      billByNumber: { id: bill?.id },
    });
    expect(await desk.ask(query, { number: `${bill?.number}0` }, 'counter')).toEqual({ billByNumber: null });
  });

  it('opens as a page by its link, in both languages, and not without', async () => {
    const bill = await june();
    const page = await operator.rest('GET', bill?.pageUrl ?? '', undefined, { role: null });
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const shown = ['131.67', '-26.67', '10.32', 'Sub card 1', 'Why?', 'plan fee: 199.00 × 20 of 30 days'];
    for (const text of shown) expect(page.text).toContain(text);
    const chinese = await operator.rest('GET', `${bill?.pageUrl}&lang=zh-CN`, undefined, { role: null });
    expect(chinese.text).toContain('主卡');
    expect(chinese.text).toContain('<svg class="chart"');
    const stranger = await operator.rest('GET', `/bills/${bill?.id}?t=1.x`, undefined, { role: null });
    expect([stranger.status, (stranger.body as { code: string }).code]).toEqual([403, 'page_link_invalid']);
    const staff = await operator.rest('GET', `/bills/${bill?.id}`, undefined, { role: 'counter' });
    expect(staff.status).toBe(200);
  });

  it('is a PDF by a link of the same kind, in both languages, the same bytes each time', async () => {
    const bill = await june();
    const link = `query ($id: ID!) { bill(id: $id) { pdfUrl } }`;
    const { bill: asked } = await desk.ask<{ bill: { pdfUrl: string } }>(link, { id: bill?.id }, 'counter');
    const get = async (query: string) => {
      const answer = await fetch(`${operator.url}${asked.pdfUrl}${query}`);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
      return Buffer.from(await answer.arrayBuffer());
    };
    const [first, again] = [await get('&lang=zh-CN'), await get('&lang=zh-CN')];
    expect(first.equals(again)).toBe(true);
    const chinese = (await readPdf(first)).pages.join('');
    for (const text of ['主卡', '131.67', '-26.67', '近六个月账单', '199.00'])
      expect(chinese).toContain(text);
    expect((await readPdf(await get('&lang=en'))).pages.join('')).toContain(
      'plan fee: 199.00 × 20 of 30 days',
    );
    const stranger = await fetch(`${operator.url}/bills/${bill?.id}.pdf?t=1.x`);
    expect(stranger.status).toBe(403);
  });

  it('explains a line again from its operations', async () => {
    const bill = await june();
    const { explainBillLine } = await desk.ask<{ explainBillLine: object }>(
      `query ($id: ID!) { explainBillLine(lineId: $id) { recomputed matches eventCount text } }`,
      { id: bill?.lines[0]?.id },
      'counter',
    );
    expect(explainBillLine).toMatchObject({ recomputed: '106.00', matches: true, eventCount: 0 });
  });

  it('is listed after a cursor of ours only', async () => {
    const list = `query ($accountId: ID!) { bills(accountId: $accountId, after: "bm9uc2Vuc2U") { edges { cursor } } }`;
    const { errors } = await operator.graphql(list, { accountId }, 'billing');
    expect(errors?.[0]?.extensions?.code).toBe('cursor_invalid');
  });

  it('is a customer bill of TMF678', async () => {
    const query = `billingAccount.id=${accountId}&limit=2`;
    const list = await operator.rest('GET', `${customerBills}/customerBill?${query}`, undefined, {
      role: 'partner',
    });
    expect([list.status, list.headers.get('x-total-count'), (list.body as unknown[]).length]).toEqual([
      200,
      '4',
      2,
    ]);
    const id = (await june())?.id;
    const one = await operator.rest(
      'GET',
      `${customerBills}/customerBill/${id}?fields=billNo,taxIncludedAmount`,
    );
    expect(one.text).toContain('"taxIncludedAmount":{"unit":"CNY","value":131.67}');
    const whole = await operator.rest('GET', `${customerBills}/customerBill/${id}`);
    const { billDocument } = whole.body as { billDocument: { mimeType: string; url: string }[] };
    expect(billDocument.map(({ mimeType }) => mimeType)).toEqual(['text/html', 'application/pdf']);
    expect(billDocument[1]?.url).toMatch(new RegExp(`/bills/${id}\\.pdf\\?t=`));
    const rates = await operator.rest('GET', `${customerBills}/appliedCustomerBillingRate?bill.id=${id}`);
    expect((rates.body as unknown[]).length).toBe(9);
    const none = await operator.rest('GET', `${customerBills}/customerBill/nothing`);
    expect([none.status, (none.body as { code: string }).code]).toEqual([404, 'bill_not_found']);
    const wrong = await operator.rest('GET', `${customerBills}/customerBill?limit=1000`);
    expect(wrong.status).toBe(400);
  });
});

function expectGolden(bill: BillNode | undefined, expected: ExpectedBill | undefined): void {
  const lines = bill?.lines.map(({ card, chargeClass, amount, discount, net, taxPercent }) => ({
    card,
    chargeClass,
    amount,
    discount,
    net,
    taxPercent,
  }));
  expect(lines).toEqual(expected?.lines);
  expect(bill?.total).toBe(expected?.total);
  const taxes = Object.fromEntries(bill?.taxes.map((tax) => [tax.percent, tax.tax]) ?? []);
  expect(taxes).toEqual(expected?.taxByTaxPercent);
}
