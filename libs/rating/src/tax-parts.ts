import type { LocalizedText, TaxPart } from '@ronghe/contracts';
import {
  allocate,
  amountToDecimal,
  amountToMoney,
  moneyFromDecimal,
  moneyFromMinor,
  moneyToAmount,
  moneyToDecimal,
  subtractMoney,
  sumAmounts,
  subtractAmounts,
  zeroAmount,
  zeroMoney,
  type Amount,
  type Money,
} from '@ronghe/kernel';
import { ExplanationBuilder, type Explanation, type StepReference } from './explanation';
import type { LineItem } from './line-item';
import { discounted, listRounded, rounded } from './wording';

/** What each part gets of the list amount and of what is taken off it, in fen: Σ is the whole, and no part is below zero. */
interface Split {
  weights: readonly Money[];
  list: Money;
  lists: readonly Money[];
  discount: Money;
  discounts: readonly Money[];
}

/**
 * A fee that is for services of several tax classes as an item for each: list amount and discount are split by what the
 * services cost alone, by largest remainder (SEMANTICS §8). What rounding to fen leaves of a part of a period stays with the
 * part that costs most, so that Σ parts is the fee, rounded and exact.
 */
export function splitByTaxClass(item: LineItem, parts: readonly TaxPart[]): LineItem[] {
  const split = splitOf(
    item,
    parts.map(({ standAlone }) => moneyFromDecimal(standAlone)),
  );
  const most = split.weights.indexOf(split.weights.reduce((a, b) => (b > a ? b : a), zeroMoney));
  return parts.map(({ taxClass, label }, index): LineItem => {
    const isMost = index === most;
    const list = explainPart(item, split, index, label, isMost);
    return {
      ...item,
      ...{ taxClass, label },
      listAmount: list.listAmount,
      netAmount: list.netAmount,
      listExplanation: list.listExplanation,
      netExplanation: list.netExplanation,
    };
  });
}

function splitOf({ listAmount, netAmount }: LineItem, weights: readonly Money[]): Split {
  const list = amountToMoney(listAmount);
  const discount = subtractMoney(list, amountToMoney(netAmount));
  const lists = allocate(list, weights).map(moneyFromMinor);
  // By the list amounts of the parts, so that none is given more than it costs.
  const discounts = allocate(discount, list === zeroMoney ? weights : lists).map(moneyFromMinor);
  return { weights, list, lists, discount, discounts };
}

function explainPart(item: LineItem, split: Split, index: number, label: LocalizedText, isMost: boolean) {
  const left = (amount: Amount) => subtractAmounts(amount, moneyToAmount(amountToMoney(amount)));
  const listLeft = isMost ? left(item.listAmount) : zeroAmount;
  const netLeft = isMost ? left(item.netAmount) : zeroAmount;
  const listMoney = split.lists[index] ?? zeroMoney;
  const netMoney = subtractMoney(listMoney, split.discounts[index] ?? zeroMoney);
  const list = new ExplanationBuilder();
  addLeft(list, listShare(list, item, split, index, label), listLeft);
  return {
    listAmount: sumAmounts([moneyToAmount(listMoney), listLeft]),
    netAmount: sumAmounts([moneyToAmount(netMoney), netLeft]),
    listExplanation: list.build(),
    netExplanation: explainNet(item, split, index, { label, netLeft }),
  };
}

function explainNet(
  item: LineItem,
  split: Split,
  index: number,
  { label, netLeft }: { label: LocalizedText; netLeft: Amount },
): Explanation {
  const builder = new ExplanationBuilder();
  const list = listShare(builder, item, split, index, label);
  if (split.discount === zeroMoney) {
    addLeft(builder, list, netLeft);
    return builder.build();
  }
  const net = builder.add('round', { amount: builder.append(item.netExplanation) }, rounded);
  const total = builder.add('subtract-money', { from: moneyToDecimal(split.list), amount: net }, discounted);
  const weights = split.list === zeroMoney ? split.weights : split.lists;
  const discount = addShare(builder, {
    total,
    of: split.discount,
    weights,
    shares: split.discounts,
    index,
    label,
  });
  const part = builder.add('subtract-money', { from: list, amount: discount }, (result) =>
    labelled(label, result),
  );
  addLeft(builder, part, netLeft);
  return builder.build();
}

function listShare(
  builder: ExplanationBuilder,
  item: LineItem,
  { list, lists: shares, weights }: Split,
  index: number,
  label: LocalizedText,
): StepReference {
  const total = builder.add('round', { amount: builder.append(item.listExplanation) }, listRounded);
  return addShare(builder, { total, of: list, weights, shares, index, label });
}

interface Share {
  total: StepReference;
  /** The total's value. */
  of: Money;
  weights: readonly Money[];
  shares: readonly Money[];
  index: number;
  label: LocalizedText;
}

function addShare(
  builder: ExplanationBuilder,
  { total, of, weights, shares, index, label }: Share,
): StepReference {
  const sum = weights.reduce<bigint>((running, weight) => running + weight, 0n);
  const part = weights[index] ?? zeroMoney;
  const rest = moneyFromMinor((shares[index] ?? 0n) - (of * part) / sum);
  const place = { part: moneyToDecimal(part), of: moneyToDecimal(moneyFromMinor(sum)) };
  return builder.add('share', { total, ...place, rest: moneyToDecimal(rest) }, (result) => ({
    en: `${label.en}: ${place.part} of ${place.of} = ${result}`,
    'zh-CN': `${label['zh-CN']}：${place.part}/${place.of} = ${result}`,
  }));
}

function addLeft(builder: ExplanationBuilder, part: StepReference, left: Amount): void {
  if (left === zeroAmount) return;
  builder.add('sum', { part1: part, part2: amountToDecimal(left) }, (result) => ({
    en: `with what rounding leaves: ${result}`,
    'zh-CN': `加上四舍五入余数：${result}`,
  }));
}

function labelled(label: LocalizedText, result: string): LocalizedText {
  return { en: `${label.en}: ${result}`, 'zh-CN': `${label['zh-CN']}：${result}` };
}
