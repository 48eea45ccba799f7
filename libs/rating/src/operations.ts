import {
  amountFromDecimal,
  amountToDecimal,
  amountToMoney,
  DomainError,
  maxAmount,
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
import { compileChargeModel } from './charge-models';
import { includedTax } from './included-tax';
import { totalOf } from './models/charge-model';
import { modelOfInputs, type ExplainedModel } from './models/charge-model-inputs';
import { repeatingStepTotal } from './models/repeating-step';
import { roundUpShare } from './period-share';
import { roundDecimals } from './round-event';

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
  /** fee × events. */
  times: (i: Inputs) =>
    amountToDecimal(multiplyToAmount(whole(i, 'count'), ratioFromDecimal(at(i, 'amount')))),
  /** measure in packages of size. */
  package: (i: Inputs) => priceByModel('package', i),
  /** measure in tiers: each unit by its own. */
  graduated: (i: Inputs) => priceByModel('graduated', i),
  /** measure in tiers: all by the one that the whole falls into. */
  volume: (i: Inputs) => priceByModel('volume', i),
  /** measure, an amount, in tiers: each part by its own percentage. */
  'graduated-percentage': (i: Inputs) => priceByModel('graduated-percentage', i),
  /** measure, an amount, times multiplier. */
  dynamic: (i: Inputs) => priceByModel('dynamic', i),
  /** The larger of amount and minimum. */
  'at-least': (i: Inputs) =>
    amountToDecimal(maxAmount(amountFromDecimal(at(i, 'amount')), amountFromDecimal(at(i, 'minimum')))),
  /** units less free ones, not below zero. */
  beyond: (i: Inputs) => {
    const left = whole(i, 'units') - whole(i, 'free');
    return (left > 0n ? left : 0n).toString();
  },
  /** amount to so many decimals, in the given mode. */
  'round-event': (i: Inputs) => {
    const rounded = roundDecimals(
      ratioFromDecimal(at(i, 'amount')),
      Number(at(i, 'decimals')),
      at(i, 'mode'),
    );
    return amountToDecimal(multiplyToAmount(1n, rounded));
  },
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

function priceByModel(kind: ExplainedModel['kind'], inputs: Inputs): string {
  const quantity = ratioFromDecimal(at(inputs, 'measure'));
  const model = compileChargeModel(modelOfInputs(kind, inputs));
  return amountToDecimal(multiplyToAmount(1n, totalOf(model.parts({ quantity, preratedAmount: quantity }))));
}

function whole(inputs: Inputs, name: string): bigint {
  return BigInt(at(inputs, name));
}

function divided(inputs: Inputs, price: string, by: string): Ratio {
  return multiplyRatios(ratioFromDecimal(at(inputs, price)), ratioOf(1n, whole(inputs, by)));
}
