import { Transactions } from '@ronghe/platform';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { Desk } from '../../test/desk';
import { familyOf, usageTotalsOf } from '../../test/golden-family';
import { closeSource, publishDocuments, publishFamily, publishUsage } from '../../test/publish';
import { BillingAudit } from '../billing.audit.service';
import { billingDomain } from '../index';

const first = familyOf(1);
const second = familyOf(2);
const fields = `id number kind total period credits { billId reason } taxes { percent gross tax }
  lines { id card chargeClass net tax taxPercent creditsLine { billId no } explanation { result text } }`;

interface Note {
  id: string;
  number: string;
  kind: string;
  total: string;
  period: string;
  credits: { billId: string; reason: string } | null;
  taxes: { percent: string; gross: string; tax: string }[];
  lines: {
    net: string;
    tax: string;
    taxPercent: string;
    creditsLine: { billId: string; no: number } | null;
    explanation: { result: string };
  }[];
}

let operator: TestOperator;
const desk = new Desk(() => operator);

async function credit(input: object, key: string, role: 'billing' | 'counter' = 'billing') {
  const mutation = `mutation ($input: IssueCreditNoteInput!, $key: String!) {
    issueCreditNote(input: $input, idempotencyKey: $key) { ${fields} } }`;
  const { data, errors } = await operator.graphql<{ issueCreditNote: Note }>(mutation, { input, key }, role);
  return { note: data?.issueCreditNote, error: errors?.[0]?.extensions };
}

async function june(family: typeof first) {
  const bill = (await desk.bills(family.account.accountId)).find(
    ({ period, kind }) => period === '2026-06' && kind === 'BILL',
  );
  if (!bill) throw new Error('no bill of June');
  return bill;
}

async function audited(name: string): Promise<boolean> {
  const { checks } = await operator.get(Transactions).read((tx) => operator.get(BillingAudit).audit(tx));
  const check = checks.find((each) => each.name === name);
  return check?.left === check?.right;
}

