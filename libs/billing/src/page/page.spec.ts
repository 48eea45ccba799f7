import { instantFromIso } from '@ronghe/kernel';
import { isLinkToken, linkToken } from './page-link';
import { cardName, languageOf, wordsIn } from './page-words';

const now = instantFromIso('2026-07-01T00:00:00Z');
const billId = '0198c1de-0000-7000-8000-000000000001';
const secret = 'a secret of some length';

describe('a link to a bill page', () => {
  const token = linkToken(billId, now, secret);

  it('opens this bill until it ends', () => {
    expect(isLinkToken(token, billId, instantFromIso('2026-07-30T23:59:59Z'), secret)).toBe(true);
    expect(isLinkToken(token, billId, instantFromIso('2026-07-31T00:00:00Z'), secret)).toBe(false);
  });

  it('opens no other bill, and not with another secret', () => {
    expect(isLinkToken(token, billId.replace('1', '2'), now, secret)).toBe(false);
    expect(isLinkToken(token, billId, now, 'another secret')).toBe(false);
  });

  it('cannot be prolonged, cut or made up', () => {
    const [end, signature] = token.split('.');
    expect(isLinkToken(`${end}z.${signature}`, billId, now, secret)).toBe(false);
    for (const wrong of ['', '.', `${end}.`, token.slice(0, -1), `${token}x`, 'x'.repeat(4000)]) {
      expect(isLinkToken(wrong, billId, now, secret)).toBe(false);
    }
  });
});

it.each([
  ['zh-CN', undefined, 'zh-CN'],
  [undefined, 'zh-TW,zh;q=0.9', 'zh-CN'],
  [undefined, 'de,zh;q=0.5', 'en'],
  ['en', 'zh-CN', 'en'],
  [undefined, undefined, 'en'],
] as const)('reads ?lang=%s and Accept-Language %s as %s', (asked, accepted, language) => {
  expect(languageOf(asked, accepted)).toBe(language);
});

it('says every word in both languages', () => {
  expect(Object.keys(wordsIn('zh-CN')).sort()).toEqual(Object.keys(wordsIn('en')).sort());
  expect(Object.values(wordsIn('zh-CN')).every((word) => word !== '')).toBe(true);
});

it('names cards as people do', () => {
  expect([
    cardName('main', 'en'),
    cardName('sub2', 'zh-CN'),
    cardName('', 'en'),
    cardName('x-1', 'en'),
  ]).toEqual(['Main card', '副卡 2', 'Other charges', 'x-1']);
});
