import {
  DomainError,
  minAmount,
  subtractAmounts,
  zeroAmount,
  type Amount,
  type Instant,
} from '@ronghe/kernel';
import { drawMoney, mainOf, type Purse, type PurseChange } from '@ronghe/rating';

/** Money that goes from one account's own money to another's. */
export interface MoneyTransfer {
  transferId: string;
  /** The payer's lane. */
  lane: number;
  fromAccountId: string;
  toAccountId: string;
  amount: Amount;
  /** `taken`: out of the payer's purse, in clearing; `given`: in the receiver's. */
  state: 'taken' | 'given';
  takenAt: Instant;
  givenAt: Instant | null;
}

/** What of an account's own money is there and not reserved: bonuses and credit are nobody else's. */
export function transferableMoney(purse: Purse, at: Instant): Amount {
  const main = mainOf(purse);
  if (main.validTo !== null && main.validTo <= at) return zeroAmount;
  const free = subtractAmounts(main.remaining, main.reserved);
  return free > 0n ? minAmount(free, main.remaining) : zeroAmount;
}

/** Takes an amount out of an account's own money, all or nothing. @throws DomainError `money_not_enough`. */
export function takeForTransfer(purse: Purse, amount: Amount, at: Instant): PurseChange {
  if (transferableMoney(purse, at) < amount) {
    throw new DomainError(
      'money_not_enough',
      'conflict',
      'the account does not have so much money of its own',
      {
        accountId: purse.accountId,
      },
    );
  }
  const main = mainOf(purse);
  const own = { ...purse, buckets: [main] };
  const { moves, purse: after } = drawMoney(own, amount, at, { kind: 'transfer-out', taxClass: null });
  const buckets = purse.buckets.map((bucket) => (bucket === main ? (after.buckets[0] ?? main) : bucket));
  return { purse: { ...purse, buckets }, moves };
}
