import { addAmounts, negateAmount, subtractAmounts, zeroAmount, type Amount } from '@ronghe/kernel';
import type { DebitedFee } from '@ronghe/rating';

/** What became of a prepaid account's own money, exact. What was used beyond it is owed and lowers the balance. */
export interface MoneyMoves {
  paidIn: Amount;
  /** For usage and fees, less what was given back. */
  used: Amount;
  /** What bonuses paid of usage and fees, beside `used`. */
  usedOfBonuses: Amount;
  expired: Amount;
  /** In less out. */
  transferred: Amount;
  adjusted: Amount;
}

/** The money part of a statement: opening + paid in − used − expired + transferred + adjusted = closing. */
export interface Statement extends MoneyMoves {
  opening: Amount;
  closing: Amount;
}

/** What a statement depends on beside what a bill does. */
export interface PrepaidInputs {
  /** Of the periods concerned. */
  fees: readonly (DebitedFee & { period: string })[];
  /** Through the end of the period, over all time. */
  moved: MoneyMoves;
  /** What statements of this and earlier periods that stand have shown of it. */
  stated: MoneyMoves;
}

/** Nothing moved. */
export const noMoves: MoneyMoves = {
  paidIn: zeroAmount,
  used: zeroAmount,
  usedOfBonuses: zeroAmount,
  expired: zeroAmount,
  transferred: zeroAmount,
  adjusted: zeroAmount,
};

/** What moved less what earlier statements show: a day that is told late comes on the next one. Null: nothing. */
export function statementOf({ moved, stated }: PrepaidInputs): Statement | null {
  const less = (key: keyof MoneyMoves) => subtractAmounts(moved[key], stated[key]);
  const moves: MoneyMoves = {
    paidIn: less('paidIn'),
    used: less('used'),
    usedOfBonuses: less('usedOfBonuses'),
    expired: less('expired'),
    transferred: less('transferred'),
    adjusted: less('adjusted'),
  };
  if (Object.values(moves).every((amount) => amount === zeroAmount)) return null;
  return { ...moves, opening: balanceAfter(stated), closing: balanceAfter(moved) };
}

/** A statement of a period in which no money moved. */
export function quietStatement({ stated }: PrepaidInputs): Statement {
  const balance = balanceAfter(stated);
  return { ...noMoves, opening: balance, closing: balance };
}

function balanceAfter({ paidIn, used, expired, transferred, adjusted }: MoneyMoves): Amount {
  return addAmounts(paidIn, negateAmount(used), negateAmount(expired), transferred, adjusted);
}
