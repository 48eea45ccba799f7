import { amountToDecimal } from '@ronghe/kernel';
import type { SpendCapState } from './spend-cap';

/** A spend cap as GraphQL shows it. */
export function spendCapView({ amount, per, atLimit, span, spent }: SpendCapState) {
  return {
    amount: amountToDecimal(amount),
    per: per.toUpperCase(),
    atLimit: atLimit.toUpperCase(),
    span,
    spent: amountToDecimal(spent),
    isReached: spent >= amount,
  };
}
