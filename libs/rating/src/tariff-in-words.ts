import type { LocalizedText, UnitPrice, UsagePrice } from '@ronghe/contracts';
import { assertNever } from '@ronghe/kernel';

const measureNames: Record<
  UsagePrice['unit'],
  { perOne: LocalizedText; perMany: (units: string) => LocalizedText }
> = {
  minute: { perOne: text('min', '分钟'), perMany: (n) => text(`${n} min`, `${n}分钟`) },
  message: { perOne: text('message', '条'), perMany: (n) => text(`${n} messages`, `${n}条`) },
  second: { perOne: text('s', '秒'), perMany: (n) => text(`${n} s`, `${n}秒`) },
  kb: { perOne: text('KB', 'KB'), perMany: dataSize },
  item: { perOne: text('item', '次'), perMany: (n) => text(`${n} items`, `${n}次`) },
};

/** A usage price as a short phrase: `0.15 per min`, `0.03 per MB, at most 3.00 per GB`. */
export function tariffInWords(price: UsagePrice): LocalizedText {
  const { model, unit } = price;
  switch (model.kind) {
    case 'flat':
      return text(`${model.amount} per event`, `每次 ${model.amount} 元`);
    case 'per-unit':
      return per(model.price.amount, measure(unit, model.price.per));
    case 'repeating-step': {
      const rate = per(model.price.amount, measure(unit, model.price.per));
      const block = measure(unit, model.blockUnits);
      return text(
        `${rate.en}, at most ${model.blockMaximum} per ${block.en}`,
        `${rate['zh-CN']}，每${block['zh-CN']}最多 ${model.blockMaximum} 元`,
      );
    }
    case 'package':
      return packaged(per(model.price, measure(unit, model.size)), model.rounding);
    case 'graduated':
    case 'volume':
      return tiered(
        model.kind,
        model.tiers.map((tier) => [tier.upTo, perUnits(unit, tier.price)]),
      );
    case 'graduated-percentage':
      return tiered(
        'graduated',
        model.tiers.map((tier) => [tier.upTo, percentOfAmount(tier.percent)]),
      );
    case 'percentage':
      return percentOfAmount(model.percent);
    case 'dynamic':
      return text(`${model.multiplier} times its own price`, `原价的 ${model.multiplier} 倍`);
    case 'rates':
      return text('by zone, time and length', '按区域、时段和时长计费');
    default:
      return assertNever(model);
  }
}

/** A price of one or many units: `0.15 per min`. */
export function perUnits(unit: UsagePrice['unit'], price: UnitPrice): LocalizedText {
  return per(price.amount, measure(unit, price.per));
}

function packaged(rate: LocalizedText, rounding: 'up' | 'down'): LocalizedText {
  return rounding === 'up'
    ? text(`${rate.en} begun`, `${rate['zh-CN']}（不足一份按一份计）`)
    : text(`${rate.en} completed`, `${rate['zh-CN']}（不足一份不计）`);
}

function percentOfAmount(percent: string): LocalizedText {
  return text(`${percent} % of the amount`, `金额的 ${percent}%`);
}

function tiered(
  kind: 'graduated' | 'volume',
  tiers: [upTo: string | null, rate: LocalizedText][],
): LocalizedText {
  const names = tiers.map(([upTo, rate]) =>
    upTo === null
      ? text(`${rate.en} beyond`, `其余${rate['zh-CN']}`)
      : text(`${rate.en} up to ${upTo}`, `${upTo} 以内${rate['zh-CN']}`),
  );
  const en = names.map((name) => name.en).join(', ');
  const chinese = names.map((name) => name['zh-CN']).join('，');
  return kind === 'volume' ? text(`all at ${en}`, `全部按${chinese}`) : text(en, chinese);
}

function per(amount: string, what: LocalizedText): LocalizedText {
  return text(`${amount} per ${what.en}`, `每${what['zh-CN']} ${amount} 元`);
}

function measure(unit: UsagePrice['unit'], units: string): LocalizedText {
  return units === '1' ? measureNames[unit].perOne : measureNames[unit].perMany(units);
}

function dataSize(kb: string): LocalizedText {
  const sizes = [
    { kb: 1024n * 1024n, name: 'GB' },
    { kb: 1024n, name: 'MB' },
  ];
  const size = sizes.find((candidate) => BigInt(kb) % candidate.kb === 0n) ?? { kb: 1n, name: 'KB' };
  const count = BigInt(kb) / size.kb;
  const phrase = count === 1n ? size.name : `${count} ${size.name}`;
  return text(phrase, phrase);
}

function text(en: string, chinese: string): LocalizedText {
  return { en, 'zh-CN': chinese };
}
