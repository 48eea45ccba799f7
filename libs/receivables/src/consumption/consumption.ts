import type { ConsumptionPosted, TaxPolicy } from '@ronghe/contracts';
import {
  amountFromDecimal,
  amountFromMicro,
  amountToMoney,
  moneyToAmount,
  subtractMoney,
  zeroAmount,
  type Amount,
  type LocalDate,
  type Money,
} from '@ronghe/kernel';
import { includedTax, taxPercentOf } from '@ronghe/rating';
import { credit, debit, type JournalLine } from '../journal-entry';

/** What a prepayment went to or came from, in micro-yuan, by `used/TAX CLASS`, `expired`, `transferred`, `adjusted`. */
export type Moved = Readonly<Record<string, Amount>>;

/** The parts of a day. */
export function movedOf({ used, expired, transferred, adjusted }: ConsumptionPosted): Moved {
  return {
    ...Object.fromEntries(
      used.map(({ taxClass, amount }) => [`used/${taxClass}`, amountFromDecimal(amount)]),
    ),
    expired: amountFromDecimal(expired),
    transferred: amountFromDecimal(transferred),
    adjusted: amountFromDecimal(adjusted),
  };
}

/** Adds to all that an account's prepayment did what is new of a day, in place of what an earlier version said. */
export function addMoved(all: Moved, { before, now }: { before: Moved; now: Moved }): Moved {
  const keys = new Set([...Object.keys(all), ...Object.keys(before), ...Object.keys(now)]);
  return Object.fromEntries(
    [...keys].map((key) => [key, amountFromMicro((all[key] ?? 0n) + (now[key] ?? 0n) - (before[key] ?? 0n))]),
  );
}

/**
 * What is booked of a change: whole fen of all that moved so far less whole fen of what had moved before, so that the
 * ledger never drifts from the exact sums however small the days are. Tax is the day's rate, included in what was used.
 * @throws DomainError `tax_rate_missing`
 */
export function consumptionLines(
  accountId: string,
  { before, after, day }: { before: Moved; after: Moved; day: LocalDate },
  policies: readonly TaxPolicy[],
): JournalLine[] {
  return Object.keys(after)
    .sort()
    .flatMap((key) => {
      const fen = subtractMoney(
        amountToMoney(after[key] ?? zeroAmount),
        amountToMoney(before[key] ?? zeroAmount),
      );
      return linesOf(key, fen, { accountId, day }, policies);
    });
}

/** What is left of a prepayment, exact. */
export function prepaymentLeft(paid: Money, moved: Moved): Amount {
  let left: bigint = moneyToAmount(paid);
  for (const [key, amount] of Object.entries(moved)) {
    left += key === 'transferred' || key === 'adjusted' ? amount : -amount;
  }
  return amountFromMicro(left);
}

function linesOf(
  key: string,
  fen: Money,
  { accountId, day }: { accountId: string; day: LocalDate },
  policies: readonly TaxPolicy[],
): JournalLine[] {
  if (key === 'expired')
    return [...debit('prepayment', fen, accountId), ...credit('otherIncome', fen, accountId)];
  if (key === 'transferred') {
    return [...debit('transferClearing', fen, accountId), ...credit('prepayment', fen, accountId)];
  }
  if (key === 'adjusted')
    return [...debit('goodwill', fen, accountId), ...credit('prepayment', fen, accountId)];
  const tax = includedTax(fen, taxPercentOf(key.slice('used/'.length), day, policies));
  return [
    ...debit('prepayment', fen, accountId),
    ...credit('revenue', subtractMoney(fen, tax), accountId),
    ...credit('taxPayable', tax, accountId),
  ];
}
