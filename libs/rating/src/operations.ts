import {
  amountFromDecimal,
  amountToDecimal,
  amountToMoney,
  DomainError,
  minAmount,
  moneyFromDecimal,
  moneyFromMinor,
  moneyToDecimal,
  multiplyRatios,
  multiplyToAmount,
  ratioFromDecimal,
  ratioFromPercent,
  ratioOf,
  subtractAmounts,
  subtractMoney,
  sumAmounts,
  zeroMoney,
  type Money,
  type Ratio,
} from '@ronghe/kernel';
import { includedTax } from './included-tax';
import { repeatingStepTotal } from './models/repeating-step';
import { roundUpShare } from './period-share';

type Inputs = Readonly<Record<string, string>>;

/**
 * What a step of an explanation may do. Operands are decimals by name; amounts come out at 10^-6, money at
 * 0.01, units whole. Every figure that the engine shows is made by one of these.
 */
const operations = {
  /** amount: a figure that another step of the chain has worked out (charging's total). */
  given: (i: Inputs) => amountToDecimal(amountFromDecimal(at(i, 'amount'))),
  /** price × days ÷ ofDays; where days at this price came before (`after`), so that both add up to the price of all. */
  prorate: (i: Inputs) => {
    const price = divided(i, 'price', 'ofDays');
    const after = i['after'] === undefined ? 0n : whole(i, 'after');
    return amountToDecimal(
      subtractAmounts(multiplyToAmount(after + whole(i, 'days'), price), multiplyToAmount(after, price)),
    );
  },
  /** quantity × days ÷ ofDays, up to the next multiple of wholeUnits. */
  'prorate-units': (i: Inputs) =>
    roundUpShare(
      whole(i, 'quantity'),
      whole(i, 'days'),
      whole(i, 'ofDays'),
      whole(i, 'wholeUnits'),
    ).toString(),
  /** Σ of all inputs. */
  sum: (i: Inputs) => amountToDecimal(sumAmounts(Object.values(i).map(amountFromDecimal))),
  /** from − amount. */
  subtract: (i: Inputs) =>
    amountToDecimal(subtractAmounts(amountFromDecimal(at(i, 'from')), amountFromDecimal(at(i, 'amount')))),
  /** percent of amount. */
  percent: (i: Inputs) =>
    amountToDecimal(
      multiplyToAmount(
        1n,
        multiplyRatios(ratioFromDecimal(at(i, 'amount')), ratioFromPercent(at(i, 'percent'))),
      ),
    ),
  /** The smaller of amount and maximum. */
  cap: (i: Inputs) =>
    amountToDecimal(minAmount(amountFromDecimal(at(i, 'amount')), amountFromDecimal(at(i, 'maximum')))),
  /** units × price ÷ per. */
  multiply: (i: Inputs) => amountToDecimal(multiplyToAmount(whole(i, 'units'), divided(i, 'price', 'per'))),
  /** blockMaximum for every whole block, and min(blockMaximum, rest × price ÷ per). */
  'repeating-step': (i: Inputs) =>
    amountToDecimal(
      multiplyToAmount(
        1n,
        repeatingStepTotal(whole(i, 'units'), {
          price: divided(i, 'price', 'per'),
          blockUnits: whole(i, 'blockUnits'),
          blockMaximum: ratioFromDecimal(at(i, 'blockMaximum')),
        }),
      ),
    ),
  /** amount to 0.01, half away from zero. */
  round: (i: Inputs) => moneyToDecimal(amountToMoney(amountFromDecimal(at(i, 'amount')))),
  /** from − amount, both rounded before. */
  'subtract-money': (i: Inputs) =>
    moneyToDecimal(subtractMoney(moneyFromDecimal(at(i, 'from')), moneyFromDecimal(at(i, 'amount')))),
  /** total × part ÷ of in money, rounded down, and `rest`: what the largest remainders get (0.01 or nothing). */
  share: (i: Inputs) => {
    const [total, part, of] = [money(i, 'total'), money(i, 'part'), money(i, 'of')];
    const rest = i['rest'] === undefined ? zeroMoney : money(i, 'rest');
    return moneyToDecimal(moneyFromMinor((total * part) / of + rest));
  },
  /** from − units. */
  'subtract-units': (i: Inputs) => (whole(i, 'from') - whole(i, 'units')).toString(),
  /** a + b. */
  'add-units': (i: Inputs) => (whole(i, 'a') + whole(i, 'b')).toString(),
  /** The tax in a gross sum: round(gross × r ÷ (1 + r)). */
  'included-tax': (i: Inputs) =>
    moneyToDecimal(includedTax(moneyFromDecimal(at(i, 'gross')), at(i, 'percent'))),
} satisfies Record<string, (inputs: Inputs) => string>;

export type Operation = keyof typeof operations;

/**
 * Carries out one operation on decimals.
 * Throws DomainError (`operand_missing`, `invalid_amount`, `invalid_ratio`, `invalid_money`).
 */
export function evaluate(op: Operation, inputs: Inputs): string {
  return operations[op](inputs);
}

function at(inputs: Inputs, name: string): string {
  const value = inputs[name];
  if (value === undefined)
    throw new DomainError('operand_missing', 'invalid', `operand ${name} is missing`, { name });
  return value;
}

function money(inputs: Inputs, name: string): Money {
  return moneyFromDecimal(at(inputs, name));
}

function whole(inputs: Inputs, name: string): bigint {
  return BigInt(at(inputs, name));
}

function divided(inputs: Inputs, price: string, by: string): Ratio {
  return multiplyRatios(ratioFromDecimal(at(inputs, price)), ratioOf(1n, whole(inputs, by)));
}
