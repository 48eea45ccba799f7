import type { LocalizedText, UsageUnit } from '@ronghe/contracts';

/**
 * A quantity as people read it, to the last unit: `41 GB 36 MB 24 KB`, `1 h 2 min 5 s`, `1337 min`, `1 message`.
 * Parts that are 0 are left out, and 1 GB = 1024 MB = 1,048,576 KB. Fields that machines read keep the bare number.
 *
 * @param units whole ones; negative with a minus before all of it
 */
export function quantityInWords(unit: UsageUnit, units: string | bigint): LocalizedText {
  const count = BigInt(units);
  const names = partsOf[unit];
  return { en: inParts(count, names, 'en'), 'zh-CN': inParts(count, names, 'zh-CN') };
}

/** A part of a quantity: how many units it is, and its name for one and for many. */
interface Part {
  size: bigint;
  en: [one: string, many: string];
  'zh-CN': [one: string, many: string];
}

/** The largest first; the last is the unit itself. Minutes stay minutes, as allowances of voice are sold. */
const partsOf: Record<UsageUnit, readonly [...Part[], Part]> = {
  minute: [part(1n, 'min', '分钟')],
  message: [part(1n, 'message', '条', 'messages')],
  second: [part(3600n, 'h', '小时'), part(60n, 'min', '分'), part(1n, 's', '秒')],
  kb: [part(1024n * 1024n, 'GB', 'GB'), part(1024n, 'MB', 'MB'), part(1n, 'KB', 'KB')],
  item: [part(1n, 'item', '次', 'items')],
};

function part(size: bigint, one: string, chinese: string, many = one): Part {
  return { size, en: [one, many], 'zh-CN': [chinese, chinese] };
}

function inParts(units: bigint, parts: readonly [...Part[], Part], language: 'en' | 'zh-CN'): string {
  const words: string[] = [];
  let left = units < 0n ? -units : units;
  for (const { size, [language]: names } of parts) {
    const count = left / size;
    left %= size;
    if (count > 0n) words.push(`${count} ${names[count === 1n ? 0 : 1]}`);
  }
  const smallest = parts[parts.length - 1] as Part;
  const text = words.length > 0 ? words.join(' ') : `0 ${smallest[language][1]}`;
  return units < 0n ? `-${text}` : text;
}
