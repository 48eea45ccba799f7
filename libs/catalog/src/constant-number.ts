import type { UsageExpression } from '@ronghe/contracts';
import {
  addRatios,
  ceilRatio,
  divideRatios,
  floorRatio,
  isDomainError,
  multiplyRatios,
  ratioFromDecimal,
  ratioOf,
  roundRatio,
  subtractRatios,
  type Ratio,
} from '@ronghe/kernel';

/** Whether some division within an expression has a divisor that is 0 in every record. */
export function dividesByZero(expression: UsageExpression): boolean {
  if (!('call' in expression)) return false;
  const [, divisor] = expression.of;
  const isZero = expression.call === 'divide' && divisor && constantNumber(divisor)?.numerator === 0n;
  return isZero || expression.of.some(dividesByZero);
}

/** The number that an expression of constants comes to; null where a record has a say in it, or it is no number. */
function constantNumber(expression: UsageExpression): Ratio | null {
  if ('column' in expression) return null;
  if ('text' in expression) return numberOf(expression.text);
  const [a, b] = expression.of.slice(0, 2).map(constantNumber);
  if (!a) return null;
  switch (expression.call) {
    case 'round':
      return roundRatio(a, 0);
    case 'floor':
      return ratioOf(floorRatio(a));
    case 'ceil':
      return ratioOf(ceilRatio(a));
    case 'add':
      return b ? addRatios(a, b) : null;
    case 'subtract':
      return b ? subtractRatios(a, b) : null;
    case 'multiply':
      return b ? multiplyRatios(a, b) : null;
    case 'divide':
      return b && b.numerator !== 0n ? divideRatios(a, b) : null;
    case 'concat':
    case 'substring':
    case 'trim':
    case 'upper':
    case 'lower':
    case 'replace':
    case 'length':
    case 'convert':
    case 'lookup':
    case 'if':
    case 'equals':
    case 'less':
    case 'atMost':
    case 'and':
    case 'or':
    case 'not':
    case 'startsWith':
      return null;
  }
}

function numberOf(text: string): Ratio | null {
  try {
    return ratioFromDecimal(text.trim());
  } catch (error) {
    if (isDomainError(error)) return null;
    throw error;
  }
}
