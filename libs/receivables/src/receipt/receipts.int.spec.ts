import type { BankStatementPolicy } from '@ronghe/contracts';
import { instantFromIso, newId, parseLocalDate } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { LedgerDesk } from '../ledger-desk.fixture';
import { receivablesDomain } from '../index';
import { callbackSignature } from './callback';

const secret = 'a secret of a gateway that is long enough';
const mapping: BankStatementPolicy = {
  ...{ kind: 'bank-statement', code: 'icbc', version: 1, effectiveTo: null, delimiter: ',', skipLines: 0 },
  effectiveFrom: parseLocalDate('2020-01-01'),
  name: { en: 'ICBC', 'zh-CN': '工商银行' },
  columns: { reference: 'id', valueDate: 'day', amount: 'in', payer: 'who', remarks: ['text'] },
  dateFormat: 'YYYY-MM-DD',
  matchBy: ['bill-number', 'account', 'amount'],
};

let operator: TestOperator;
let desk: LedgerDesk;
let accountId: string;

beforeAll(async () => {
  operator = await startOperator({
    domains: [receivablesDomain],
    startsAt: '2026-07-20T10:00:00+08:00',
    environment: { RONGHE_GATEWAY_SECRETS: `wechat=${secret},alipay=another ${secret}` },
  });
  desk = new LedgerDesk(operator);
  await operator.publish('policy.published.v1', {
    ...{ aggregateId: newId(), lane: 0 },
    payload: {
      code: 'icbc',
      version: 1,
      document: mapping,
      publishedAt: instantFromIso('2026-07-01T00:00:00Z'),
    },
  });
  await operator.settle();
});
afterAll(() => operator?.stop());
beforeEach(async () => {
  accountId = await desk.openAccount();
});
afterEach(async () => {
  expect(await desk.differences()).toEqual([]);
});

const importing = async (...lines: string[]) => {
  const body = ['id,day,in,who,text', ...lines].join('\n');
  const answer = await operator.rest('POST', '/payments/statements?source=icbc&name=july.csv', body, {
    ...{ role: 'billing' as const, headers: { 'content-type': 'text/csv' } },
  });
  return { status: answer.status, body: answer.body as Record<string, unknown> };
};
const line = (amount: string, text: string, id = newId(), day = '2026-07-18') =>
  `${id},${day},${amount},Wang,${text}`;

