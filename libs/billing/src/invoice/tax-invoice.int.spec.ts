import type { BillDeliveryPolicy } from '@ronghe/contracts';
import { instantFromIso } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { deliveryPolicy } from '../../test/delivery-policy';
import { Desk } from '../../test/desk';
import { DocumentDesk } from '../../test/document-desk';
import { familyOf, usageTotalsOf, type Family } from '../../test/golden-family';
import { closeSource, publishDocuments, publishFamily, publishUsage } from '../../test/publish';
import { until } from '../../test/until.adapter';
import { billingDomain } from '../index';
import { checkInvoiceXml } from './invoice-schema.adapter';

const [wishing, asking] = [familyOf(1), familyOf(2)];
const publishedAt = instantFromIso('2026-06-01T00:00:00+08:00');

let operator: TestOperator;
const desk = new Desk(() => operator);
const documents = new DocumentDesk(() => operator);
const invoicesOf = ({ account }: Family) => documents.invoices(account.accountId);
const billOf = async ({ account }: Family) => (await desk.bills(account.accountId))[0];

async function publishPolicy(version: number, change: Partial<BillDeliveryPolicy> = {}): Promise<void> {
  const document = { ...deliveryPolicy, version, ...change };
  const payload = { code: document.code, version, document, publishedAt };
  await operator.publish('policy.published.v1', { aggregateId: document.code, lane: 0, payload });
}

beforeAll(async () => {
  operator = await startOperator({ domains: [billingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  // What the tax platform calls IPTV has been forgotten.
  await publishPolicy(1, {
    items: deliveryPolicy.items.filter(({ taxClass }) => taxClass !== 'iptv-content'),
  });
  for (const family of [wishing, asking]) {
    await publishFamily(operator, family);
    const totals = usageTotalsOf(family, '2026-06');
    await publishUsage(operator, family, { period: '2026-06', version: 1, totals });
  }
  await operator.settle();
  await documents.wish(
    { accountId: wishing.account.accountId, channel: 'NONE', wantsTaxInvoice: true },
    'wish',
  );
  await operator.moveClock('2026-07-01T06:00:00+08:00');
  await closeSource(operator, '2026-07-01T00:00:00+08:00');
  await operator.settle();
});

afterAll(() => operator?.stop());

it('fails visibly where data is missing, and is numbered when a person has it tried again', async () => {
  await until('the failure', async () => (await invoicesOf(wishing))[0]?.state === 'DEAD');
  const [dead] = await invoicesOf(wishing);
  expect(dead).toEqual({
    state: 'DEAD',
    lastError: 'the delivery policy has no item for the tax class iptv-content',
    invoices: [],
  });
  await publishPolicy(2);
  await operator.settle();
  const bill = await billOf(wishing);
  const retry = `mutation ($id: ID!, $key: String!) { retryTaxInvoice(billId: $id, idempotencyKey: $key) { state } }`;
  await desk.ask(retry, { id: bill?.id, key: 'again' }, 'billing');
  await until('the number', async () => (await invoicesOf(wishing))[0]?.state === 'DONE');
  const { errors } = await operator.graphql(retry, { id: bill?.id, key: 'late' }, 'billing');
  expect(errors?.[0]?.extensions.code).toBe('delivery_done');
});

it('is for those who wish it, and for who asks', async () => {
  const bill = await billOf(asking);
  expect(await invoicesOf(asking)).toEqual([null]);
  const retry = `mutation ($id: ID!) { retryTaxInvoice(billId: $id, idempotencyKey: "none") { state } }`;
  const { errors } = await operator.graphql(retry, { id: bill?.id }, 'billing');
  expect(errors?.[0]?.extensions.code).toBe('tax_invoice_not_found');
  const request = `mutation ($id: ID!, $key: String!) { requestTaxInvoice(billId: $id, idempotencyKey: $key) { state } }`;
  await desk.ask(request, { id: bill?.id, key: 'asked' }, 'counter');
  await desk.ask(request, { id: bill?.id, key: 'asked again' }, 'counter');
  await until('the number', async () => (await invoicesOf(asking))[0]?.state === 'DONE');
  const [first, ...others] = (await invoicesOf(asking))[0]?.invoices ?? [];
  expect(others).toEqual([]);
  expect(first).toMatchObject({ kind: 'BLUE', gross: '131.67' });
  expect(first?.xml).toContain('<buyer>\n<name>个人</name>\n</buyer>');
});

it('is taken back by a red one that names it, when a credit note takes the bill back', async () => {
  for (const product of asking.products) {
    const payload = { ...product, effectiveTo: product.effectiveFrom };
    await operator.publish('product.terminated.v1', {
      aggregateId: payload.productId,
      lane: asking.lane,
      version: 2,
      payload,
    });
  }
  await closeSource(operator, '2026-08-01T00:00:00+08:00');
  await operator.moveClock('2026-08-01T06:00:00+08:00');
  await operator.settle();
  const credit = await billOf(asking);
  expect(credit?.kind).toBe('CREDIT_NOTE');
  await until('the number', async () => (await invoicesOf(asking))[0]?.state === 'DONE');
  const [[red, ...others] = [], blue] = (await invoicesOf(asking)).map((each) => each?.invoices ?? []);
  expect(others).toEqual([]);
  const [tax] = [credit?.taxes.reduce((sum, each) => sum + BigInt(each.tax.replace('.', '')), 0n)];
  expect(red).toMatchObject({ kind: 'RED', credits: blue?.[0]?.number, gross: credit?.total });
  expect(BigInt(red!.tax.replace('.', ''))).toBe(tax);
  expect(BigInt(red!.net.replace('.', '')) + BigInt(red!.tax.replace('.', ''))).toBe(
    BigInt(red!.gross.replace('.', '')),
  );
  await checkInvoiceXml(red!.xml);
  expect(red?.xml).toContain(`<creditsInvoice>${blue?.[0]?.number}</creditsInvoice>`);
});

it('has a red one of a credit note by hand too, for what the note credits and no more', async () => {
  const bill = (await desk.bills(wishing.account.accountId)).at(-1);
  const credit = `mutation ($input: IssueCreditNoteInput!) { issueCreditNote(input: $input, idempotencyKey: "by hand") { id } }`;
  const input = { billId: bill?.id, reason: 'no service', lines: [{ no: 1, amount: '20.00' }] };
  await desk.ask(credit, { input }, 'billing');
  await operator.settle();
  const noteFirst = async () => (await invoicesOf(wishing))[0];
  await until('the number', async () => (await noteFirst())?.invoices[0]?.kind === 'RED');
  // June's; July's bill has one of its own.
  const blue = (await invoicesOf(wishing)).at(-1)?.invoices[0];
  const [red, ...others] = (await noteFirst())?.invoices ?? [];
  expect(others).toEqual([]);
  // 20.00 × 9 ÷ 109 = 1.6514
  expect(red).toMatchObject({ credits: blue?.number, net: '-18.35', tax: '-1.65', gross: '-20.00' });
  await checkInvoiceXml(red!.xml);
  expect(red?.xml).toContain(`<creditsInvoice>${blue?.number}</creditsInvoice>`);
});
