import {
  amountToDecimal,
  DomainError,
  minAmount,
  subtractAmounts,
  zeroAmount,
  type Amount,
  type Instant,
} from '@ronghe/kernel';
import { drawMoney, freeMoney, mainOf, type Purse, type PurseChange } from '@ronghe/rating';

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
  return drawOwnMoney(purse, amount, at, 'transfer-out');
}

/**
 * Takes from an account's own money on somebody's word, all or nothing: what is there and not reserved, and as far below zero
 * as its credit limit lets it go. Bonuses are the operator's and stay. @throws DomainError `money_not_enough`.
 */
export function takeForAdjustment(purse: Purse, amount: Amount, at: Instant): PurseChange {
  const free = freeMoney(ownOf(purse), at);
  if (free < amount) {
    throw new DomainError(
      'money_not_enough',
      'conflict',
      'the account does not have so much money of its own, nor credit',
      { free: amountToDecimal(free) },
    );
  }
  return drawOwnMoney(purse, amount, at, 'adjust');
}

/** Draws on the account's own bucket alone. */
function drawOwnMoney(
  purse: Purse,
  amount: Amount,
  at: Instant,
  kind: 'transfer-out' | 'adjust',
): PurseChange {
  const main = mainOf(purse);
  const { moves, purse: after } = drawMoney(ownOf(purse), amount, at, { kind, taxClass: null });
  const buckets = purse.buckets.map((bucket) => (bucket === main ? (after.buckets[0] ?? main) : bucket));
  return { purse: { ...purse, buckets }, moves };
}

/** The purse without bonuses. */
function ownOf(purse: Purse): Purse {
  return { ...purse, buckets: [mainOf(purse)] };
}
