import type { LocalizedText, UsageUnit } from '@ronghe/contracts';
import { quantityInWords } from './quantity-in-words';

/** The sentences of explanations, in both languages. No figure is made here. */

/** The sentence of a step, given its result. */
export type Sentence = (result: string) => LocalizedText;

/** `5G Enjoy 199: 199.00 × 20 of 30 days = 132.666667`. */
export function prorated(label: LocalizedText, price: string, days: number, ofDays: number): Sentence {
  const isWhole = days === ofDays;
  return (result) => ({
    en: `${label.en}: ${price}${isWhole ? ' for the whole period' : ` × ${days} of ${ofDays} days`} = ${result}`,
    'zh-CN': `${label['zh-CN']}：${price}${isWhole ? '（整个账期）' : ` × ${days}/${ofDays} 天`} = ${result}`,
  });
}

/** `together 148.50`. */
export const together: Sentence = (result) => ({ en: `together ${result}`, 'zh-CN': `合计 ${result}` });

/** `Launch discount: 20 % = 39.80`. */
export function percentOff(label: LocalizedText, percent: string): Sentence {
  return (result) => ({
    en: `${label.en}: ${percent} % = ${result}`,
    'zh-CN': `${label['zh-CN']}：${percent}% = ${result}`,
  });
}

/** `Family: 10 % of 250.00 = 25.00`. */
export function percentOfTotal(label: LocalizedText, percent: string, total: string): Sentence {
  return (result) => ({
    en: `${label.en}: ${percent} % of ${total} = ${result}`,
    'zh-CN': `${label['zh-CN']}：${total} 的 ${percent}% = ${result}`,
  });
}

/** `Welcome: 20.00 off 12.00 = 12.00`. */
export function fixedOff(label: LocalizedText, fixed: string, total: string): Sentence {
  return (result) => ({
    en: `${label.en}: ${fixed} off ${total} = ${result}`,
    'zh-CN': `${label['zh-CN']}：${total} 减免 ${fixed} = ${result}`,
  });
}

/** `its share by 106.00 of 250.00: 10.60`. */
export function shareOfDiscount(part: string, total: string): Sentence {
  return (result) => ({
    en: `its share by ${part} of ${total}: ${result}`,
    'zh-CN': `按 ${part}/${total} 分摊：${result}`,
  });
}

/** `leaves 159.20`. */
export const leaves: Sentence = (result) => ({ en: `leaves ${result}`, 'zh-CN': `余 ${result}` });

/** `on 20 of 30 days: 4.00`. */
export function onDays(days: number, ofDays: number): Sentence {
  return (result) => ({
    en: `on ${days} of ${ofDays} days: ${result}`,
    'zh-CN': `计 ${days}/${ofDays} 天：${result}`,
  });
}

/** `12.00 was charged: 18.00 is missing`. */
export function lessCharged(charged: string): Sentence {
  return (result) => ({
    en: `${charged} was charged: ${result} is missing`,
    'zh-CN': `已计 ${charged}，差额 ${result}`,
  });
}

/** `list amount rounded to 132.67`. */
export const listRounded: Sentence = (result) => ({
  en: `list amount rounded to ${result}`,
  'zh-CN': `标准资费四舍五入为 ${result}`,
});

/** `rounded to 106.00`. */
export const rounded: Sentence = (result) => ({
  en: `rounded to ${result}`,
  'zh-CN': `四舍五入为 ${result}`,
});

/** `discount 26.67`. */
export const discounted: Sentence = (result) => ({ en: `discount ${result}`, 'zh-CN': `优惠 ${result}` });

/** `to pay 106.00`. */
export const toPay: Sentence = (result) => ({ en: `to pay ${result}`, 'zh-CN': `应付 ${result}` });

/** `1337 min used, 1331 min from allowances: 6 min out of bundle`. */
export function outOfBundle(unit: UsageUnit, total: string, fromAllowance: string): Sentence {
  const [used, included] = [quantityInWords(unit, total), quantityInWords(unit, fromAllowance)];
  return (result) => {
    const beyond = quantityInWords(unit, result);
    return {
      en: `${used.en} used, ${included.en} from allowances: ${beyond.en} out of bundle`,
      'zh-CN': `使用 ${used['zh-CN']}，套餐内 ${included['zh-CN']}，套餐外 ${beyond['zh-CN']}`,
    };
  };
}

