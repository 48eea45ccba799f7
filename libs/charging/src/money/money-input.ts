import { amountFromDecimal, DomainError, isDomainError, type Amount } from '@ronghe/kernel';

/** Reads an amount that somebody typed. @throws DomainError `amount_invalid` unless it is more than zero. */
export function positiveAmount(text: string): Amount {
  const amount = exactAmount(text);
  if (amount <= 0n) throw invalid(text);
  return amount;
}

/** Reads an amount other than zero; negative ones take away. @throws DomainError `amount_invalid`. */
export function changingAmount(text: string): Amount {
  const amount = exactAmount(text);
  if (amount === 0n) throw invalid(text);
  return amount;
}

/** Reads an amount of zero or more. @throws DomainError `amount_invalid`. */
export function limitAmount(text: string): Amount {
  const amount = exactAmount(text);
  if (amount < 0n) throw invalid(text);
  return amount;
}

function exactAmount(text: string): Amount {
  try {
    return amountFromDecimal(text);
  } catch (error) {
    if (isDomainError(error)) throw invalid(text);
    throw error;
  }
}

function invalid(text: string): DomainError {
  return new DomainError('amount_invalid', 'invalid', 'not an amount of yuan with six decimals at most', {
    amount: text.slice(0, 40),
  });
}
