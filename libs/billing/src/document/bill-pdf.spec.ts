import { moneyFromMinor, moneyToDecimal, sumMoney, moneyFromDecimal } from '@ronghe/kernel';
import { readPdf } from '../../test/read-pdf.adapter';
import { sampleBill } from '../../test/sample-bill';
import { renderBillPage } from '../page/bill-page.adapter';
import { pageModel } from '../page/page-model';
import { billPdf } from './bill-pdf.adapter';

const customerName = '李雷';
const history = [
  { period: '2026-02', total: moneyFromMinor(6583n) },
  { period: '2026-05', total: moneyFromMinor(-500n) },
  { period: '2026-06', total: moneyFromMinor(13167n) },
];

const around = { history, customerName };

const bytesOf = async (...given: Parameters<typeof pageModel>): Promise<Buffer> =>
  Buffer.concat(await billPdf(pageModel(...given)).toArray());
const squeezed = (text: string) => text.replace(/[\s|]/g, '');

describe('a bill as PDF', () => {
  const bill = sampleBill([9900n, 2900n, 367n]);

  it.each([
    [
      'zh-CN',
      [
        '账单B202606-00000001',
        '客户名称李雷',
        '套餐月租费1',
        '近六个月账单',
        '附件：各项费用的计算方法',
        '月租费：199.00元×20/30天（2）',
        '第1页',
      ],
    ],
    [
      'en',
      [
        'BillB202606-00000001',
        'Customer李雷',
        'Planfee1',
        'Yourlastsixmonths',
        'Annex:howeachchargewascalculated',
        '199.00×20of30days(2)',
        'page1',
      ],
    ],
  ] as const)(
    'says in %s what the bill says, also in the words of the other script',
    async (language, said) => {
      const { pages, fonts, info } = await readPdf(await bytesOf(bill, around, language));
      const text = squeezed(pages.join(''));
      for (const each of [...said, '99.00', '29.00', '3.67', '131.67', '65.83', '-5.00', '2026-02'])
        expect(text).toContain(each);
      expect(fonts.map(({ name }) => name).sort()).toEqual([
        expect.stringMatching(/^[A-Z]{6}\+NotoSansSC-Regular$/),
        expect.stringMatching(/^[A-Z]{6}\+NotoSansSC-Bold$/),
      ]);
      expect(fonts.every(({ isEmbedded }) => isEmbedded)).toBe(true);
      expect(info['CreationDate']).toBe('D:20260630180000Z');
    },
  );

  it('is the same bytes whenever it is made, and holds the glyphs that occur alone', async () => {
    const [first, second] = [await bytesOf(bill, around, 'zh-CN'), await bytesOf(bill, around, 'zh-CN')];
    expect(first.equals(second)).toBe(true);
    expect(first.length).toBeLessThan(120_000);
  });

  it('goes over pages under the same titles, loses no line and adds up', async () => {
    const long = sampleBill(Array.from({ length: 400 }, (_, index) => BigInt(1000 + index)));
    const { pages } = await readPdf(await bytesOf(long, around, 'en'));
    expect(pages.length).toBeGreaterThan(20);
    const row = /^\|?\d+ Plan fee (\d+)\|(?: \|-?[\d.]+\|?)+ \|(\d+\.\d\d)\|?$/;
    const rowsOf = (page: string) => page.split('\n').flatMap((line) => row.exec(line) ?? []).length / 3;
    const tables = pages.filter((page) => rowsOf(page) > 0);
    expect(tables.length).toBeGreaterThan(10);
    for (const page of tables) expect(page).toContain('|Charge| |Amount| |Discount| |To pay|');
    pages.forEach((page, index) => expect(page).toContain(`· page ${index + 1}`));
    const nets = pages
      .join('\n')
      .split('\n')
      .flatMap((line) => row.exec(line)?.[2] ?? []);
    expect(nets.length).toBe(400);
    expect(moneyToDecimal(sumMoney(nets.map(moneyFromDecimal)))).toBe(moneyToDecimal(long.total));
    expect(squeezed(pages.join(''))).toContain(`Total${moneyToDecimal(long.total)}CNY`);
  });
});

it('names nobody whom billing does not know, on paper and on the page', async () => {
  const unknown = { history, customerName: null };
  const { pages } = await readPdf(await bytesOf(sampleBill([100n]), unknown, 'en'));
  expect(squeezed(pages.join(''))).not.toContain('Customer');
  expect(renderBillPage(pageModel(sampleBill([100n]), unknown, 'en'))).not.toContain('Customer');
});

it('says a name as it was given: long, and nothing for the browser to read', async () => {
  const long = `<b>Ltd</b> ${'very long name '.repeat(20)}end`;
  const bill = sampleBill([100n]);
  const { pages } = await readPdf(await bytesOf(bill, { history, customerName: long }, 'en'));
  const text = squeezed(pages.join(''));
  expect(text.indexOf(squeezed(long))).toBeGreaterThan(0);
  expect(text.indexOf(bill.accountId)).toBeGreaterThan(text.indexOf(squeezed(long)));
  const html = renderBillPage(pageModel(bill, { history, customerName: long }, 'en'));
  expect(html).toContain('<dt>Customer</dt><dd>&lt;b&gt;Ltd&lt;/b&gt; very long');
});

it('shows the months on the page too, readable without scripts', () => {
  const html = renderBillPage(pageModel(sampleBill([13167n]), around, 'en'));
  expect(html).toContain('<svg class="chart"');
  expect(html).toContain('aria-label="Your last six months: 2026-01 –, 2026-02 65.83');
  expect(html).not.toContain('<script');
});
