import {
  addAmounts,
  moneyToAmount,
  negateAmount,
  subtractAmounts,
  sumAmounts,
  sumMoney,
  zeroAmount,
  type Amount,
  type Money,
} from '@ronghe/kernel';
import type { DebitedFee } from '@ronghe/rating';

/** What became of a prepaid account's own money, exact. What was used beyond it is owed and lowers the balance. */
export interface MoneyMoves {
  paidIn: Amount;
  /** For usage and fees, less what was given back. */
  used: Amount;
  /** What bonuses paid of usage and fees, beside `used`. */
  usedOfBonuses: Amount;
  /** Less what staff took of them. */
  bonusesGiven: Amount;
  bonusesExpired: Amount;
  expired: Amount;
  /** In less out, shared money too. */
  transferred: Amount;
  adjusted: Amount;
}

/**
 * Of what was transferred, what accounts paid of each other's usage, by the other's id: above zero what that one paid, below
 * zero what was paid for it.
 */
export type SharedMoney = Readonly<Record<string, Amount>>;

/**
 * The money part of a statement: opening + paid in − used − expired + transferred + adjusted = closing; and of bonuses
 * opening + given − used − expired = closing.
 */
export interface Statement extends MoneyMoves {
  opening: Amount;
  closing: Amount;
  bonusOpening: Amount;
  bonusClosing: Amount;
  shared: SharedMoney;
}

/** What paid the lines of a statement: the parts add up to its total. */
export interface LinesPaidBy {
  /** `used`: the customer's own money, on the days of the period. */
  ownMoney: Amount;
  bonuses: Amount;
  /** Money of other periods did or will: usage belongs to the period of its start, money to the day on which it moved. */
  otherPeriods: Amount;
  /** What this statement itself takes from the account's money (minimums), less what it gives back (discounts). */
  settled: Amount;
  /** What lines in fen are more than the exact charges behind them. */
  rounding: Amount;
}

/** Where the money for the lines came from. */
export function linesPaidBy(
  { used, usedOfBonuses }: MoneyMoves,
  lines: readonly { net: Money; exact: Amount; exactSettled: Amount }[],
): LinesPaidBy {
  const exact = sumAmounts(lines.map((line) => line.exact));
  const settled = sumAmounts(lines.map(({ exactSettled }) => exactSettled));
  return {
    ownMoney: used,
    bonuses: usedOfBonuses,
    otherPeriods: subtractAmounts(exact, addAmounts(used, usedOfBonuses, settled)),
    settled,
    rounding: subtractAmounts(moneyToAmount(sumMoney(lines.map(({ net }) => net))), exact),
  };
}

/** What a statement depends on beside what a bill does. */
export interface PrepaidInputs {
  /** Of the periods concerned. */
  fees: readonly (DebitedFee & { period: string })[];
  /** Through the end of the period, over all time. */
  moved: MoneyMoves;
  /** What statements of this and earlier periods that stand have shown of it. */
  stated: MoneyMoves;
  sharedMoved: SharedMoney;
  sharedStated: SharedMoney;
}

/** Nothing moved. */
export const noMoves: MoneyMoves = {
  paidIn: zeroAmount,
  used: zeroAmount,
  usedOfBonuses: zeroAmount,
  bonusesGiven: zeroAmount,
  bonusesExpired: zeroAmount,
  expired: zeroAmount,
  transferred: zeroAmount,
  adjusted: zeroAmount,
};

/** What moved less what earlier statements show: a day that is told late comes on the next one. Null: nothing. */
export function statementOf({ moved, stated, sharedMoved, sharedStated }: PrepaidInputs): Statement | null {
  const less = (key: keyof MoneyMoves) => subtractAmounts(moved[key], stated[key]);
  const moves: MoneyMoves = {
    paidIn: less('paidIn'),
    used: less('used'),
    usedOfBonuses: less('usedOfBonuses'),
    bonusesGiven: less('bonusesGiven'),
    bonusesExpired: less('bonusesExpired'),
    expired: less('expired'),
    transferred: less('transferred'),
    adjusted: less('adjusted'),
  };
  const shared = sharedLess(sharedMoved, sharedStated);
  if ([...Object.values(moves), ...Object.values(shared)].every((amount) => amount === zeroAmount))
    return null;
  return {
    ...moves,
    opening: balanceAfter(stated),
    closing: balanceAfter(moved),
    bonusOpening: bonusesAfter(stated),
    bonusClosing: bonusesAfter(moved),
    shared,
  };
}

/** A statement of a period in which no money moved. */
export function quietStatement({ stated }: PrepaidInputs): Statement {
  const balance = balanceAfter(stated);
  const bonuses = bonusesAfter(stated);
  const same = { opening: balance, closing: balance, bonusOpening: bonuses, bonusClosing: bonuses };
  return { ...noMoves, ...same, shared: {} };
}

/** Transfers without what was shared. */
export function transferredAlone({ transferred, shared }: Pick<Statement, 'transferred' | 'shared'>): Amount {
  return subtractAmounts(transferred, sumAmounts(Object.values(shared)));
}

function sharedLess(moved: SharedMoney, stated: SharedMoney): SharedMoney {
  const ids = [...new Set([...Object.keys(moved), ...Object.keys(stated)])].sort();
  return Object.fromEntries(
    ids
      .map((id) => [id, subtractAmounts(moved[id] ?? zeroAmount, stated[id] ?? zeroAmount)] as const)
      .filter(([, amount]) => amount !== zeroAmount),
  );
}

function bonusesAfter({ bonusesGiven, usedOfBonuses, bonusesExpired }: MoneyMoves): Amount {
  return addAmounts(bonusesGiven, negateAmount(usedOfBonuses), negateAmount(bonusesExpired));
}

function balanceAfter({ paidIn, used, expired, transferred, adjusted }: MoneyMoves): Amount {
  return addAmounts(paidIn, negateAmount(used), negateAmount(expired), transferred, adjusted);
}
