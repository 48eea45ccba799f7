import {
  addAmounts,
  amountFromMicro,
  minAmount,
  subtractAmounts,
  zeroAmount,
  type Amount,
  type BillCycle,
  type LocalDate,
} from '@ronghe/kernel';

/** How long spending is counted for a cap: a bill period, or a local day of the account. */
export type SpendSpan = 'period' | 'day';

/** What a product may spend on usage, and what happens when it has. */
export interface SpendCap {
  amount: Amount;
  per: SpendSpan;
  /** `notify`: the customer is told. `block`: also, online charging grants nothing more that would cost. */
  atLimit: 'notify' | 'block';
}

/** A cap with what was spent under it now. */
export interface SpendCapState extends SpendCap {
  productId: string;
  span: string;
  spent: Amount;
}

/** What a product has spent under a cap that blocks. */
export interface Spending {
  cap: SpendCap;
  /** The bill period or day that it is counted for: `2026-07`, `2026-07-31`. */
  span: string;
  spent: Amount;
  /** What its open sessions may still spend. */
  held: Amount;
}

/** A product that has spent what its cap lets it. */
export interface ReachedCap {
  lane: number;
  accountId: string;
  productId: string;
  period: string;
  /** The period, or a day of it. */
  span: string;
  cap: Amount;
  spent: Amount;
}

/** What sessions of a product hold more, or with less than zero gave back, of what it may spend in a span. */
export interface SpendHold {
  lane: number;
  productId: string;
  span: string;
  held: Amount;
}

/** A product and when it uses. */
export interface SpendPlace {
  /** Its rating unit. */
  cardGroupId: string;
  lane: number;
  accountId: string;
  productId: string;
  cycle: BillCycle;
  period: string;
  /** Local day on which the usage starts. */
  day: LocalDate;
}

/** The span to which usage belongs that starts on a day of a bill period. */
export function spanOf({ per }: Pick<SpendCap, 'per'>, at: { period: string; day: LocalDate }): string {
  return per === 'day' ? at.day : at.period;
}

/** What may be spent: the funds, and no more than the cap leaves. Null: as much as the tariff lets. */
export function withinCap(funds: Amount | null, spending: Spending | null): Amount | null {
  if (!spending) return funds;
  const room = subtractAmounts(spending.cap.amount, addAmounts(spending.spent, spending.held));
  const left = room > 0n ? room : zeroAmount;
  return funds === null ? left : minAmount(funds, left);
}

/** Whether all of it has been spent; what sessions hold is worth nothing then. */
export function isSpent(spending: Spending | null): boolean {
  return spending !== null && spending.spent >= spending.cap.amount;
}

/** After more was spent, or with less than zero turned out to cost less. */
export function afterSpending(spending: Spending | null, amount: Amount): Spending | null {
  return spending && { ...spending, spent: addAmounts(spending.spent, amount) };
}

/** After a session holds more. */
export function afterHolding(spending: Spending | null, amount: Amount): Spending | null {
  return spending && { ...spending, held: addAmounts(spending.held, amount) };
}

/** After a session gave back what it held; what it held for another span does not count here. */
export function afterRelease(
  spending: Spending | null,
  holds: readonly { bucket: string; units: bigint }[],
): Spending | null {
  if (!spending || holds.length === 0) return spending;
  const back = holds
    .filter(({ bucket }) => bucket === spending.span)
    .map(({ units }) => amountFromMicro(-units));
  return afterHolding(spending, addAmounts(...back));
}

/** Names a product and span, for maps. */
export function spendingId(productId: string, span: string): string {
  return `${productId}/${span}`;
}

/** The spending that limits usage of a product that starts on a day of a period; a product has one cap at a time. */
export function spendingOf(
  spendings: ReadonlyMap<string, Spending>,
  productId: string,
  at: { period: string; day: LocalDate },
): Spending | null {
  return (
    spendings.get(spendingId(productId, at.period)) ?? spendings.get(spendingId(productId, at.day)) ?? null
  );
}
