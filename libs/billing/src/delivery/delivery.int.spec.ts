import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startOperator, TEST_SECRETS, type TestOperator } from '@ronghe/testing';
import { deliveryPolicy } from '../../test/delivery-policy';
import { Desk } from '../../test/desk';
import { DocumentDesk, type DeliveryNode } from '../../test/document-desk';
import { familyOf, usageTotalsOf } from '../../test/golden-family';
import { MailBox } from '../../test/mail-box.adapter';
import { closeSource, publishDocuments, publishFamily, publishUsage } from '../../test/publish';
import { readPdf } from '../../test/read-pdf.adapter';
import { Receiver } from '../../test/receiver.adapter';
import { until } from '../../test/until.adapter';
import { LEASE_MS } from '../document/attempt';
import { billingDomain } from '../index';
import { checkInvoiceXml } from '../invoice/invoice-schema.adapter';
import { DeliveryService } from './delivery.service';
import { isSigned, webhookSecret } from './webhook-signature';

const [mailed, hooked, refused, filed, silent] = [1, 2, 3, 4, 5].map(familyOf);
const families = [mailed!, hooked!, refused!, filed!, silent!];
const idOf = (family: typeof mailed) => family!.account.accountId;

const box = new MailBox();
const receiver = new Receiver();
const folder = mkdtempSync(join(tmpdir(), 'ronghe-documents-'));
let operator: TestOperator;
let hookUrl: string;
const desk = new Desk(() => operator);

const documents = new DocumentDesk(() => operator);
const deliveriesOf = (family: typeof mailed, state?: string) => documents.deliveries(idOf(family), state);
const invoiceOf = async (family: typeof mailed) => (await documents.invoices(idOf(family)))[0] ?? null;
const wish = (family: typeof mailed, input: object, key: string) =>
  documents.wish({ accountId: idOf(family), ...input }, key);

beforeAll(async () => {
  const smtpUrl = await box.start();
  hookUrl = await receiver.start();
  box.answer = (address, tries) => (address.startsWith('nobody') ? 550 : tries === 1 ? 451 : null);
  receiver.answer = (_path, nth) => (nth === 1 ? 500 : 204);
  operator = await startOperator({
    domains: [billingDomain],
    startsAt: '2026-06-11T00:00:00+08:00',
    environment: { RONGHE_SMTP_URL: smtpUrl, RONGHE_DATA_DIR: folder },
  });
  await publishDocuments(operator);
  const document = { code: 'bill-delivery', version: 1, document: deliveryPolicy };
  await operator.publish('policy.published.v1', {
    aggregateId: 'bill-delivery',
    lane: 0,
    payload: { ...document, publishedAt: '2026-06-01T00:00:00.000Z' as never },
  });
  for (const family of families) {
    await publishFamily(operator, family);
    await publishUsage(operator, family, {
      period: '2026-06',
      version: 1,
      totals: usageTotalsOf(family, '2026-06'),
    });
  }
  await operator.settle();
});

