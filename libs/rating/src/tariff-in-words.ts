import type { LocalizedText, UnitPrice, UsagePrice } from '@ronghe/contracts';
import { assertNever } from '@ronghe/kernel';
import { quantityInWords } from './quantity-in-words';

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
        model.tiers.map(({ upTo, price }) => [
          upTo === null ? null : quantityInWords(unit, upTo),
          perUnits(unit, price),
        ]),
      );
    case 'graduated-percentage':
      return tiered(
        'graduated',
        model.tiers.map(({ upTo, percent }) => [
          upTo === null ? null : text(upTo, upTo),
          percentOfAmount(percent),
        ]),
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
  tiers: [upTo: LocalizedText | null, rate: LocalizedText][],
): LocalizedText {
  const names = tiers.map(([upTo, rate]) =>
    upTo === null
      ? text(`${rate.en} beyond`, `其余${rate['zh-CN']}`)
      : text(`${rate.en} up to ${upTo.en}`, `${upTo['zh-CN']} 以内${rate['zh-CN']}`),
  );
  const en = names.map((name) => name.en).join(', ');
  const chinese = names.map((name) => name['zh-CN']).join('，');
  return kind === 'volume' ? text(`all at ${en}`, `全部按${chinese}`) : text(en, chinese);
}

function per(amount: string, what: LocalizedText): LocalizedText {
  return text(`${amount} per ${what.en}`, `每${what['zh-CN']} ${amount} 元`);
}

/** The units of a price: `GB` and `min` for one, `500 MB` and `2 min` for more. */
function measure(unit: UsagePrice['unit'], units: string): LocalizedText {
  const { en, 'zh-CN': chinese } = quantityInWords(unit, units);
  return text(en.replace(ONE, ''), chinese.replace(ONE, '').replace(/^(\d+) (?=[^A-Z])/, '$1'));
}

/** Before the only word of a quantity: of `1 GB 1 MB` the 1 stays. */
const ONE = /^1 (?=\S+$)/;

function text(en: string, chinese: string): LocalizedText {
  return { en, 'zh-CN': chinese };
}
