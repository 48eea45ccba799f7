import { addAmounts, amountToDecimal, type Amount } from '@ronghe/kernel';
import type { BillLine } from '../bill/bill';
import { linesPaidBy, transferredAlone, type LinesPaidBy, type Statement } from './statement';

/** A statement's money as it is shown: exact decimals. */
export type StatementView = Record<Exclude<keyof Statement, 'shared'> | 'debitedElsewhere', string> & {
  shared: { accountId: string; amount: string }[];
  paidBy: Record<keyof LinesPaidBy, string>;
};

/** A statement's money as GraphQL shows it, and what paid its lines. */
export function statementView(
  statement: Statement,
  lines: readonly Pick<BillLine, 'net' | 'exact' | 'exactSettled'>[],
): StatementView {
  const paidBy = linesPaidBy(statement, lines);
  const { shared, ...moves } = statement;
  return {
    ...inDecimals({ ...moves, transferred: transferredAlone(statement) }),
    shared: Object.entries(shared).map(([accountId, amount]) => ({
      accountId,
      amount: amountToDecimal(amount),
    })),
    debitedElsewhere: amountToDecimal(addAmounts(paidBy.otherPeriods, paidBy.settled, paidBy.rounding)),
    paidBy: inDecimals(paidBy),
  };
}

function inDecimals<Key extends string>(amounts: Readonly<Record<Key, Amount>>): Record<Key, string> {
  const entries = Object.entries<Amount>(amounts).map(([key, amount]) => [key, amountToDecimal(amount)]);
  return Object.fromEntries(entries) as Record<Key, string>;
}