describe('a bank statement', () => {
  it('pays by bill number, account and amount; what it cannot match is listed, and matched by hand', async () => {
    const named = await desk.bill(accountId, 5000n, '2026-07-10');
    const older = await desk.bill(accountId, 2000n, '2026-05-10');
    const other = await desk.openAccount();
    const odd = await desk.bill(other, 98765n);
    const lines = [
      line('50.00', `bill ${named.number}`),
      line('7.00', `for ${accountId} please`),
      line('987.65', 'telephone'),
      line('3.33', 'hello'),
      line('', 'out'),
      line('1.00', 'x', newId(), '2026-07-21'),
    ];
    const { status, body } = await importing(...lines);
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({
        ...{ lines: 6, matched: 3, unmatched: 1, duplicates: 0, ignored: 1 },
        refused: [{ line: 7, reason: 'value-date' }],
      }),
    ]);
    expect((await desk.ledger(accountId)).open).toEqual({ [older.number]: '13.00' });
    expect((await desk.ledger(other)).open).toEqual({});
    expect(odd.total).toBe('987.65');
    const { data } = await operator.graphql<{ unmatchedReceipts: { receiptId: string; amount: string }[] }>(
      `{ unmatchedReceipts { receiptId amount valueDate payer remark source matchedBy } }`,
      {},
      'billing',
    );
    const [receipt] = data?.unmatchedReceipts ?? [];
    expect(receipt).toMatchObject({
      amount: '3.33',
      valueDate: '2026-07-18',
      payer: 'Wang',
      remark: 'hello',
    });
    const input = { receiptId: receipt?.receiptId, accountId, billNumber: older.number };
    const options = {
      role: 'billing' as const,
      fields: 'matchedBy paymentId account { accountId }',
      key: newId(),
    };
    const matched = await desk.command('matchReceipt', input, options);
    expect(matched.answer).toMatchObject({ matchedBy: 'test-billing', account: { accountId } });
    expect(await desk.command('matchReceipt', input, options)).toEqual(matched);
    expect((await desk.command('matchReceipt', input, { ...options, key: newId() })).error).toBe(
      'receipt_is_matched',
    );
    expect((await desk.ledger(accountId)).open).toEqual({ [older.number]: '9.67' });
    expect(await desk.entry(accountId, 'payment')).toEqual(['2243 Dr 333', '1122 Cr 333']);
    const [payment] = await operator.sql<{ value_date: string }>(
      `select value_date::text as value_date from receivables.payment where account_id = $1 and amount_fen = 700`,
      [accountId],
    );
    expect(payment?.value_date).toBe('2026-07-18');
  });

  it('that was matched with the wrong account is taken back, and matched anew', async () => {
    const [wrong, right] = [await desk.bill(accountId, 4000n), await desk.openAccount()];
    const owed = await desk.bill(right, 4000n);
    // It pays the bill that its text names, and what is over becomes credit.
    await importing(line('45.00', `bill ${wrong.number}`, `W-${accountId}`));
    const [receipt] = await operator.sql<{ receipt_id: string; payment_id: string }>(
      `select receipt_id, payment_id from receivables.receipt where reference = $1`,
      [`W-${accountId}`],
    );
    expect(await desk.ledger(accountId)).toMatchObject({ open: {}, credit: '5.00' });
    const role = 'billing' as const;
    const input = { receiptId: receipt?.receipt_id, reason: 'the father paid for the daughter' };
    const fields = 'matchedBy paymentId account { accountId }';
    const undone = await desk.command('unmatchReceipt', input, { role, fields, key: `undo-${accountId}` });
    expect(undone.answer).toEqual({ matchedBy: null, paymentId: null, account: null });
    expect(await desk.ledger(accountId)).toMatchObject({ open: { [wrong.number]: '40.00' }, credit: '0.00' });
    expect(await desk.entry(accountId, 'receipt-unmatched')).toEqual(['2203 Dr 4500', '2243 Cr 4500']);
    expect(await desk.differences()).toEqual([]);
    expect((await desk.command('unmatchReceipt', input, { role, fields })).error).toBe('receipt_not_matched');
    const refund = { accountId, paymentId: receipt?.payment_id, amount: '1.00', method: 'CASH', reason: 'x' };
    expect((await desk.command('refund', refund)).error).toBe('refund_exceeds_payment');
    const anew = { receiptId: receipt?.receipt_id, accountId: right, billNumber: owed.number };
    expect((await desk.command('matchReceipt', anew, { role, fields })).answer).toMatchObject({
      account: { accountId: right },
    });
    expect(await desk.ledger(right)).toMatchObject({ open: {}, credit: '5.00' });
  });

  it('that is nobody’s is sent back, once, and is nobody’s payment afterwards', async () => {
    const reference = `R-${newId()}`;
    await importing(line('8.88', 'sent by mistake', reference));
    const [row] = await operator.sql<{ receipt_id: string }>(
      `select receipt_id from receivables.receipt where reference = $1`,
      [reference],
    );
    const options = { role: 'billing' as const, fields: 'matchedBy returnedAt', key: newId() };
    const input = { receiptId: row?.receipt_id, reason: 'the payer asked for it' };
    expect(
      (await desk.command('returnReceipt', { ...input, reason: ' ' }, { ...options, key: newId() })).error,
    ).toBe('reason_missing');
    const returned = await desk.command('returnReceipt', input, options);
    expect(returned.answer).toMatchObject({ matchedBy: null, returnedAt: expect.any(String) as string });
    expect(await desk.command('returnReceipt', input, options)).toEqual(returned);
    expect((await desk.command('returnReceipt', input, { ...options, key: newId() })).error).toBe(
      'receipt_is_returned',
    );
    const match = { receiptId: row?.receipt_id, accountId };
    expect((await desk.command('matchReceipt', match, { ...options, key: newId() })).error).toBe(
      'receipt_is_returned',
    );
    expect(await desk.entry(row?.receipt_id ?? '', 'receipt-returned')).toEqual([
      '2243 Dr 888',
      '1002 Cr 888',
    ]);
    const { unmatchedReceipts } = await operator
      .graphql<{ unmatchedReceipts: { reference: string }[] }>(
        '{ unmatchedReceipts(first: 100) { reference } }',
        {},
        'billing',
      )
      .then(({ data }) => data ?? { unmatchedReceipts: [] });
    expect(unmatchedReceipts.map((each) => each.reference)).not.toContain(reference);
    expect(await desk.differences()).toEqual([]);
  });

  it('says how far it is while it is imported', async () => {
    const lines = Array.from({ length: 101 }, (_, at) => line('0.01', accountId, `P${at}-${accountId}`));
    await importing(...lines);
    const { body } = await operator.rest('GET', '/payments/statements', undefined, { role: 'billing' });
    expect((body as object[])[0]).toMatchObject({ name: 'july.csv', lines: 101, toTake: 101, taken: 101 });
  });

  it('has one effect, be it the file or a line that comes twice; the same id with other content is refused', async () => {
    await desk.bill(accountId, 100_00n);
    const [a, b] = [line('10.00', accountId, `A-${accountId}`), line('20.00', accountId, `B-${accountId}`)];
    const first = await importing(a);
    expect((await importing(a)).body).toEqual(first.body);
    const second = await importing(a, b, line('20.01', accountId, `B-${accountId}`));
    expect(second.body).toMatchObject({
      matched: 1,
      duplicates: 1,
      refused: [{ line: 4, reason: 'differs' }],
    });
    expect(Object.values((await desk.ledger(accountId)).open)).toEqual(['70.00']);
  });

  it('of two at once with the same lines pays once', async () => {
    await desk.bill(accountId, 100_00n);
    const lines = Array.from({ length: 5 }, (_, index) => line('1.00', accountId, `C${index}-${accountId}`));
    const both = await Promise.all([importing(...lines), importing(...lines, line('', 'x'))]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect(Object.values((await desk.ledger(accountId)).open)).toEqual(['95.00']);
  });

  it('of an unknown source, or that is no CSV of its bank, is refused', async () => {
    const post = (source: string, body: string) =>
      operator.rest('POST', `/payments/statements?source=${source}`, body, {
        ...{ role: 'billing' as const, headers: { 'content-type': 'text/csv' } },
      });
    expect((await post('nobody', 'a')).body).toMatchObject({ code: 'statement_source_unknown' });
    expect((await post('icbc', 'a,b\n1,2')).body).toMatchObject({ code: 'statement_unreadable' });
  });
});

