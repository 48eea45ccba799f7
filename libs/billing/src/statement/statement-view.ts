import { amountToDecimal, moneyToAmount, subtractAmounts, type Money } from '@ronghe/kernel';
import type { Statement } from './statement';

/** A statement's money as it is shown: exact decimals. */
export type StatementView = Record<keyof Statement | 'debitedElsewhere', string>;

/** A statement's money as GraphQL and the page show it, beside the total of its lines. */
export function statementView(statement: Statement, total: Money): StatementView {
  const elsewhere = subtractAmounts(
    subtractAmounts(moneyToAmount(total), statement.used),
    statement.usedOfBonuses,
  );
  return {
    opening: amountToDecimal(statement.opening),
    paidIn: amountToDecimal(statement.paidIn),
    used: amountToDecimal(statement.used),
    usedOfBonuses: amountToDecimal(statement.usedOfBonuses),
    expired: amountToDecimal(statement.expired),
    transferred: amountToDecimal(statement.transferred),
    adjusted: amountToDecimal(statement.adjusted),
    closing: amountToDecimal(statement.closing),
    debitedElsewhere: amountToDecimal(elsewhere),
  };
}
