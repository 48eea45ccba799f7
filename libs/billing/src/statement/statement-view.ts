import { addAmounts, amountToDecimal, type Amount } from '@ronghe/kernel';
import type { BillLine } from '../bill/bill';
import { linesPaidBy, type LinesPaidBy, type Statement } from './statement';

/** A statement's money as it is shown: exact decimals. */
export type StatementView = Record<keyof Statement | 'debitedElsewhere', string> & {
  paidBy: Record<keyof LinesPaidBy, string>;
};

/** A statement's money as GraphQL shows it, and what paid its lines. */
export function statementView(
  statement: Statement,
  lines: readonly Pick<BillLine, 'net' | 'exact' | 'exactSettled'>[],
): StatementView {
  const paidBy = linesPaidBy(statement, lines);
  return {
    ...inDecimals(statement),
    debitedElsewhere: amountToDecimal(addAmounts(paidBy.otherPeriods, paidBy.settled, paidBy.rounding)),
    paidBy: inDecimals(paidBy),
  };
}

function inDecimals<Key extends string>(amounts: Readonly<Record<Key, Amount>>): Record<Key, string> {
  const entries = Object.entries<Amount>(amounts).map(([key, amount]) => [key, amountToDecimal(amount)]);
  return Object.fromEntries(entries) as Record<Key, string>;
}
