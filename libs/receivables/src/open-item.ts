import { minMoney, moneyFromMinor, subtractMoney, zeroMoney, type Instant, type Money } from '@ronghe/kernel';

/** A bill that is not wholly paid. 0 ≤ open ≤ amount. */
export interface OpenItem {
  billId: string;
  accountId: string;
  number: string;
  period: string;
  issuedAt: Instant;
  dueAt: Instant;
  amount: Money;
  open: Money;
}

/** A part of a payment or a credit that settles a part of a bill. */
export interface Allocation {
  billId: string;
  amount: Money;
}

export interface Settlement {
  allocations: Allocation[];
  /** What no bill took. */
  rest: Money;
}

/**
 * Hands funds to the open items, the one due first first, then by number. Σ allocations + rest = funds, and no
 * item gets more than it has open (SEMANTICS §9: oldest first).
 */
export function settleOldestFirst(items: readonly OpenItem[], funds: Money): Settlement {
  const allocations: Allocation[] = [];
  let rest = funds;
  for (const item of [...items].sort(byAge)) {
    const amount = minMoney(rest, item.open);
    if (amount <= zeroMoney) continue;
    allocations.push({ billId: item.billId, amount });
    rest = subtractMoney(rest, amount);
  }
  return { allocations, rest };
}

/** The items after the allocations; settled ones are kept with nothing open. */
export function afterAllocations(items: readonly OpenItem[], allocations: readonly Allocation[]): OpenItem[] {
  const taken = new Map<string, bigint>();
  for (const { billId, amount } of allocations) taken.set(billId, (taken.get(billId) ?? 0n) + amount);
  return items.map((item) => ({ ...item, open: moneyFromMinor(item.open - (taken.get(item.billId) ?? 0n)) }));
}

function byAge(a: OpenItem, b: OpenItem): number {
  if (a.dueAt !== b.dueAt) return a.dueAt < b.dueAt ? -1 : 1;
  return a.number < b.number ? -1 : a.number > b.number ? 1 : 0;
}