beforeAll(async () => {
  operator = await startOperator({ domains: [billingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  for (const family of [first, second]) {
    await publishFamily(operator, family);
    for (const period of ['2026-06', '2026-07'])
      await publishUsage(operator, family, { period, version: 1, totals: usageTotalsOf(family, period) });
  }
  await closeSource(operator, '2026-07-01T00:00:00+08:00');
  await operator.moveClock('2026-07-02T00:00:00+08:00');
  await operator.settle();
});

afterAll(() => operator?.stop());

it('credits a part of a line at its rate, numbered and published at once, and once for a key', async () => {
  const bill = await june(first);
  const [line] = bill.lines;
  expect(line).toMatchObject({ net: '106.00', taxPercent: '9' });
  const input = { billId: bill.id, reason: 'no service for a week', lines: [{ no: 1, amount: '20.00' }] };
  const { note } = await credit(input, 'once');
  expect(note).toMatchObject({
    number: 'B202606-00000003',
    kind: 'CREDIT_NOTE',
    total: '-20.00',
    period: '2026-06',
    credits: { billId: bill.id, reason: 'no service for a week' },
    // 20.00 × 9 ÷ 109 = 1.6514
    taxes: [{ percent: '9', gross: '-20.00', tax: '-1.65' }],
  });
  expect(note?.lines).toEqual([
    expect.objectContaining({ net: '-20.00', creditsLine: { billId: bill.id, no: 1 } }),
  ]);
  expect(note?.lines[0]?.explanation.result).toBe('-20.00');
  expect((await credit(input, 'once')).note?.id).toBe(note?.id);
  const facts = await operator.sql<{ payload: object }>(
    `select payload from billing.outbox where type = 'bill.published.v1' and payload->>'creditsBillId' = $1`,
    [bill.id],
  );
  expect(facts.map(({ payload }) => payload)).toEqual([
    expect.objectContaining({ billId: note?.id, total: '-20.00', creditsLines: [1] }),
  ]);
});

it('lets two notes at once take no more than is left of a line', async () => {
  const bill = await june(first);
  const input = { billId: bill.id, reason: 'twice', lines: [{ no: 1, amount: '50.00' }] };
  const answers = await Promise.all([credit(input, 'a'), credit(input, 'b')]);
  expect(answers.filter(({ note }) => note?.total === '-50.00')).toHaveLength(1);
  expect(answers.flatMap(({ error }) => error ?? [])).toEqual([
    expect.objectContaining({
      code: 'credit_exceeds_line',
      details: { billId: bill.id, no: 1, left: '36.00' },
    }),
  ]);
  expect((await credit({ ...input, lines: [{ no: 1 }] }, 'rest')).note?.total).toBe('-36.00');
  expect((await credit({ ...input, lines: [{ no: 1 }] }, 'none')).error?.code).toBe('credit_exceeds_line');
});

it.each([
  [[{ no: 99 }], 'credit_line_unknown'],
  [[{ no: 2 }, { no: 2 }], 'credit_line_repeated'],
  [[{ no: 2, amount: '0.00' }], 'credit_amount_invalid'],
  [[{ no: 2, amount: '-1.00' }], 'credit_amount_invalid'],
  [[], 'input_invalid'],
])('refuses lines %j with %s', async (lines, code) => {
  const { id } = await june(first);
  const { error } = await credit(
    { billId: id, reason: 'wrong', lines },
    `bad-${code}-${JSON.stringify(lines)}`,
  );
  expect(error?.code).toBe(code);
});

it('is not for the counter, and not for a credit note', async () => {
  const { id } = await june(first);
  const input = { billId: id, reason: 'wrong', lines: [{ no: 1 }] };
  expect((await credit(input, 'counter', 'counter')).error?.code).toBe('role_missing');
  const [note] = (await desk.bills(first.account.accountId)).filter(({ kind }) => kind === 'CREDIT_NOTE');
  expect((await credit({ ...input, billId: note?.id }, 'note')).error?.code).toBe('credit_line_refused');
});

it('takes back every fen of tax with the whole of a bill', async () => {
  const bill = await june(second);
  const lines = bill.lines
    .map(({ net }, index) => ({ net, no: index + 1 }))
    .filter(({ net }) => net !== '0.00');
  const input = { billId: bill.id, reason: 'all of it', lines: lines.map(({ no }) => ({ no })) };
  const { note } = await credit(input, 'whole');
  expect(note?.total).toBe('-131.67');
  expect(note?.taxes).toEqual([
    { percent: '9', gross: '-125.00', tax: '-10.32' },
    { percent: '6', gross: '-6.67', tax: '-0.38' },
  ]);
});

it('is not billed again, and nothing is given twice when a run takes the charge back', async () => {
  const bill = await june(first);
  const no = bill.lines.findIndex(({ net }) => net === '4.11') + 1;
  const input = { billId: bill.id, reason: 'data', lines: [{ no, amount: '4.00' }] };
  expect((await credit(input, 'data')).note?.total).toBe('-4.00');
  const totals = usageTotalsOf(first, '2026-06').map((total) =>
    total.amount.startsWith('4.1') ? { ...total, amount: '0' } : total,
  );
  await publishUsage(operator, first, { period: '2026-06', version: 2, totals });
  await closeSource(operator, '2026-08-01T00:00:00+08:00');
  await operator.moveClock('2026-08-02T00:00:00+08:00');
  await operator.settle();
  const july = (await desk.bills(first.account.accountId)).find(({ period }) => period === '2026-07');
  const late = await operator.sql<{ net_fen: string; charge_class: string }>(
    `select net_fen, charge_class from billing.bill_line where bill_id = $1 and service_period = '2026-06'`,
    [july?.id],
  );
  expect(late.map(({ net_fen }) => net_fen)).toEqual(['-11']);
  expect((await credit({ ...input, lines: [{ no }] }, 'gone')).error?.details).toMatchObject({
    left: '0.00',
  });
  expect(july?.lines.every(({ net, explanation }) => explanation.result === net)).toBe(true);
});

it('passes the audit, which tells a credit that exceeds its line', async () => {
  for (const name of ['lines-rounded', 'usage-billed', 'bill-numbers', 'bill-lines', 'credits-within-lines'])
    expect([name, await audited(name)]).toEqual([name, true]);
  await operator.sql(
    `update billing.bill_line set amount_fen = -10601, net_fen = -10601 where bill_id in
       (select bill_id from billing.credit_note where reason = 'no service for a week')`,
  );
  expect(await audited('credits-within-lines')).toBe(false);
});
