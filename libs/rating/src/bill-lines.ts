import type { BillingPolicy, LocalizedText, UsageTotal } from '@ronghe/contracts';
import {
  amountToMoney,
  subtractMoney,
  sumAmounts,
  zeroMoney,
  type Amount,
  type BillCycle,
  type BillPeriod,
  type LocalDate,
  type Money,
} from '@ronghe/kernel';
import { compareText } from './compare-text';
import { ExplanationBuilder, type Explanation, type StepReference } from './explanation';
import { allHeldTerms } from './held-terms';
import { compareHoldings, type Holding, type OfferLookup } from './holding';
import { itemOfUsage, itemsOfFee, type LineItem, type LineSource } from './line-item';
import { missingToMinimum } from './minimum-spend';
import { bringersOf } from './price-change';
import type { RecurringCharge } from './recurring-charges';
import { changeUsage } from './usage-change';
import { discounted, listRounded, rounded, together, toPay } from './wording';

/** A line of a bill: everything of one card, charge class and tax class, rounded once. */
export interface BillLine {
  card: string;
  productId: string;
  chargeClass: string;
  /** Codes of the prices behind it, sorted, joined with `+`: `monthly-fee`, `data-out`. */
  chargeCode: string;
  label: LocalizedText;
  /** Before discounts. */
  amount: Money;
  discount: Money;
  /** amount − discount. */
  net: Money;
  taxClass: string;
  serviceDate: LocalDate;
  /** Σ of the exact charges; `net` is this rounded. */
  exact: Amount;
  /** What charging told of usage, before price changes. */
  exactUsage: Amount;
  /** What it is made of, sorted by code. */
  sources: LineSource[];
  /** Its result is `net`. */
  explanation: Explanation;
}

export interface BillLineQuestion {
  period: BillPeriod;
  cycle: BillCycle;
  recurring: readonly RecurringCharge[];
  /** Charging's totals of this account and period; null: usage is not billed yet, so no minimum is missing either. */
  usageTotals: readonly UsageTotal[] | null;
  /** Usage was paid as it came (prepaid): its totals stay as told, and no minimum is missing. Default false. */
  isUsagePaid?: boolean;
  /** Every product of the account: for the order of cards, changes of usage prices and minimum spends. */
  holdings: readonly Holding[];
  /** Products of the other accounts of its balance group, which may change prices; default none. */
  groupHoldings?: readonly Holding[];
  offers: OfferLookup;
  /** Order and names of charge classes. */
  chargeClasses: BillingPolicy['chargeClasses'];
}

/**
 * The lines of a bill: one per (product, charge class, tax class), the only place where amounts are rounded to
 * 0.01 (SEMANTICS §1); discount = rounded list − rounded net. A line of 0.00 is not formed. Ordered by charge
 * class as the billing policy lists them, then by card.
 */
export function formBillLines(asked: BillLineQuestion): BillLine[] {
  const question: BillLineQuestion = {
    period: asked.period,
    cycle: asked.cycle,
    recurring: asked.recurring,
    usageTotals: asked.usageTotals,
    isUsagePaid: asked.isUsagePaid ?? false,
    holdings: allHeldTerms(asked.holdings),
    groupHoldings: allHeldTerms(asked.groupHoldings ?? []),
    offers: asked.offers,
    chargeClasses: asked.chargeClasses,
  };
  const { recurring, chargeClasses } = question;
  const groups = new Map<string, LineItem[]>();
  for (const item of [...recurring.flatMap(itemsOfFee), ...usageItems(question)]) {
    const key = `${item.productId}\n${item.chargeClass}\n${item.taxClass}`;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()]
    .map((items) => formLine(items, chargeClasses))
    .filter((line) => line !== null)
    .sort(lineOrder(question));
}

/** Usage by product and price, after price changes, and what is missing to minimum spends. */
function usageItems(question: BillLineQuestion): LineItem[] {
  const { period, usageTotals, isUsagePaid = false, offers } = question;
  if (usageTotals === null) return [];
  if (isUsagePaid) return usageTotals.map((total) => itemOfUsage(total, period, offers));
  const bringers = usageTotals.length > 0 ? bringersOf(question) : [];
  const usage = usageTotals.map((total) =>
    changeUsage(itemOfUsage(total, period, offers), question, bringers),
  );
  return [...usage, ...missingToMinimum(usage, question)];
}

