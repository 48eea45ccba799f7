import type { UsageUnit } from '@ronghe/contracts';
import fc from 'fast-check';
import { quantityInWords } from './quantity-in-words';

/** How many units each word is, of the unit in which a quantity is counted. */
const sizes: Record<UsageUnit, Record<string, bigint>> = {
  minute: { min: 1n, 分钟: 1n },
  message: { message: 1n, messages: 1n, 条: 1n },
  second: { s: 1n, min: 60n, h: 3600n, 秒: 1n, 分: 60n, 小时: 3600n },
  kb: { KB: 1n, MB: 1024n, GB: 1_048_576n },
  item: { item: 1n, items: 1n, 次: 1n },
};

/** Reads the words back. */
function unitsOf(unit: UsageUnit, text: string): bigint {
  const words = text.replace(/^-/, '').split(' ');
  let sum = 0n;
  for (let at = 0; at < words.length; at += 2) {
    sum += BigInt(words[at] ?? '') * (sizes[unit][words[at + 1] ?? ''] ?? 0n);
  }
  return text.startsWith('-') ? -sum : sum;
}

describe('a quantity in words', () => {
  it.each<[UsageUnit, string, string, string]>([
    ['kb', '43029528', '41 GB 37 MB 24 KB', '41 GB 37 MB 24 KB'],
    ['kb', '41943040', '40 GB', '40 GB'],
    ['kb', '1048577', '1 GB 1 KB', '1 GB 1 KB'],
    ['kb', '1023', '1023 KB', '1023 KB'],
    ['kb', '0', '0 KB', '0 KB'],
    ['kb', '-1536', '-1 MB 512 KB', '-1 MB 512 KB'],
    ['second', '3725', '1 h 2 min 5 s', '1 小时 2 分 5 秒'],
    ['second', '60', '1 min', '1 分'],
    ['minute', '1337', '1337 min', '1337 分钟'],
    ['message', '1', '1 message', '1 条'],
    ['message', '0', '0 messages', '0 条'],
    ['item', '2', '2 items', '2 次'],
  ])('of %s %s is %s, and %s', (unit, units, english, chinese) => {
    expect(quantityInWords(unit, units)).toEqual({ en: english, 'zh-CN': chinese });
  });

  it('is exact: read back it is the same number, in both languages', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<UsageUnit>('minute', 'message', 'second', 'kb', 'item'),
        fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }),
        (unit, units) => {
          const words = quantityInWords(unit, units);
          expect(unitsOf(unit, words.en)).toBe(units);
          expect(unitsOf(unit, words['zh-CN'])).toBe(units);
        },
      ),
    );
  });
});
