import type { LocalizedText, UsageUnit } from '@ronghe/contracts';
import { unitNames, type Sentence } from './wording';

/** More sentences of explanations of usage: free units, blockers, member caps, rates, limits. No figure is made here. */

/** `10 min of it free: 5 min to pay`. */
export function afterFree(unit: UsageUnit, free: string): Sentence {
  const name = unitNames[unit];
  return (result) => ({
    en: `${free} ${name.en} a period free: ${result} ${name.en} to pay`,
    'zh-CN': `每账期免费 ${free} ${name['zh-CN']}：计费 ${result} ${name['zh-CN']}`,
  });
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
  const name = unitNames[unit];
  return (result) => ({
    en: `takes ${units} ${name.en} from ${bucket.en} (at most ${cap} ${name.en} for a member), ${result} ${name.en} left`,
    'zh-CN': `从“${bucket['zh-CN']}”扣减 ${units} ${name['zh-CN']}（成员限 ${cap} ${name['zh-CN']}），剩 ${result} ${name['zh-CN']}`,
  });
}

/** `10 min refused: what covers them is used up`. */
export function refused(unit: UsageUnit, units: string): Sentence {
  const name = unitNames[unit];
  return (result) => ({
    en: `${units} ${name.en} refused, as what covers them is used up: ${result} ${name.en} left`,
    'zh-CN': `专用额度已用完，${units} ${name['zh-CN']} 不予计费：剩 ${result} ${name['zh-CN']}`,
  });
}

/** `zone asia, band night, from 60 on: 120 × 0.10 per min = 0.20`. */
export function ratedInCell(
  cell: { zone: string; band: string; from: string },
  units: string,
  tariff: LocalizedText,
): Sentence {
  const en = [
    ...(cell.zone === '' ? [] : [`zone ${cell.zone}`]),
    ...(cell.band === '' ? [] : [`band ${cell.band}`]),
    ...(cell.from === '0' ? [] : [`from ${cell.from} on`]),
  ];
  const chinese = [
    ...(cell.zone === '' ? [] : [`区域 ${cell.zone}`]),
    ...(cell.band === '' ? [] : [`时段 ${cell.band}`]),
    ...(cell.from === '0' ? [] : [`自 ${cell.from} 起`]),
  ];
  const place = { en: en.join(', ') || 'rate', 'zh-CN': chinese.join('，') || '费率' };
  return (result) => ({
    en: `${place.en}: ${units} at ${tariff.en} = ${result}`,
    'zh-CN': `${place['zh-CN']}：${units}，${tariff['zh-CN']} = ${result}`,
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
