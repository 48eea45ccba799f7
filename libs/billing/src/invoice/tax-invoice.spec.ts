import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { addMoney, instantFromIso, moneyFromMinor, moneyToDecimal, negateMoney } from '@ronghe/kernel';
import { sampleBill } from '../../test/sample-bill';
import type { Bill } from '../bill/bill';
import { numberInFolder } from './file-tax-platform.adapter';
import { checkInvoiceXml } from './invoice-schema.adapter';
import { invoiceParts, PERSON, taxInvoice } from './tax-invoice';
import { taxInvoiceXml } from './tax-invoice-xml';

const policy = {
  seller: {
    name: '融合电信 & 兄弟 <股份>',
    taxNumber: '91000000RONGHE0001',
    address: '上海 "一" 号',
    bank: null,
  },
  items: [{ taxClass: 'voice', code: '3030100000000000000', name: '*电信服务*基础电信服务' }],
};
const parties = { policy, buyer: PERSON, credits: null };

/** 100.00 at 9 % and 50.00 at 6 %, as a bill has them: 8.26 and 2.83 of tax. */
function twoRates(): Bill {
  const bill = sampleBill([10_000n, 5_000n]);
  const [voice, content] = bill.lines;
  if (!voice || !content) throw new Error('two lines');
  const lines = [
    { ...voice, tax: moneyFromMinor(826n) },
    { ...content, tax: moneyFromMinor(283n), taxPercent: '6' },
  ];
  return { ...bill, lines };
}

it('says net, tax and gross of every line, rate and bill, exact to the fen', () => {
  const bill = twoRates();
  const [part] = invoiceParts(bill, () => null);
  const invoice = taxInvoice(bill, part!, parties);
  const shown = ({ net, tax, gross }: { net: bigint; tax: bigint; gross: bigint }) =>
    [net, tax, gross].map((fen) => moneyToDecimal(moneyFromMinor(fen)));
  expect(invoice.lines.map(shown)).toEqual([
    ['91.74', '8.26', '100.00'],
    ['47.17', '2.83', '50.00'],
  ]);
  expect(invoice.rates.map((rate) => [rate.percent, ...shown(rate)])).toEqual([
    ['9', '91.74', '8.26', '100.00'],
    ['6', '47.17', '2.83', '50.00'],
  ]);
  expect(shown(invoice)).toEqual(['138.91', '11.09', '150.00']);
  expect(invoice).toMatchObject({ kind: 'blue', requestId: `${bill.billId}.1`, issuedOn: '2026-07-01' });
});

it('adds up whatever is on the bill', () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt(-(10n ** 9n), 10n ** 10n), { minLength: 1, maxLength: 30 }), (nets) => {
      const bill = sampleBill(nets);
      const numbers = invoiceParts(bill, () => 'before').flatMap(({ lines }) => lines.map(({ no }) => no));
      const isInvoiced = bill.total !== 0n;
      expect(numbers).toEqual(
        isInvoiced ? bill.lines.filter(({ net }) => net !== 0n).map(({ no }) => no) : [],
      );
      for (const part of invoiceParts(bill, () => 'before')) {
        const { net, tax, gross, rates } = taxInvoice(bill, part, parties);
        expect(addMoney(net, tax)).toBe(gross);
        expect(gross).toBe(bill.total);
        expect(addMoney(...rates.map((rate) => rate.gross))).toBe(gross);
      }
    }),
  );
});

it('takes back by a red invoice for each bill that a credit note credits', () => {
  const bill = sampleBill([-1000n, -300n, -7n, -20n]);
  const before = ['first', 'second', 'first', null];
  const parts = invoiceParts(bill, ({ no }) => before[no - 1] ?? null);
  expect(parts.map(({ no, creditsBill, lines }) => [no, creditsBill, lines.map((line) => line.no)])).toEqual([
    [1, 'first', [1, 3, 4]],
    [2, 'second', [2]],
  ]);
  const red = taxInvoice(bill, parts[1]!, { ...parties, credits: '99990000000000000042' });
  expect([red.kind, red.credits, red.gross]).toEqual(['red', '99990000000000000042', -300n]);
  expect(invoiceParts(bill, () => null)).toEqual([]);
  expect(
    invoiceParts({ ...bill, total: negateMoney(bill.total), statement: {} as never }, () => 'x'),
  ).toEqual([]);
});

it('refuses a tax class that the tax platform has no word for', () => {
  const bill = sampleBill([100n]);
  const [part] = invoiceParts(bill, () => null);
  const without = { ...parties, policy: { ...policy, items: [] } };
  expect(() => taxInvoice(bill, part!, without)).toThrow('no item for the tax class voice');
});

describe('as XML', () => {
  const xmlOf = (bill: Bill, credits: string | null = null) =>
    taxInvoiceXml(taxInvoice(bill, invoiceParts(bill, () => 'before')[0]!, { ...parties, credits }));

  it('keeps to the schema, blue and red, with whatever people are called', async () => {
    const blue = xmlOf(twoRates());
    await expect(checkInvoiceXml(blue)).resolves.toBeUndefined();
    expect(blue).toContain('<name>融合电信 &amp; 兄弟 &lt;股份&gt;</name>');
    expect(blue).toContain('<total><net>138.91</net><tax>11.09</tax><gross>150.00</gross></total>');
    const red = xmlOf(sampleBill([-1000n]), '99990000000000000042');
    await expect(checkInvoiceXml(red)).resolves.toBeUndefined();
    expect(red).toContain('<creditsInvoice>99990000000000000042</creditsInvoice>');
    const odd = twoRates();
    odd.lines[0]!.label['zh-CN'] = 'a\u0000\u001b]]>&\ud800费';
    await expect(checkInvoiceXml(xmlOf(odd))).resolves.toBeUndefined();
  });

  it.each([
    ['a third decimal', '<net>91.74</net>', '<net>91.740</net>'],
    ['a line without tax', '<tax>8.26</tax>', ''],
    ['an item code that is none', '3030100000000000000', '303'],
    ['a kind that is none', 'kind="blue"', 'kind="green"'],
    ['the same line twice', 'no="2"', 'no="1"'],
    ['what the schema does not know', '<taxes>', '<extra/><taxes>'],
  ])('is refused with %s', async (_what, right, wrong) => {
    const xml = xmlOf(twoRates());
    expect(xml).toContain(right);
    await expect(checkInvoiceXml(xml.replace(right, wrong))).rejects.toThrow('does not keep to its schema');
  });
});

describe('the platform of files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ronghe-invoices-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const issuedAt = instantFromIso('2026-07-01T00:00:00Z');
  const later = instantFromIso('2027-07-01T00:00:00Z');

  it('gives a request its number once, however often and however many at once ask', async () => {
    const requests = Array.from({ length: 40 }, (_, index) => `bill.${index % 20}`);
    const ask = (requestId: string, at = issuedAt) =>
      numberInFolder(folder, { requestId, xml: '<x/>', issuedAt: at });
    const first = await Promise.all(requests.map((requestId) => ask(requestId)));
    const numbers = new Map(requests.map((requestId, index) => [requestId, first[index]!.number]));
    expect(new Set(numbers.values()).size).toBe(20);
    for (const number of numbers.values()) expect(number).toMatch(/^\d{20}$/);
    for (const [index, requestId] of requests.entries())
      expect(first[index]!.number).toBe(numbers.get(requestId));
    expect(await ask('bill.7', later)).toEqual({ number: numbers.get('bill.7'), issuedAt });
  });
});
