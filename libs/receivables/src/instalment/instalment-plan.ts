import {
  addDays,
  isCalendarDay,
  moneyFromMinor,
  moneyToDecimal,
  subtractMoney,
  sumMoney,
  zeroMoney,
  DomainError,
  type Instant,
  type LocalDate,
  type Money,
} from '@ronghe/kernel';
import type { OpenItem } from '../open-item';

/** Most parts of a plan, and how far ahead the last one may be. */
const PARTS_MAXIMUM = 36;
const DAYS_MAXIMUM = 1100;

/** A part: so much until the end of a local day. */
export interface InstalmentPart {
  dueOn: LocalDate;
  amount: Money;
}

export type PlanState = 'active' | 'kept' | 'broken' | 'cancelled';

/** An overdue amount in dated parts. While it is kept, what is in it is not late. */
export interface InstalmentPlan {
  planId: string;
  lane: number;
  accountId: string;
  state: PlanState;
  /** By day. */
  parts: InstalmentPart[];
  /** What of each bill is in it. Σ items = Σ parts. */
  items: { billId: string; amount: Money }[];
  createdAt: Instant;
  createdBy: string;
  endedAt: Instant | null;
}

/**
 * What of an account's bills a plan takes: all that is late of them, and neither disputed nor in a plan.
 * @throws DomainError `instalment_sum_differs` unless the parts add up to it; `nothing_overdue`.
 */
export function itemsOfPlan(
  openItems: readonly OpenItem[],
  {
    billIds,
    parts,
    now,
  }: { billIds: readonly string[] | null; parts: readonly InstalmentPart[]; now: Instant },
): InstalmentPlan['items'] {
  const late = openItems.filter(
    (item) => item.dueAt <= now && (billIds === null || billIds.includes(item.billId)),
  );
  const items = late
    .map((item) => ({ billId: item.billId, amount: freeOf(item) }))
    .filter(({ amount }) => amount > zeroMoney);
  if (items.length === 0)
    throw new DomainError('nothing_overdue', 'conflict', 'nothing of these bills is late');
  const [overdue, planned] = [sumOf(items), sumOf(parts)];
  if (overdue === planned) return items;
  throw new DomainError('instalment_sum_differs', 'invalid', 'the parts must add up to what is late', {
    overdue: moneyToDecimal(overdue),
    planned: moneyToDecimal(planned),
  });
}

/**
 * Reads the parts of a plan.
 * @throws DomainError `instalment_parts_invalid` unless they are 1 to 36 positive amounts on rising days after today.
 */
export function readParts(
  parts: readonly { dueOn: string; amount: Money }[],
  today: LocalDate,
): InstalmentPart[] {
  const wrong = () =>
    new DomainError(
      'instalment_parts_invalid',
      'invalid',
      'parts are 1 to 36 amounts on rising days after today',
      {
        today,
      },
    );
  if (parts.length === 0 || parts.length > PARTS_MAXIMUM) throw wrong();
  let after: LocalDate = today;
  return parts.map(({ dueOn, amount }) => {
    if (!isCalendarDay(dueOn) || dueOn <= after || dueOn > addDays(today, DAYS_MAXIMUM)) throw wrong();
    after = dueOn;
    return { dueOn, amount };
  });
}

/** Puts what a plan takes into the items, or takes it out. */
export function hold(items: readonly OpenItem[], plan: Pick<InstalmentPlan, 'items'>): OpenItem[] {
  return items.map((item) => {
    const taken = plan.items.find(({ billId }) => billId === item.billId);
    return taken ? { ...item, instalment: moneyFromMinor(item.instalment + taken.amount) } : item;
  });
}

/** Falls due at once: nothing of the plan's bills is in instalments any longer. */
export function release(items: readonly OpenItem[], plan: Pick<InstalmentPlan, 'items'>): OpenItem[] {
  const billIds = plan.items.map(({ billId }) => billId);
  return items.map((item) => (billIds.includes(item.billId) ? { ...item, instalment: zeroMoney } : item));
}

/** What of a plan has been paid: what is no longer in instalments of its bills. */
export function paidOf(plan: Pick<InstalmentPlan, 'items'>, items: readonly OpenItem[]): Money {
  const billIds = plan.items.map(({ billId }) => billId);
  const left = sumMoney(
    items.filter(({ billId }) => billIds.includes(billId)).map(({ instalment }) => instalment),
  );
  return subtractMoney(sumOf(plan.items), left);
}

/** Where a plan stands on a local day, when it has been paid so far: a part is late from the day after its own. */
export function standingOf(
  { parts }: Pick<InstalmentPlan, 'parts'>,
  paid: Money,
  day: LocalDate,
): { state: 'active' | 'kept' | 'broken'; nextDueOn: LocalDate | null } {
  if (paid >= sumOf(parts)) return { state: 'kept', nextDueOn: null };
  const wanted = sumOf(parts.filter(({ dueOn }) => dueOn < day));
  if (paid < wanted) return { state: 'broken', nextDueOn: null };
  const next = parts.find(({ dueOn }) => dueOn >= day);
  return { state: 'active', nextDueOn: next?.dueOn ?? null };
}

function freeOf({ open, disputed, instalment }: OpenItem): Money {
  return moneyFromMinor(open - disputed - instalment);
}

function sumOf(amounts: readonly { amount: Money }[]): Money {
  return sumMoney(amounts.map(({ amount }) => amount));
}