function formLine(group: LineItem[], chargeClasses: BillingPolicy['chargeClasses']): BillLine | null {
  // Totals arrive in any order; what is shown must not depend on it.
  const items =
    group.length === 1
      ? group
      : group.sort(
          (a, b) => compareText(a.chargeCode, b.chargeCode) || compareText(a.serviceDate, b.serviceDate),
        );
  const [first] = items;
  if (!first) return null;
  const [listExact, exact, exactUsage] = sumsOf(items);
  const amount = amountToMoney(listExact);
  const net = listExact === exact ? amount : amountToMoney(exact);
  if (amount === zeroMoney && net === zeroMoney) return null;
  const { card, productId, chargeClass, taxClass, serviceDate } = first;
  return {
    card,
    productId,
    chargeClass,
    chargeCode:
      items.length === 1 ? first.chargeCode : [...new Set(items.map((item) => item.chargeCode))].join('+'),
    label: labelOf(items, chargeClasses),
    amount,
    discount: subtractMoney(amount, net),
    net,
    taxClass,
    serviceDate,
    exact,
    exactUsage,
    sources: items.map(sourceOf),
    explanation: explainLine(items),
  };
}

/** List amounts, net amounts, what was told of usage. */
function sumsOf(items: readonly LineItem[]): [list: Amount, net: Amount, told: Amount] {
  const [first] = items;
  if (first && items.length === 1) return [first.listAmount, first.netAmount, first.told];
  return [
    sumAmounts(items.map((item) => item.listAmount)),
    sumAmounts(items.map((item) => item.netAmount)),
    sumAmounts(items.map((item) => item.told)),
  ];
}

function sourceOf({ source, netAmount: amount }: LineItem): LineSource {
  const { kind, productId, code, offeringCode, offeringVersion } = source;
  return { kind, productId, code, offeringCode, offeringVersion, amount };
}

/** The items' own label where they agree, else the name of the charge class. */
function labelOf(items: LineItem[], chargeClasses: BillingPolicy['chargeClasses']): LocalizedText {
  const [first] = items;
  const chargeClass = first?.chargeClass ?? '';
  const name = chargeClasses.find((candidate) => candidate.code === chargeClass)?.name;
  const isAlike = items.every((item) => item.label?.en === first?.label?.en);
  return (isAlike ? first?.label : null) ?? name ?? { en: chargeClass, 'zh-CN': chargeClass };
}

function explainLine(items: LineItem[]): Explanation {
  const [{ lineExplanation } = {}, ...others] = items;
  if (lineExplanation && others.length === 0) return lineExplanation;
  const builder = new ExplanationBuilder();
  const hasDiscount = items.some((item) => item.listAmount !== item.netAmount);
  if (!hasDiscount) {
    builder.add(
      'round',
      {
        amount: appendAll(
          builder,
          items.map((item) => item.netExplanation),
        ),
      },
      rounded,
    );
    return builder.build();
  }
  const listExact = appendAll(
    builder,
    items.map((item) => item.listExplanation),
  );
  const list = builder.add('round', { amount: listExact }, listRounded);
  const netExact = appendAll(
    builder,
    items.map((item) => item.netExplanation),
  );
  const net = builder.add('round', { amount: netExact }, rounded);
  const discount = builder.add('subtract-money', { from: list, amount: net }, discounted);
  builder.add('subtract-money', { from: list, amount: discount }, toPay);
  return builder.build();
}

function appendAll(builder: ExplanationBuilder, explanations: Explanation[]): StepReference {
  const references = explanations.map((explanation) => builder.append(explanation));
  if (references.length === 1) return builder.last();
  return builder.add(
    'sum',
    Object.fromEntries(references.map((reference, index) => [`part${index + 1}`, reference])),
    together,
  );
}

const ranked = new WeakMap<BillingPolicy['chargeClasses'], Map<string, number>>();

/** Where a policy lists each charge class, found once. */
function classRanks(chargeClasses: BillingPolicy['chargeClasses']): Map<string, number> {
  const ranks = ranked.get(chargeClasses) ?? new Map(chargeClasses.map(({ code }, index) => [code, index]));
  ranked.set(chargeClasses, ranks);
  return ranks;
}

function lineOrder({ holdings, chargeClasses }: BillLineQuestion): (a: BillLine, b: BillLine) => number {
  const classRank = classRanks(chargeClasses);
  const cardRank = new Map(
    [...holdings].sort(compareHoldings).map(({ productId }, index) => [productId, index]),
  );
  const rank = (ranks: Map<string, number>, key: string) => ranks.get(key) ?? ranks.size;
  return (a, b) =>
    rank(classRank, a.chargeClass) - rank(classRank, b.chargeClass) ||
    compareText(a.chargeClass, b.chargeClass) ||
    rank(cardRank, a.productId) - rank(cardRank, b.productId) ||
    compareText(a.card, b.card) ||
    compareText(a.productId, b.productId) ||
    compareText(a.taxClass, b.taxClass);
}
