import { addAmounts, amountFromDecimal, amountFromMicro, zeroAmount, type Instant } from '@ronghe/kernel';
import type { MoneyBucket, Purse } from '@ronghe/rating';
import { NotApplicable } from './outcome';
import { inOrder, type VectorBalance } from './balances';

/** What an account whose money may go below zero is credited: more than any vector spends. */
const CREDIT = amountFromMicro(10n ** 15n);
const ACCOUNT = 'account';
const FIRST = '1970-01-01T00:00:00.000Z' as Instant;

/**
 * Balances of money as a purse: the one that may go below zero is the account's own, with a credit limit; others are
 * bonuses beside it, spent first by the order of the vector.
 */
export function purseOf(balances: readonly VectorBalance[]): Purse {
  const money = inOrder(balances).filter(({ units }) => units === null);
  if (money.filter(({ mayBeNegative }) => mayBeNegative).length > 1) {
    throw new NotApplicable('vector.balances[].allowNegative is of one account');
  }
  const buckets = money.map((balance, priority): MoneyBucket => {
    const { id, value, validity, mayBeNegative, held } = balance;
    const reserved = held ? amountFromDecimal(held.amount) : zeroAmount;
    return {
      ...empty,
      bucketId: id,
      kind: mayBeNegative ? 'main' : 'bonus',
      // What is held is not among what a vector says is there.
      remaining: addAmounts(amountFromDecimal(value), reserved),
      reserved,
      creditLimit: mayBeNegative ? CREDIT : zeroAmount,
      validFrom: validity?.from ?? FIRST,
      validTo: validity?.to ?? null,
      priority,
    };
  });
  const own: MoneyBucket = {
    ...empty,
    bucketId: ACCOUNT,
    kind: 'main',
    validFrom: FIRST,
    validTo: null,
    priority: money.length,
  };
  const hasOwn = buckets.some(({ kind }) => kind === 'main');
  return { lane: 0, accountId: ACCOUNT, zone: 'UTC', buckets: hasOwn ? buckets : [...buckets, own] };
}

const empty = {
  lane: 0,
  accountId: ACCOUNT,
  remaining: zeroAmount,
  reserved: zeroAmount,
  overrun: zeroAmount,
  spent: zeroAmount,
  creditLimit: zeroAmount,
};