afterAll(async () => {
  await operator?.stop();
  await Promise.all([box.stop(), receiver.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

describe('what an account wishes', () => {
  it.each([
    [{ channel: 'EMAIL' }, 'delivery_address_invalid'],
    [{ channel: 'EMAIL', address: 'a@b.cn\r\nBcc: c@d.cn' }, 'delivery_address_invalid'],
    [{ channel: 'WEBHOOK', address: 'ftp://example.cn' }, 'delivery_address_invalid'],
    [{ channel: 'FILE', buyerTaxNumber: '91310000000000000X' }, 'buyer_incomplete'],
    [{ channel: 'FILE', language: 'de' }, 'input_invalid'],
    [{ channel: 'FILE', accountId: '00000000-0000-7000-8000-999999999999' }, 'account_not_found'],
  ])('is refused: %j', async (input, code) => {
    const { errors } = await wish(mailed, input, `bad-${JSON.stringify(input)}`);
    expect(errors?.[0]?.extensions.code).toBe(code);
  });

  it('is kept', async () => {
    const buyer = {
      wantsTaxInvoice: true,
      buyerName: '上海一家有限公司',
      buyerTaxNumber: '91310000000000000X',
    };
    const attachments = ['PDF', 'TAX_INVOICE'];
    const wishes = [
      await wish(mailed, { channel: 'EMAIL', address: 'li.na@example.cn', attachments, ...buyer }, 'w1'),
      await wish(hooked, { channel: 'WEBHOOK', address: `${hookUrl}/bills`, language: 'en' }, 'w2'),
      await wish(refused, { channel: 'EMAIL', address: 'nobody@example.cn' }, 'w3'),
      await wish(filed, { channel: 'FILE', attachments: ['PDF', 'HTML'], wantsTaxInvoice: true }, 'w4'),
    ];
    expect(wishes.map(({ errors }) => errors)).toEqual([undefined, undefined, undefined, undefined]);
    const query = `query ($id: ID!) { billDeliveryWish(accountId: $id) { channel address language attachments buyerName } }`;
    const { billDeliveryWish } = await desk.ask<{ billDeliveryWish: object }>(
      query,
      { id: idOf(mailed) },
      'counter',
    );
    expect(billDeliveryWish).toEqual({
      channel: 'EMAIL',
      address: 'li.na@example.cn',
      language: 'zh-CN',
      attachments,
      buyerName: buyer.buyerName,
    });
  });
});

describe('a published bill', () => {
  beforeAll(async () => {
    await operator.moveClock('2026-07-01T06:00:00+08:00');
    await closeSource(operator, '2026-07-01T00:00:00+08:00');
    await operator.settle();
  });

  it('comes by e-mail once the mail server takes it, once, with PDF and tax invoice', async () => {
    await until('the mail', async () => (await deliveriesOf(mailed))[0]?.state === 'DONE');
    const [delivery, ...others] = await deliveriesOf(mailed);
    expect(others).toEqual([]);
    expect(box.tries.get('li.na@example.cn')).toBe(2);
    const mails = box.received.filter(({ to }) => to === 'li.na@example.cn');
    expect(mails.length).toBe(1);
    const [mail] = mails;
    expect(mail?.headers).toContain(`Message-ID: <${delivery?.id}@ronghe.example>`);
    const [bill] = await desk.bills(idOf(mailed));
    const pdf = await readPdf(mail!.files.get(`${bill?.number}.pdf`)!);
    expect(pdf.pages.join('')).toContain('131.67');
    expect(pdf.pages.join('')).toContain('主卡');
    const invoice = await invoiceOf(mailed);
    const [issued] = invoice?.invoices ?? [];
    expect(mail?.files.get(`invoice-${issued?.number}.xml`)?.toString()).toBe(issued?.xml);
  });

  it('has the data of its tax invoice: net, tax and gross as the bill says, valid, numbered once', async () => {
    const invoice = await invoiceOf(mailed);
    expect(invoice?.state).toBe('DONE');
    const [issued, ...others] = invoice?.invoices ?? [];
    expect(others).toEqual([]);
    // 131.67 with 10.32 at 9 % and 0.38 at 6 %.
    expect(issued).toMatchObject({
      kind: 'BLUE',
      credits: null,
      net: '120.97',
      tax: '10.70',
      gross: '131.67',
    });
    await checkInvoiceXml(issued!.xml);
    expect(issued?.xml).toContain(
      '<buyer>\n<name>上海一家有限公司</name>\n<taxNumber>91310000000000000X</taxNumber>',
    );
    expect(issued?.xml).toContain(
      '<rate percent="9"><net>114.68</net><tax>10.32</tax><gross>125.00</gross></rate>',
    );
    expect(issued?.xml).toContain(
      '<rate percent="6"><net>6.29</net><tax>0.38</tax><gross>6.67</gross></rate>',
    );
    const numbered = readdirSync(join(folder, 'tax-invoices'));
    expect(numbered).toContain(`${issued?.number}.json`);
    expect(numbered.length).toBe(2);
    expect(await invoiceOf(silent)).toBeNull();
  });

  it('is posted, signed and under one key, until the receiver takes it', async () => {
    await until('the webhook', async () => (await deliveriesOf(hooked))[0]?.state === 'DONE');
    const [delivery] = await deliveriesOf(hooked);
    const calls = receiver.calls.filter(({ path }) => path === '/bills');
    expect(calls.map(({ key }) => key)).toEqual([delivery?.id, delivery?.id]);
    const { billWebhookSecret: secret } = await desk.ask<{ billWebhookSecret: string }>(
      `query ($id: ID!) { billWebhookSecret(accountId: $id) }`,
      { id: idOf(hooked) },
      'billing',
    );
    expect(secret).toBe(webhookSecret(idOf(hooked), TEST_SECRETS.RONGHE_JWT_SECRET));
    for (const { body, signature } of calls) expect(isSigned(body, signature, Date.now(), secret)).toBe(true);
    const told = JSON.parse(calls[1]!.body) as {
      total: string;
      files: { fileName: string; base64: string }[];
    };
    expect(told).toMatchObject({
      total: '131.67',
      period: '2026-06',
      accountId: idOf(hooked),
      dueOn: '2026-07-30',
    });
    const pdf = await readPdf(Buffer.from(told.files[0]!.base64, 'base64'));
    expect(pdf.pages.join('')).toContain('Your last six months');
  });

  it('is a dead letter with its reason where the address does not exist, and comes when a person has it tried again', async () => {
    await until('the refusal', async () => (await deliveriesOf(refused, 'DEAD')).length === 1);
    const [dead] = await deliveriesOf(refused);
    expect(dead).toMatchObject({ state: 'DEAD', attempts: 1, lastError: expect.stringContaining('550') });
    expect(box.tries.get('nobody@example.cn')).toBe(1);
    box.answer = () => null;
    const retry = `mutation ($id: ID!) { retryBillDelivery(id: $id, idempotencyKey: "again") { state } }`;
    expect((await operator.graphql(retry, { id: dead?.id }, 'counter')).errors?.[0]?.extensions.code).toBe(
      'role_missing',
    );
    await desk.ask(retry, { id: dead?.id }, 'billing');
    await until('the mail', async () => (await deliveriesOf(refused))[0]?.state === 'DONE');
    expect(box.received.filter(({ to }) => to === 'nobody@example.cn').length).toBe(1);
    const late = `mutation ($id: ID!) { retryBillDelivery(id: $id, idempotencyKey: "late") { state } }`;
    expect((await operator.graphql(late, { id: dead?.id }, 'billing')).errors?.[0]?.extensions.code).toBe(
      'delivery_done',
    );
  });

  it('is a folder of files, the same bytes whoever makes them, and nothing for who wishes nothing', async () => {
    await until('the files', async () => (await deliveriesOf(filed))[0]?.state === 'DONE');
    const [delivery] = await deliveriesOf(filed);
    const [bill] = await desk.bills(idOf(filed));
    const own = join(folder, 'bills', delivery!.id);
    expect(readdirSync(own).sort()).toEqual(
      [`${bill?.number}.html`, `${bill?.number}.pdf`, 'bill.json'].sort(),
    );
    const page = await fetch(`${operator.url}/bills/${bill?.id}.pdf?lang=zh-CN`, {
      headers: { authorization: `Bearer ${await operator.token('counter')}` },
    });
    const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
    expect(hash(Buffer.from(await page.arrayBuffer()))).toBe(
      hash(readFileSync(join(own, `${bill?.number}.pdf`))),
    );
    expect(await deliveriesOf(silent)).toEqual([]);
  });

  it('goes once however many jobs there are, and once for each key of staff', async () => {
    const [bill] = await desk.bills(idOf(silent));
    const deliver = `mutation ($input: DeliverBillInput!) { deliverBill(input: $input, idempotencyKey: "by hand") { id state } }`;
    const none = await operator.graphql(deliver, { input: { billId: bill?.id } }, 'counter');
    expect(none.errors?.[0]?.extensions.code).toBe('delivery_way_missing');
    const byHand = deliver.replace('by hand', 'by hand 2');
    const input = { billId: bill?.id, channel: 'WEBHOOK', address: `${hookUrl}/once`, language: 'en' };
    receiver.answer = () => 200;
    const answers = await Promise.all(
      [1, 2, 3].map(() => operator.graphql<{ deliverBill: DeliveryNode }>(byHand, { input }, 'counter')),
    );
    const ids = answers.map(({ data }) => data?.deliverBill.id);
    expect(new Set(ids).size).toBe(1);
    const [{ lane } = { lane: 0 }] = await operator.sql<{ lane: number }>(
      `select lane from billing.bill_delivery where bill_id = $1`,
      [bill?.id],
    );
    const key = { lane, billId: bill!.id, no: Number(ids[0]?.split('.')[1]) };
    await Promise.all(Array.from({ length: 8 }, () => operator.get(DeliveryService).attempt(key)));
    await until('the webhook', async () => (await deliveriesOf(silent))[0]?.state === 'DONE');
    await operator.get(DeliveryService).attempt(key);
    expect(receiver.calls.filter(({ path }) => path === '/once').map(({ key: sent }) => sent)).toEqual([
      ids[0],
    ]);
  });

  it('is taken over with the same id when whoever had it died', async () => {
    const [delivery] = await deliveriesOf(hooked);
    const id = delivery?.id ?? '';
    const row = [id.slice(0, 36)];
    // As a process leaves it that dies after the receiver has answered: claimed, and not noted.
    const claimed = `update billing.bill_delivery set state = 'waiting', done_at = null, next_try_at = $2 where bill_id = $1`;
    await operator.sql(claimed, [...row, new Date(Date.now() + LEASE_MS)]);
    const { lane } = hooked!;
    await operator.get(DeliveryService).attempt({ lane, billId: row[0] ?? '', no: 1 });
    const calls = () => receiver.calls.filter(({ path }) => path === '/bills').map(({ key }) => key);
    expect(calls()).toEqual([id, id]);
    await operator.sql(claimed, [...row, new Date(Date.now() - 1)]);
    await until('the webhook', async () => (await deliveriesOf(hooked))[0]?.state === 'DONE');
    expect(calls()).toEqual([id, id, id]);
  });

  it('is given up after the attempts of the policy, and at once where the receiver has gone; nobody is followed elsewhere', async () => {
    const [bill] = await desk.bills(idOf(silent));
    const deliver = (path: string) =>
      desk.ask<{ deliverBill: DeliveryNode }>(
        `mutation ($input: DeliverBillInput!, $key: String!) { deliverBill(input: $input, idempotencyKey: $key) { id } }`,
        { input: { billId: bill?.id, channel: 'WEBHOOK', address: `${hookUrl}${path}` }, key: path },
        'counter',
      );
    receiver.answer = (path) => (path === '/gone' ? 410 : path === '/moved' ? 302 : 200);
    await deliver('/gone');
    await deliver('/moved');
    await until('the end', async () => (await deliveriesOf(silent, 'DEAD')).length === 2);
    const dead = await deliveriesOf(silent, 'DEAD');
    expect(dead.map(({ attempts, lastError }) => [attempts, lastError])).toEqual([
      [3, 'the receiver answered 302'],
      [1, 'the receiver answered 410'],
    ]);
    const count = (path: string) => receiver.calls.filter((call) => call.path === path).length;
    expect([count('/moved'), count('/gone'), count('/elsewhere')]).toEqual([3, 1, 0]);
  });
});