describe('a gateway’s callback', () => {
  const bodyOf = (more: object = {}) => ({
    ...{ transactionId: newId(), status: 'succeeded', amount: '12.34', currency: 'CNY', accountId },
    paidAt: '2026-07-19T23:30:00+08:00',
    ...more,
  });
  const send = async (
    body: object,
    { key = secret, ageSeconds = 0, gateway = 'wechat', sent = JSON.stringify(body) } = {},
  ) => {
    const timestamp = String(Math.floor(Date.now() / 1000) - ageSeconds);
    const headers = {
      'content-type': 'application/json',
      'x-ronghe-timestamp': timestamp,
      'x-ronghe-signature': callbackSignature(key, timestamp, JSON.stringify(body)),
    };
    const answer = await operator.rest('POST', `/payments/callbacks/${gateway}`, sent, {
      role: null,
      headers,
    });
    return [answer.status, answer.body as Record<string, unknown>] as const;
  };
  const owed = async () => Object.values((await desk.ledger(accountId)).open);

  it('is a payment once, however often it is sent or replayed', async () => {
    const { number } = await desk.bill(accountId, 2000n);
    const body = bodyOf({ billNumber: number });
    const answers = [await send(body), await send(body), ...(await Promise.all([send(body), send(body)]))];
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toEqual([200, { transactionId: body.transactionId, state: 'accepted' }]);
    expect(await owed()).toEqual(['7.66']);
  });

  it.each([
    ['another secret', { key: 'b'.repeat(40) }],
    ['another gateway’s secret', { key: `another ${secret}` }],
    ['no such gateway', { gateway: 'nobody' }],
    ['a gateway without a secret', { gateway: 'nobody', key: '' }],
    ['a signature of five minutes ago', { ageSeconds: 301 }],
    ['a time to come', { ageSeconds: -301 }],
    ['another body than was signed', { sent: JSON.stringify({ ...{ amount: '99999.00' } }) }],
  ])('that is forged or stale is refused: %s', async (_why, options) => {
    await desk.bill(accountId, 2000n);
    const [status, body] = await send(bodyOf(), options);
    expect([status, body['code']]).toEqual([403, 'callback_refused']);
    expect(await owed()).toEqual(['20.00']);
  });

  it('with the same id and another amount is refused and changes nothing', async () => {
    await desk.bill(accountId, 2000n);
    const body = bodyOf();
    await send(body);
    const [status, problem] = await send({ ...body, amount: '12.35' });
    expect([status, problem['code']]).toEqual([409, 'receipt_differs']);
    expect(await owed()).toEqual(['7.66']);
  });

  it('of a failed payment is nothing; of an unknown account it is listed; without a field it is refused', async () => {
    expect(await send(bodyOf({ status: 'failed' }))).toEqual([
      200,
      { transactionId: null, state: 'ignored' },
    ]);
    const stray = bodyOf({ accountId: newId() });
    expect((await send(stray))[0]).toBe(200);
    const [row] = await operator.sql<{ receipt_id: string; state: string }>(
      `select receipt_id, state from receivables.receipt where reference = $1`,
      [stray.transactionId],
    );
    expect(row?.state).toBe('unmatched');
    // Whoever finds out whose it is makes it what it would have been: money of the gateway's.
    const input = { receiptId: row?.receipt_id, accountId };
    const options = { role: 'billing' as const, fields: 'account { payments { method amount } }' };
    expect((await desk.command('matchReceipt', input, options)).answer).toEqual({
      account: { payments: [{ method: 'GATEWAY', amount: '12.34' }] },
    });
    expect((await send(bodyOf({ paidAt: 'yesterday' })))[1]).toMatchObject({ code: 'callback_invalid' });
    expect((await send(bodyOf({ amount: '-1.00' })))[1]).toMatchObject({ code: 'payment_amount_invalid' });
  });
});
