import type { BundlePriceOverride, PriceChange } from '@ronghe/contracts';
import {
  addAmounts,
  amountFromDecimal,
  overlap,
  subtractAmounts,
  zeroAmount,
  type Amount,
} from '@ronghe/kernel';
import { splitDays, type DayPart } from './day-parts';
import type { ExplanationBuilder, StepReference } from './explanation';
import { addPart, type Fee, type Place } from './fee-price';
import { bundleOf, spanOfRule } from './held-bundle';
import { daysTouched, type DayRange } from './holding';
import { sharedDays } from './period-share';
import { changesOf, type Bringer } from './price-change';
import type { RecurringDiscount, RecurringQuestion } from './recurring-charges';
import { capped, leaves, percentOff, together } from './wording';

/** What holds on some days of a fee: the bundle's price, or a change that another product brings. */
type HeldPrice = { days: DayRange[] } & ({ override: BundlePriceOverride } | { change: PriceChange });

/**
 * Writes the price of the days that are charged: on each day the bundle's price while it holds, else the list price,
 * then what other products change of it, by priority. Returns what each took from the list amount; it adds up to it.
 */
export function applyHeldPrices(
  net: ExplanationBuilder,
  fee: Fee,
  listAmount: Amount,
  question: RecurringQuestion,
  bringers: readonly Bringer[],
): RecurringDiscount[] {
  const bundle = bundlePriceOf(fee, question);
  const price = { code: fee.price.code, isRecurring: true };
  const changes = changesOf(fee.holding, price, bringers, question.offers);
  const taken = new Map<HeldPrice, Amount>();
  const charged = { listed: 0, bundled: 0 };
  let base = zeroAmount;
  // The days on which least holds are told first.
  const parts = shareOut(chargedParts(fee, [...bundle, ...changes]), fee.share.days).reverse();
  const results = parts.map(({ days, held }) => {
    const override = held.find((each) => 'override' in each)?.override;
    const { label, amount } = override ?? fee.price;
    const counter = override ? 'bundled' : 'listed';
    const place = { days, ofDays: fee.share.ofDays, after: charged[counter] };
    charged[counter] += days;
    let left = addPart(net, label, amount, place);
    base = addAmounts(base, amountFromDecimal(net.valueOf(left)));
    for (const each of held) {
      if (!('change' in each)) continue;
      const before = amountFromDecimal(net.valueOf(left));
      left = applyChange(net, left, each.change, place);
      const off = subtractAmounts(before, amountFromDecimal(net.valueOf(left)));
      taken.set(each, addAmounts(taken.get(each) ?? zeroAmount, off));
    }
    return left;
  });
  if (results.length > 1) net.add('sum', numbered(results), together);
  for (const each of bundle) taken.set(each, subtractAmounts(listAmount, base));
  return [...bundle, ...changes].flatMap((each) => {
    const amount = taken.get(each);
    const { code, label } = 'change' in each ? each.change : each.override;
    return amount === undefined ? [] : [{ code, label, amount }];
  });
}

/** The days of the fee by what holds on them, without those on which it pauses. */
function chargedParts({ days, paused }: Fee, prices: readonly HeldPrice[]): DayPart<HeldPrice>[] {
  if (paused.length === 0) return splitDays(days, prices);
  const pause = { days: paused };
  return splitDays<HeldPrice | typeof pause>(days, [...prices, pause]).flatMap((part) => {
    const held = part.held.filter((each): each is HeldPrice => each !== pause);
    return held.length === part.held.length ? [{ days: part.days, held }] : [];
  });
}

/** The bundle's price of the fee with the days on which it holds; empty where there is none. */
function bundlePriceOf(
  { price, holding, days }: Fee,
  { holdings, offers, period, cycle }: RecurringQuestion,
): { override: BundlePriceOverride; days: DayRange[] }[] {
  const bundle = bundleOf(holding, holdings, offers, cycle);
  const override = bundle?.rules.priceOverrides.find(
    (rule) =>
      rule.role === holding.role && rule.offering === holding.offeringCode && rule.price === price.code,
  );
  const span = bundle && override && spanOfRule(bundle, override);
  const held = span && overlap(span, period);
  const heldDays = held ? daysTouched(held, cycle.zone) : null;
  return override && heldDays && sharedDays(days, heldDays) > 0 ? [{ override, days: [heldDays] }] : [];
}

/**
 * The days that are charged, dealt out to the parts. With a fixed 30 they are not the days of the calendar: parts on
 * which most holds get theirs first, the last gets the rest, so that they never exceed the whole.
 */
function shareOut(parts: DayPart<HeldPrice>[], shareDays: number): DayPart<HeldPrice>[] {
  let left = shareDays;
  return parts.flatMap(({ days: heldDays, held }, index) => {
    const days = index === parts.length - 1 ? left : Math.min(heldDays, left);
    left -= days;
    return days > 0 ? [{ days, held }] : [];
  });
}

/** The price of a part after a change: so many percent less, or the other price where that is lower. */
function applyChange(
  net: ExplanationBuilder,
  before: StepReference,
  { label, to }: PriceChange,
  place: Place,
): StepReference {
  if ('percentLess' in to) {
    const inputs = { amount: before, percent: to.percentLess };
    const off = net.add('percent', inputs, percentOff(label, to.percentLess));
    return net.add('subtract', { from: before, amount: off }, leaves);
  }
  const other = addPart(net, label, to.amount, place);
  const maximum = net.valueOf(before);
  // Owning something never makes another thing dearer.
  if (amountFromDecimal(net.valueOf(other)) <= amountFromDecimal(maximum)) return other;
  return net.add('cap', { amount: other, maximum: before }, capped(maximum));
}

function numbered(references: readonly StepReference[]): Record<string, StepReference> {
  return Object.fromEntries(references.map((reference, index) => [`part${index + 1}`, reference]));
}