/** `takes 20 min from minutes, 10 min left`. */
export function taken(unit: UsageUnit, units: string, bucket: LocalizedText): Sentence {
  const takes = quantityInWords(unit, units);
  return (result) => {
    const left = quantityInWords(unit, result);
    return {
      en: `takes ${takes.en} from ${bucket.en}, ${left.en} left`,
      'zh-CN': `从“${bucket['zh-CN']}”扣减 ${takes['zh-CN']}，剩 ${left['zh-CN']}`,
    };
  };
}

/** `with 300 KB before, 500 KB out of bundle in this period`. */
export function countedSoFar(unit: UsageUnit, before: string): Sentence {
  const earlier = quantityInWords(unit, before);
  return (result) => {
    const all = quantityInWords(unit, result);
    return {
      en: `with ${earlier.en} before, ${all.en} out of bundle in this period`,
      'zh-CN': `加上此前 ${earlier['zh-CN']}，本账期套餐外共 ${all['zh-CN']}`,
    };
  };
}

/** `Data: 4.110703` with the tariff in words. */
export function priced(label: LocalizedText, tariff: LocalizedText): Sentence {
  return (result) => ({
    en: `${label.en}: ${tariff.en} = ${result}`,
    'zh-CN': `${label['zh-CN']}：${tariff['zh-CN']} = ${result}`,
  });
}

/** `not more than 600.00: 600.00`. */
export function capped(maximum: string): Sentence {
  return (result) => ({ en: `at most ${maximum}: ${result}`, 'zh-CN': `封顶 ${maximum}：${result}` });
}

/** `less what was charged before: 0.15`. */
export const lessBefore: Sentence = (result) => ({
  en: `less what was charged before: ${result}`,
  'zh-CN': `减去此前已计 ${result}`,
});

/** `nothing to charge`. */
export const nothingToCharge: Sentence = () => ({ en: 'nothing to charge', 'zh-CN': '不另收费' });

/** `Data: 12 records come to 4.11`. */
export function chargedByRecords(label: LocalizedText, records: number): Sentence {
  return (result) => ({
    en: `${label.en}: ${records === 1 ? '1 record comes' : `${records} records come`} to ${result}`,
    'zh-CN': `${label['zh-CN']}：${records} 条话单共计 ${result}`,
  });
}

/** `Gift: 20.00 back for the whole period = -20.00`. */
export function givenBack(label: LocalizedText, amount: string, days: number, ofDays: number): Sentence {
  const isWhole = days === ofDays;
  return (result) => ({
    en: `${label.en}: ${amount} given${isWhole ? ' for the whole period' : ` × ${days} of ${ofDays} days`} = ${result}`,
    'zh-CN': `${label['zh-CN']}：赠送 ${amount}${isWhole ? '（整个账期）' : ` × ${days}/${ofDays} 天`} = ${result}`,
  });
}

/** The row of a contract's table by which leaving is charged. */
interface ContractRow {
  label: LocalizedText;
  months: number;
  served: number;
  servedBelow: number;
}

/** `12-month contract, 4 of 12 months served: row "below 6 months" = 300.00`. */
export function rowOfAmount(row: ContractRow): Sentence {
  return (result) => ({
    en: `${rowWords(row).en} = ${result}`,
    'zh-CN': `${rowWords(row)['zh-CN']} = ${result}`,
  });
}

/** `12-month contract, 7 of 12 months served: row "below 12 months", 50 % = 250.00`. */
export function rowOfPercent(row: ContractRow, percent: string): Sentence {
  return (result) => ({
    en: `${rowWords(row).en}, ${percent} % = ${result}`,
    'zh-CN': `${rowWords(row)['zh-CN']}，${percent}% = ${result}`,
  });
}

function rowWords({ label, months, served, servedBelow }: ContractRow): LocalizedText {
  return {
    en: `${label.en}, ${served} of ${months} months served: row "below ${servedBelow} months"`,
    'zh-CN': `${label['zh-CN']}，已履约 ${served}/${months} 个月：适用“不足 ${servedBelow} 个月”一行`,
  };
}

/** `100.00 × 5 months left = 500.00`. */
export function perMonthLeft(monthly: string, months: number): Sentence {
  return (result) => ({
    en: `${monthly} × ${months} months left = ${result}`,
    'zh-CN': `${monthly} × 剩余 ${months} 个月 = ${result}`,
  });
}

/** `Move on 2026-06-11: 100.00`. */
export function onceFor(label: LocalizedText, day: string): Sentence {
  return (result) => ({
    en: `${label.en} on ${day}: ${result}`,
    'zh-CN': `${label['zh-CN']}（${day}）：${result}`,
  });
}
