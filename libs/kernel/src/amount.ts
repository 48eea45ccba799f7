import { formatScaled, parseScaled } from './decimal';

declare const unit: unique symbol;

/** Rated charges, discounts and spendable balances: micro-units (10^-6) of the account's currency. SEMANTICS §1. */
export type Amount = bigint & { readonly [unit]: 'micro' };

const SCALE = 6;

/** No charge. */
export const zeroAmount = 0n as Amount;

/** Takes a bare bigint, a database column for example, that is known to count micro-units. */
export function amountFromMicro(micro: bigint): Amount {
  return micro as Amount;
}

/**
 * Reads '4.110703' exactly.
 * @throws DomainError('invalid_amount') when it is no decimal, has more than six decimals, or exceeds 64 bits.
 */
export function amountFromDecimal(text: string): Amount {
  return parseScaled(text, SCALE, 'invalid_amount') as Amount;
}

/** Shortest exact form with at least two decimals: '4.110703', '4.10', '0.00', '-0.05'. */
export function amountToDecimal(amount: Amount): string {
  return formatScaled(amount, SCALE, 2);
}

/** The sum; zero for none. */
export function addAmounts(...amounts: Amount[]): Amount {
  return sumAmounts(amounts);
}

/** The sum of any number of amounts; zero for none. */
export function sumAmounts(amounts: Iterable<Amount>): Amount {
  let sum = 0n;
  for (const amount of amounts) sum += amount;
  return sum as Amount;
}

/** a − b. */
export function subtractAmounts(a: Amount, b: Amount): Amount {
  return (a - b) as Amount;
}

/** −a. */
export function negateAmount(amount: Amount): Amount {
  return -amount as Amount;
}

/** The smaller one. */
export function minAmount(a: Amount, b: Amount): Amount {
  return a < b ? a : b;
}

/** The larger one. */
export function maxAmount(a: Amount, b: Amount): Amount {
  return a > b ? a : b;
}

/** −1, 0 or 1, for sort(). */
export function compareAmounts(a: Amount, b: Amount): -1 | 0 | 1 {
  return a < b ? -1 : a > b ? 1 : 0;
}
