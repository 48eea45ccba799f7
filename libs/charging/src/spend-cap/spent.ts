import {
  addAmounts,
  amountFromMicro,
  localDateOf,
  sumAmounts,
  type Amount,
  type LocalDate,
} from '@ronghe/kernel';
import type { SpendCap } from './spend-cap';

/**
 * What the products of a rating unit have spent on usage in a bill period: by product, by the local day on which the usage
 * starts. Whoever writes rated usage keeps it, under the lock of the unit's period.
 */
export type Spent = Readonly<Record<string, Readonly<Record<string, Amount>>>>;

/** How it is stored: amounts as text. */
export type SpentJson = Record<string, Record<string, string>>;

/** Usage of a product, as far as spending is concerned. */
export interface SpendingUsage {
  productId: string;
  /** The local day on which it starts. */
  day: LocalDate;
}

/** With one more amount; one below zero for what was taken back. */
export function addSpent(spent: Spent, { productId, day }: SpendingUsage, amount: Amount): Spent {
  if (amount === 0n) return spent;
  const days = spent[productId] ?? {};
  const before = days[day];
  const sum = before === undefined ? amount : addAmounts(before, amount);
  return { ...spent, [productId]: { ...days, [day]: sum } };
}

/** With what rated usage came to, where spending is counted; `undefined`: it is not. */
export function countSpent(
  spent: Spent | undefined,
  usage: { productId: string; usedAt: Parameters<typeof localDateOf>[0] },
  amount: Amount,
  zoneOf: () => string | undefined,
): Spent | undefined {
  if (!spent || amount === 0n) return spent;
  const zone = zoneOf();
  if (zone === undefined) throw new Error(`the zone of product ${usage.productId} is not known`);
  return addSpent(spent, { productId: usage.productId, day: localDateOf(usage.usedAt, zone) }, amount);
}

/** What a product has spent in the whole period, or on a day of it. */
export function spentOf(
  spent: Spent,
  { per }: Pick<SpendCap, 'per'>,
  { productId, day }: SpendingUsage,
): Amount {
  const days = spent[productId] ?? {};
  return per === 'day'
    ? sumAmounts(day in days ? [days[day] as Amount] : [])
    : sumAmounts(Object.values(days));
}

/** Null where it is not counted. */
export function spentToJson(spent: Spent | undefined): string | null {
  if (!spent) return null;
  return JSON.stringify(spent, (_key, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
}

/** The amounts of days from their text. */
export function daysFromJson(days: Readonly<Record<string, string>>): Record<string, Amount> {
  return Object.fromEntries(
    Object.entries(days).map(([day, micro]) => [day, amountFromMicro(BigInt(micro))]),
  );
}

/** As it was stored. */
export function spentFromJson(stored: SpentJson): Spent {
  return Object.fromEntries(
    Object.entries(stored).map(([productId, days]) => [productId, daysFromJson(days)]),
  );
}
