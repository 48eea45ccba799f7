import type { LocalizedText, UsageUnit } from '@ronghe/contracts';
import { quantityInWords } from './quantity-in-words';
import type { Sentence } from './wording';

/** More sentences of explanations of usage: free units, blockers, member caps, rates, limits. No figure is made here. */

/** `10 min a period free: 5 min to pay`. */
export function afterFree(unit: UsageUnit, free: string): Sentence {
  const without = quantityInWords(unit, free);
  return (result) => {
    const toPay = quantityInWords(unit, result);
    return {
      en: `${without.en} a period free: ${toPay.en} to pay`,
      'zh-CN': `每账期免费 ${without['zh-CN']}：计费 ${toPay['zh-CN']}`,
    };
  };
}

/** `at least 5.00: 5.00`. */
export function atLeast(minimum: string): Sentence {
  return (result) => ({ en: `at least ${minimum}: ${result}`, 'zh-CN': `最低消费 ${minimum}：${result}` });
}

/** `connect fee for 3 events: 0.30`. */
export function connectFees(events: string): Sentence {
  const isOne = events === '1';
  return (result) => ({
    en: `connect fee${isOne ? '' : ` for ${events} events`}: ${result}`,
    'zh-CN': `接续费${isOne ? '' : `（${events} 次）`}：${result}`,
  });
}

/** `takes 20 min from minutes (at most 100 min for a member), 10 min left`. */
export function takenByMember(unit: UsageUnit, units: string, bucket: LocalizedText, cap: string): Sentence {
  const [takes, most] = [quantityInWords(unit, units), quantityInWords(unit, cap)];
  return (result) => {
    const left = quantityInWords(unit, result);
    return {
      en: `takes ${takes.en} from ${bucket.en} (at most ${most.en} for a member), ${left.en} left`,
      'zh-CN': `从“${bucket['zh-CN']}”扣减 ${takes['zh-CN']}（成员限 ${most['zh-CN']}），剩 ${left['zh-CN']}`,
    };
  };
}

/** `10 min refused, as what covers them is used up: 0 min left`. */
export function refused(unit: UsageUnit, units: string): Sentence {
  const beyond = quantityInWords(unit, units);
  return (result) => {
    const left = quantityInWords(unit, result);
    return {
      en: `${beyond.en} refused, as what covers them is used up: ${left.en} left`,
      'zh-CN': `专用额度已用完，${beyond['zh-CN']} 不予计费：剩 ${left['zh-CN']}`,
    };
  };
}

/** A cell of a tariff by zone, band and step; a step begins `from` so many measured units: seconds, KB, messages. */
export interface WordedCell {
  zone: string;
  band: string;
  from: string;
  unit: UsageUnit;
}

/** `zone asia, band night, from 1 min on: 2 min at 0.10 per min = 0.20`. */
export function ratedInCell(
  { zone, band, from, unit }: WordedCell,
  units: LocalizedText,
  tariff: LocalizedText,
): Sentence {
  const begin = quantityInWords(unit, from);
  const en = [
    ...(zone === '' ? [] : [`zone ${zone}`]),
    ...(band === '' ? [] : [`band ${band}`]),
    ...(from === '0' ? [] : [`from ${begin.en} on`]),
  ];
  const chinese = [
    ...(zone === '' ? [] : [`区域 ${zone}`]),
    ...(band === '' ? [] : [`时段 ${band}`]),
    ...(from === '0' ? [] : [`自 ${begin['zh-CN']} 起`]),
  ];
  const place = { en: en.join(', ') || 'rate', 'zh-CN': chinese.join('，') || '费率' };
  return (result) => ({
    en: `${place.en}: ${units.en} at ${tariff.en} = ${result}`,
    'zh-CN': `${place['zh-CN']}：${units['zh-CN']}，${tariff['zh-CN']} = ${result}`,
  });
}

/** `as the event is at most 3.00 and is rounded: 1.20`. */
export function eventLimited(maximum: string | null): Sentence {
  return (result) => ({
    en: `with the event ${maximum === null ? 'rounded' : `at most ${maximum}`}: ${result}`,
    'zh-CN': `${maximum === null ? '按次取整' : `单次封顶 ${maximum}`}后：${result}`,
  });
}

/** `with 4.50 before: 5.70 in this period`. */
export function spentSoFar(before: string): Sentence {
  return (result) => ({
    en: `with ${before} before: ${result} in this period`,
    'zh-CN': `加上此前 ${before}：本账期 ${result}`,
  });
}
