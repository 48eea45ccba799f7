import { amountFromDecimal, daysBetween } from '@ronghe/kernel';
import { daysHeld } from './day-parts';
import { ExplanationBuilder } from './explanation';
import type { LineItem } from './line-item';
import { changesOf, heldDays, type Bringer, type ChangeQuestion } from './price-change';
import { leaves, onDays, percentOff } from './wording';

/**
 * Takes what other products change of a usage price from the period's total of it. It is taken from the total, exact
 * and before the line is rounded, never from single events: so the events still add up to their counter, and a product
 * that is bought later changes no event that was rated. Where the other product is held on a part of the days only, the
 * total is changed by those days' share.
 */
export function changeUsage(
  item: LineItem,
  question: ChangeQuestion,
  bringers: readonly Bringer[],
): LineItem {
  if (bringers.length === 0) return item;
  const ofProduct = question.holdings.filter(({ productId }) => productId === item.productId);
  // Where the offer changed, what was used under it counts on its days.
  const holding =
    ofProduct.find(({ offeringCode }) => offeringCode === item.source.offeringCode) ?? ofProduct[0];
  const days = holding && heldDays(holding, question);
  if (!days) return item;
  const ofDays = daysBetween(days.from, days.to);
  const net = new ExplanationBuilder();
  net.append(item.netExplanation);
  const price = { code: item.chargeCode, isRecurring: false };
  for (const { change, days: ranges } of changesOf(holding, price, bringers, question.offers)) {
    const held = daysHeld(days, ranges);
    if (held === 0 || !('percentLess' in change.to)) continue;
    const before = net.last();
    const { percentLess: percent } = change.to;
    let off = net.add('percent', { amount: before, percent }, percentOff(change.label, percent));
    if (held < ofDays) {
      const share = { price: off, days: String(held), ofDays: String(ofDays) };
      off = net.add('prorate', share, onDays(held, ofDays));
    }
    net.add('subtract', { from: before, amount: off }, leaves);
  }
  const netExplanation = net.build();
  return { ...item, netAmount: amountFromDecimal(netExplanation.result), netExplanation };
}
