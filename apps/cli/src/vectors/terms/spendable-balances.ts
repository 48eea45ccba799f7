import {
  addRatios,
  compareRatios,
  maxRatio,
  localTimeMsOf,
  minRatio,
  subtractRatios,
  sumRatios,
  zeroRatio,
  contains,
  type Instant,
  type Period,
  type Ratio,
} from '@ronghe/kernel';
import { affordableUnits, type EventPrice } from './event-price';

/** Units that an owner may use, or money that pays for what units do not cover. */
export type SpendableBalance = UnitBalance | MoneyBalance;

interface BalanceHead {
  id: string;
  /** Higher is used first; among equals the order given. */
  priority: number;
  /** Usage that starts within may take from it; null: always. */
  validity: Period | null;
  /** Local times of day within which usage must start, half-open, in milliseconds; may go over midnight. Null: all day. */
  band: { fromMs: number; toMs: number } | null;
}

export interface UnitBalance extends BalanceHead {
  kind: 'units';
  remaining: bigint;
  /** It is consumed in whole ones of these. */
  increment: bigint;
  /** Where it does not cover the usage nothing else may: it ends there. */
  isBlocker: boolean;
}

export interface MoneyBalance extends BalanceHead {
  kind: 'money';
  remaining: Ratio;
  /** It may be drawn below zero (a credit without limit). */
  mayBeNegative: boolean;
}

/** What one event came to. */
export interface BalanceDraw {
  balances: SpendableBalance[];
  /** Balances that gave something, in the order in which they did. */
  drawn: string[];
  /** Of the wanted units, how many were covered. */
  served: bigint;
  /** What was paid by money. */
  amount: Ratio;
  isCovered: boolean;
}

/**
 * Covers one event: units by priority, each in its own whole increments; then money for the rest by the price of the
 * event, which goes on where the units ended. Money that does not last covers as many units as it can.
 * The balances given are not changed. SEMANTICS §3, §4.
 */
export function drawBalances(
  balances: readonly SpendableBalance[],
  wanted: bigint,
  price: EventPrice,
): BalanceDraw {
  const order = [...balances].sort((a, b) => b.priority - a.priority);
  const taken = takeUnits(order, wanted);
  const { served, isBlocked } = taken;
  const left = balances.map((balance): SpendableBalance => {
    const units = taken.units.get(balance.id);
    return balance.kind === 'units' && units !== undefined
      ? { ...balance, remaining: balance.remaining - units }
      : balance;
  });
  const drawn = [...taken.units.keys()];
  if (served === wanted || isBlocked) {
    return { balances: left, drawn, served, amount: zeroRatio, isCovered: served === wanted };
  }
  const money = order.filter((balance) => balance.kind === 'money');
  const isOpen = money.some(({ mayBeNegative }) => mayBeNegative);
  const funds = sumRatios(money.map(({ remaining }) => maxRatio(remaining, zeroRatio)));
  const units = isOpen ? wanted : affordableUnits(price, served, wanted, funds);
  const amount = price.between(served, units);
  const paid = payMoney(money, amount);
  return {
    balances: left.map((balance) =>
      balance.kind === 'money'
        ? { ...balance, remaining: subtractRatios(balance.remaining, paid.get(balance.id) ?? zeroRatio) }
        : balance,
    ),
    drawn: [...drawn, ...paid.keys()],
    served: units,
    amount,
    isCovered: units === wanted,
  };
}

/** The balances that usage of an instant may take from; those limited to a band before the others of their priority. */
export function usableAt(
  balances: readonly SpendableBalance[],
  startedAt: Instant,
  zone: string,
): SpendableBalance[] {
  const timeMs = localTimeMsOf(startedAt, zone);
  return balances
    .filter(({ validity, band }) => {
      if (validity !== null && !contains(validity, startedAt)) return false;
      if (band === null) return true;
      const { fromMs, toMs } = band;
      return fromMs <= toMs ? fromMs <= timeMs && timeMs < toMs : fromMs <= timeMs || timeMs < toMs;
    })
    .sort((a, b) => b.priority - a.priority || Number(a.band === null) - Number(b.band === null));
}

function takeUnits(order: readonly SpendableBalance[], wanted: bigint) {
  const units = new Map<string, bigint>();
  let served = 0n;
  for (const balance of order) {
    if (balance.kind !== 'units' || served === wanted) continue;
    const { increment, remaining } = balance;
    const needed = ((wanted - served + increment - 1n) / increment) * increment;
    const whole = (remaining / increment) * increment;
    const take = whole < needed ? whole : needed;
    if (take > 0n) units.set(balance.id, take);
    served = served + take < wanted ? served + take : wanted;
    if (balance.isBlocker && served < wanted) return { units, served, isBlocked: true };
  }
  return { units, served, isBlocked: false };
}

/** Who pays how much: each to zero, and what is left by the one that may go below. */
export function payMoney(money: readonly MoneyBalance[], amount: Ratio): Map<string, Ratio> {
  const paid = new Map<string, Ratio>();
  let left = amount;
  const give = (id: string, part: Ratio) => {
    if (compareRatios(part, zeroRatio) <= 0) return;
    paid.set(id, addRatios(paid.get(id) ?? zeroRatio, part));
    left = subtractRatios(left, part);
  };
  for (const { id, remaining } of money) give(id, minRatio(remaining, left));
  const open = money.find(({ mayBeNegative }) => mayBeNegative);
  if (open) give(open.id, left);
  return paid;
}
