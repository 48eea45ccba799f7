import { amountFromMicro, type Amount } from './amount';
import { formatScaled, parseScaled } from './decimal';
import { divideRound } from './rounding';

declare const unit: unique symbol;

/** Bill lines, ledger and payments: minor units (fen) of the account's currency. SEMANTICS §1. */
export type Money = bigint & { readonly [unit]: 'minor' };

const SCALE = 2;
const MICRO_PER_MINOR = 10_000n;

/** Nothing to pay. */
export const zeroMoney = 0n as Money;

/** Takes a bare bigint, a database column for example, that is known to count fen. */
export function moneyFromMinor(minor: bigint): Money {
  return minor as Money;
}

/**
 * Reads '132.67' exactly.
 * @throws DomainError('invalid_money') when it is no decimal, has more than two decimals, or exceeds 64 bits.
 */
export function moneyFromDecimal(text: string): Money {
  return parseScaled(text, SCALE, 'invalid_money') as Money;
}

/** Always two decimals: '132.67', '0.00', '-5.00'. */
export function moneyToDecimal(money: Money): string {
  return formatScaled(money, SCALE, SCALE);
}

/**
 * Rounds half away from zero. SEMANTICS §1: this is called where a bill line is formed and nowhere else;
 * usage is never rounded to fen per event.
 */
export function amountToMoney(amount: Amount): Money {
  return divideRound(amount, MICRO_PER_MINOR) as Money;
}

/** The whole fen in a spendable balance, for display: rounds down, for a debt towards the larger debt. */
export function amountToMoneyDown(amount: Amount): Money {
  const truncated = amount / MICRO_PER_MINOR;
  return (amount < 0n && truncated * MICRO_PER_MINOR !== amount ? truncated - 1n : truncated) as Money;
}

/** Exact. */
export function moneyToAmount(money: Money): Amount {
  return amountFromMicro(money * MICRO_PER_MINOR);
}

/** The sum; zero for none. */
export function addMoney(...money: Money[]): Money {
  return sumMoney(money);
}

/** The sum of any number of monies; zero for none. */
export function sumMoney(money: Iterable<Money>): Money {
  let sum = 0n;
  for (const item of money) sum += item;
  return sum as Money;
}

/** a − b. */
export function subtractMoney(a: Money, b: Money): Money {
  return (a - b) as Money;
}

/** −m. */
export function negateMoney(money: Money): Money {
  return -money as Money;
}

/** The smaller one. */
export function minMoney(a: Money, b: Money): Money {
  return a < b ? a : b;
}

/** The larger one. */
export function maxMoney(a: Money, b: Money): Money {
  return a > b ? a : b;
}

/** −1, 0 or 1, for sort(). */
export function compareMoney(a: Money, b: Money): -1 | 0 | 1 {
  return a < b ? -1 : a > b ? 1 : 0;
}
