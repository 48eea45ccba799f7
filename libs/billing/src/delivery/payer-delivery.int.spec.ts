import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { deliveryPolicy } from '../../test/delivery-policy';
import { Desk } from '../../test/desk';
import { DocumentDesk, type DeliveryNode } from '../../test/document-desk';
import { usageTotalsOf, type Family } from '../../test/golden-family';
import { MailBox } from '../../test/mail-box.adapter';
import { closeSource, publishDocuments, publishFamily, publishUsage } from '../../test/publish';
import { readPdf } from '../../test/read-pdf.adapter';
import { Receiver } from '../../test/receiver.adapter';
import { familiesInOneLane, publishRelation, relationOf } from '../../test/tied-accounts';
import { until } from '../../test/until.adapter';
import { billingDomain } from '../index';

/** The payer pays for all that the branch uses. */
const [payer, branch] = familiesInOneLane(6, 7) as [Family, Family];
const idOf = ({ account }: Family) => account.accountId;

const box = new MailBox();
const receiver = new Receiver();
const folder = mkdtempSync(join(tmpdir(), 'ronghe-payer-'));
let operator: TestOperator;
let hookUrl: string;
const desk = new Desk(() => operator);
const documents = new DocumentDesk(() => operator);
const deliveriesOf = (family: Family) => documents.deliveries(idOf(family));

beforeAll(async () => {
  const smtpUrl = await box.start();
  hookUrl = await receiver.start();
  box.answer = () => null;
  receiver.answer = () => 200;
  operator = await startOperator({
    domains: [billingDomain],
    startsAt: '2026-06-11T00:00:00+08:00',
    environment: { RONGHE_SMTP_URL: smtpUrl, RONGHE_DATA_DIR: folder },
  });
  await publishDocuments(operator);
  const publishedAt = '2026-06-01T00:00:00.000Z' as never;
  const policy = { code: 'bill-delivery', version: 1, document: deliveryPolicy, publishedAt };
  await operator.publish('policy.published.v1', { aggregateId: policy.code, lane: 0, payload: policy });
  for (const family of [payer, branch]) {
    await publishFamily(operator, family);
    const totals = usageTotalsOf(family, '2026-06');
    await publishUsage(operator, family, { period: '2026-06', version: 1, totals });
  }
  await publishRelation(
    operator,
    relationOf(1, [payer, branch], { kind: 'parent', memberPays: false }, ['2026-06-01']),
  );
  await operator.settle();
  for (const [family, address] of [
    [payer, 'payer@example.cn'],
    [branch, 'branch@example.cn'],
  ] as const) {
    const { errors } = await documents.wish({ accountId: idOf(family), channel: 'EMAIL', address }, address);
    expect(errors).toBeUndefined();
  }
  await closeSource(operator, '2026-07-01T00:00:00+08:00');
  await operator.moveClock('2026-07-01T06:00:00+08:00');
});

afterAll(async () => {
  await operator?.stop();
  await Promise.all([box.stop(), receiver.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

it('comes to who pays for another account by each way, and says whose each charge is; the other gets none', async () => {
  const [bill, ...others] = await desk.bills(idOf(payer));
  expect([bill?.total, others, await desk.bills(idOf(branch))]).toEqual(['263.34', [], []]);
  const deliver = (way: object, key: string) =>
    desk.ask<{ deliverBill: DeliveryNode }>(
      `mutation ($input: DeliverBillInput!, $key: String!) { deliverBill(input: $input, idempotencyKey: $key) { id } }`,
      { input: { billId: bill?.id, language: 'en', ...way }, key },
      'counter',
    );
  const { deliverBill: file } = await deliver({ channel: 'FILE' }, 'payer-file');
  await deliver({ channel: 'WEBHOOK', address: `${hookUrl}/payer` }, 'payer-hook');
  await until('all three', async () => {
    const deliveries = await deliveriesOf(payer);
    return deliveries.length === 3 && deliveries.every(({ state }) => state === 'DONE');
  });
  const called = receiver.calls.find(({ path }) => path === '/payer');
  const told = JSON.parse(called?.body ?? '') as { accountId: string; files: { base64: string }[] };
  expect(told.accountId).toBe(idOf(payer));
  const mail = box.received.find(({ to }) => to === 'payer@example.cn');
  const pdfs = {
    mailed: mail?.files.get(`${bill?.number}.pdf`),
    posted: Buffer.from(told.files[0]?.base64 ?? '', 'base64'),
    filed: readFileSync(join(folder, 'bills', file.id, `${bill?.number}.pdf`)),
  };
  const text = async (pdf: Buffer | undefined) => (await readPdf(pdf ?? Buffer.alloc(0))).pages.join('');
  expect(await text(pdfs.mailed)).toContain(`代付账户 ${idOf(branch)} · 主卡`);
  for (const pdf of [pdfs.posted, pdfs.filed]) {
    const shown = await text(pdf);
    expect(shown).toContain(`For account ${idOf(branch)} · Main card`);
    expect(shown).toMatch(new RegExp(`Account[\\s|]+${idOf(payer)}`));
    expect(shown).not.toContain(`For account ${idOf(payer)}`);
  }
  expect(await deliveriesOf(branch)).toEqual([]);
  expect(box.received.filter(({ to }) => to === 'branch@example.cn')).toEqual([]);
});
