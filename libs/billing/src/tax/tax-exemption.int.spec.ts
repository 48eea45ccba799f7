import { startOperator, type TestOperator } from '@ronghe/testing';
import { Desk } from '../../test/desk';
import { familyOf, usageTotalsOf } from '../../test/golden-family';
import { closeSource, publishDocuments, publishFamily, publishUsage } from '../../test/publish';
import { billingDomain } from '../index';

const golden = familyOf(1);
/** Sold by an app: the mobile cards; nobody said who sold the rest. */
const family = {
  ...golden,
  account: { ...golden.account, region: 'shanghai' },
  products: golden.products.map((product) =>
    product.role === 'main' || product.role === 'sub' ? { ...product, channel: 'app' } : product,
  ),
};
const { accountId } = family.account;

let operator: TestOperator;
const desk = new Desk(() => operator);

async function command(name: string, type: string, input: object, key: string) {
  const mutation = `mutation ($input: ${type}!, $key: String!) {
    ${name}(input: $input, idempotencyKey: $key) { exemptionId from to } }`;
  const { data, errors } = await operator.graphql<Record<string, Record<string, string>>>(
    mutation,
    { input, key },
    'billing',
  );
  return { answer: data?.[name], error: errors?.[0]?.extensions.code };
}

/** A report as its REST address gives it. */
async function report(name: string, format = 'json') {
  const path = `/reports/${name}?from=2026-07-01&to=2026-08-31&format=${format}`;
  const { status, body, text } = await operator.rest('GET', path, undefined, { role: 'billing' });
  expect(status).toBe(200);
  return { body: body as { rows: Record<string, string>[]; totals: Record<string, string> }, text };
}

beforeAll(async () => {
  operator = await startOperator({ domains: [billingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  await publishFamily(operator, family);
  for (const period of ['2026-06', '2026-07'])
    await publishUsage(operator, family, { period, version: 1, totals: usageTotalsOf(family, period) });
  await closeSource(operator, '2026-07-01T00:00:00+08:00');
  await operator.moveClock('2026-06-30T00:00:00+08:00');
  await operator.settle();
});

afterAll(() => operator?.stop());

it('begins and ends today at the earliest', async () => {
  const input = { accountId, certificate: 'MS-1', from: '2026-06-29' };
  expect((await command('grantTaxExemption', 'TaxExemptionInput', input, 'early')).error).toBe(
    'exemption_day_invalid',
  );
  const { answer } = await command(
    'grantTaxExemption',
    'TaxExemptionInput',
    { ...input, from: '2026-07-01' },
    'now',
  );
  expect(answer).toMatchObject({ from: '2026-07-01', to: null });
  const end = { accountId, exemptionId: answer?.['exemptionId'], to: '2026-06-30' };
  expect((await command('endTaxExemption', 'EndTaxExemptionInput', end, 'past')).error).toBe(
    'exemption_day_invalid',
  );
});

it('takes the tax off the bill of July and leaves June’s', async () => {
  await operator.moveClock('2026-07-02T00:00:00+08:00');
  await closeSource(operator, '2026-08-01T00:00:00+08:00');
  await operator.moveClock('2026-08-02T00:00:00+08:00');
  await operator.settle();
  const [july, june] = await desk.bills(accountId);
  expect(july?.total).toBe('189.00');
  expect(july?.taxes).toEqual([{ percent: '0', gross: '189.00', tax: '0.00' }]);
  expect(june?.taxes.map(({ percent }) => percent)).toEqual(['9', '6']);
});

it('is in the report of taxes by rate, whose totals are those of the bills', async () => {
  const { body } = await report('tax');
  expect(body.rows).toEqual([
    { taxPercent: '9', bills: '1', net: '114.68', tax: '10.32', gross: '125.00' },
    { taxPercent: '6', bills: '1', net: '6.29', tax: '0.38', gross: '6.67' },
    { taxPercent: '0', bills: '1', net: '189.00', tax: '0.00', gross: '189.00' },
  ]);
  expect(body.totals).toEqual({ net: '309.97', tax: '10.70', gross: '320.67' });
});

it('has revenue by offer that adds up to the bills, credit notes taken off at their offer', async () => {
  const before = await report('revenue');
  expect(before.body.totals['gross']).toBe('320.67');
  const june = (await desk.bills(accountId)).at(-1);
  const mutation = `mutation ($input: IssueCreditNoteInput!) { issueCreditNote(input: $input, idempotencyKey: "r") { id } }`;
  await operator.graphql(
    mutation,
    { input: { billId: june?.id, reason: 'report', lines: [{ no: 1, amount: '6.00' }] } },
    'billing',
  );
  const { body, text } = await report('revenue', 'csv').then(async (csv) => ({
    ...(await report('revenue')),
    text: csv.text,
  }));
  const planFee = (rows: Record<string, string>[]) =>
    rows.find((row) => row['chargeClass'] === 'plan fee' && row['taxPercent'] === '9');
  expect(planFee(body.rows)).toMatchObject({ offering: 'plan', gross: '100.00' });
  expect(planFee(before.body.rows)).toMatchObject({ gross: '106.00' });
  expect(body.totals['gross']).toBe('314.67');
  const lines = text.trimEnd().split('\r\n');
  expect(lines[0]).toBe('offering,chargeClass,taxClass,taxPercent,lines,net,tax,gross');
  expect(lines).toHaveLength(body.rows.length + 2);
  expect(lines.at(-1)).toMatch(/^total,.*,314\.67$/);
});

it('has the same revenue by region and by channel, over GraphQL as in the file', async () => {
  const total = (await report('revenue')).body.totals['gross'];
  const { data } = await operator.graphql<
    Record<string, { columns: string[]; rows: string[][]; totals: string[] }>
  >(
    `query { region: billReport(report: REVENUE_BY_REGION, from: "2026-07-01", to: "2026-08-31") { columns rows totals }
       channel: billReport(report: REVENUE_BY_CHANNEL, from: "2026-07-01", to: "2026-08-31") { columns rows totals } }`,
    {},
    'billing',
  );
  expect(data?.['region']?.columns).toEqual(['region', 'chargeClass', 'lines', 'net', 'tax', 'gross']);
  expect(new Set(data?.['region']?.rows.map(([region]) => region))).toEqual(new Set(['shanghai']));
  const channels = data?.['channel'];
  expect(new Set(channels?.rows.map(([channel]) => channel))).toEqual(new Set(['', 'app']));
  for (const table of [data?.['region'], channels]) expect(table?.totals.at(-1)).toBe(total);
  const { body } = await report('revenue-by-channel');
  expect(body.rows.map((row) => channels?.columns.map((column) => row[column]))).toEqual(channels?.rows);
  const { errors } = await operator.graphql(
    `query { billReport(report: TAX, from: "2026-07-01", to: "2026-08-31") { name } }`,
    {},
    'counter',
  );
  expect(errors?.[0]?.extensions.code).toBe('role_missing');
});

it('is for billing and operations, and for days', async () => {
  const path = '/reports/tax?from=2026-07-01&to=2026-07-31';
  expect((await operator.rest('GET', path, undefined, { role: 'counter' })).status).toBe(403);
  const wrong = await operator.rest('GET', '/reports/tax?from=July', undefined, { role: 'billing' });
  expect([wrong.status, (wrong.body as { code: string }).code]).toEqual([400, 'report_days_invalid']);
  const endless = await operator.rest('GET', '/reports/tax?from=0000-01-01&to=9999-12-31', undefined, {
    role: 'billing',
  });
  expect([endless.status, (endless.body as { code: string }).code]).toEqual([400, 'invalid_instant']);
});
