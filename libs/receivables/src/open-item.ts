import { minMoney, moneyFromMinor, subtractMoney, zeroMoney, type Instant, type Money } from '@ronghe/kernel';

/** A bill that is not wholly paid. 0 ≤ open ≤ amount, and disputed + instalment ≤ open. */
export interface OpenItem {
  billId: string;
  accountId: string;
  number: string;
  period: string;
  issuedAt: Instant;
  dueAt: Instant;
  amount: Money;
  open: Money;
  /** Of what is open: held out of dunning while it is disputed. */
  disputed: Money;
  /** Of what is open: in an instalment plan that is kept, and so not late. */
  instalment: Money;
}

/** A part of a payment or a credit that settles a part of a bill. */
export interface Allocation {
  billId: string;
  amount: Money;
  /** The bill's line that it is for; null or absent: the bill. */
  lineNo?: number | null;
}

export interface Settlement {
  allocations: Allocation[];
  /** What no bill took. */
  rest: Money;
}

/**
 * Hands funds to the open items, the one due first first, then by number; what is disputed comes last. Σ allocations +
 * rest = funds, and no item gets more than it has open (SEMANTICS §9: oldest first).
 */
export function settleOldestFirst(items: readonly OpenItem[], funds: Money): Settlement {
  const sorted = [...items].sort(byAge);
  const taken = new Map<string, Money>();
  let rest = funds;
  const take = (item: OpenItem, most: Money) => {
    const amount = minMoney(rest, most);
    if (amount <= zeroMoney) return;
    taken.set(item.billId, moneyFromMinor((taken.get(item.billId) ?? 0n) + amount));
    rest = subtractMoney(rest, amount);
  };
  for (const item of sorted) take(item, subtractMoney(item.open, item.disputed));
  for (const item of sorted) take(item, item.disputed);
  return { allocations: [...taken].map(([billId, amount]) => ({ billId, amount })), rest };
}

/**
 * The items after the allocations; settled ones are kept with nothing open. Money takes what is neither disputed nor in
 * instalments first, then instalments, what is disputed last. Negative amounts are taken back, and fall due at once.
 */
export function afterAllocations(items: readonly OpenItem[], allocations: readonly Allocation[]): OpenItem[] {
  const taken = new Map<string, bigint>();
  for (const { billId, amount } of allocations) taken.set(billId, (taken.get(billId) ?? 0n) + amount);
  return items.map((item) => {
    const open = moneyFromMinor(item.open - (taken.get(item.billId) ?? 0n));
    const disputed = minMoney(item.disputed, open);
    return { ...item, open, disputed, instalment: minMoney(item.instalment, subtractMoney(open, disputed)) };
  });
}

/** The one due first first, then by number. */
export function byAge(a: OpenItem, b: OpenItem): number {
  if (a.dueAt !== b.dueAt) return a.dueAt < b.dueAt ? -1 : 1;
  return a.number < b.number ? -1 : a.number > b.number ? 1 : 0;
}
