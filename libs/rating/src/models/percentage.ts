import {
  addRatios,
  compareRatios,
  maxRatio,
  minRatio,
  multiplyRatios,
  ratioFromDecimal,
  ratioFromPercent,
  ratioOf,
  subtractRatios,
  sumRatios,
  zeroRatio,
  type Ratio,
} from '@ronghe/kernel';
import type { CompiledChargeModel } from './charge-model';

/** A share of each transaction's amount. */
export interface PercentageModel {
  kind: 'percentage';
  ratePercent: string;
  /** Added for each paid transaction. */
  fixedPerTransaction: string;
  /** The first so many transactions, and the first so much in total, are free, whichever ends first; null: no such limit. */
  freeTransactions: number | null;
  freeAmount: string | null;
  /** Bounds of what a paid transaction costs. */
  minPerTransaction: string | null;
  maxPerTransaction: string | null;
}

/** What of the transactions is free, and what each of the others costs. */
export interface PercentageCharge {
  freeTransactions: number;
  freeAmount: Ratio;
  paid: { amount: Ratio; percentage: Ratio; fixed: Ratio; price: Ratio }[];
}

/** What one transaction costs, given how many came before and how much of them. */
export interface PercentageStep {
  free: Ratio;
  isFree: boolean;
  amount: Ratio;
  percentage: Ratio;
  fixed: Ratio;
  price: Ratio;
}

/**
 * Charges transactions in their order. One that only begins within the free amount pays for the rest of itself, its
 * fixed part too. Throws DomainError('invalid_ratio').
 */
export function chargePercentage(model: PercentageModel, transactions: readonly Ratio[]): PercentageCharge {
  const step = percentageStep(model);
  const charge: PercentageCharge = { freeTransactions: 0, freeAmount: zeroRatio, paid: [] };
  let before = zeroRatio;
  for (const [index, transaction] of transactions.entries()) {
    const { free, isFree, ...paid } = step(BigInt(index), before, transaction);
    before = addRatios(before, transaction);
    charge.freeAmount = addRatios(charge.freeAmount, free);
    if (isFree) charge.freeTransactions += 1;
    else charge.paid.push(paid);
  }
  return charge;
}

/**
 * Makes a model ready for one transaction at a time: asked with how many came before it, and what they came to.
 * Throws DomainError('invalid_ratio').
 */
export function percentageStep(
  model: PercentageModel,
): (count: bigint, sum: Ratio, transaction: Ratio) => PercentageStep {
  const rate = ratioFromPercent(model.ratePercent);
  const fixed = ratioFromDecimal(model.fixedPerTransaction);
  const limits = [model.minPerTransaction, model.maxPerTransaction].map((text) =>
    text === null ? null : ratioFromDecimal(text),
  );
  const allowance = freeAllowance(model);
  return (count, sum, transaction) => {
    const room = allowance(count, sum);
    const free = minRatio(transaction, room);
    const amount = subtractRatios(transaction, free);
    const isFree = compareRatios(room, zeroRatio) > 0 && compareRatios(amount, zeroRatio) === 0;
    const percentage = multiplyRatios(amount, rate);
    const price = isFree ? zeroRatio : within(addRatios(percentage, fixed), limits);
    return { free, isFree, amount, percentage, fixed, price };
  };
}

/** How much of a transaction may be free, given how many came before it and what they came to. */
function freeAllowance({ freeTransactions, freeAmount }: PercentageModel) {
  const total = freeAmount === null ? null : ratioFromDecimal(freeAmount);
  // Amounts are bounded by the length of their text: this is more than any.
  const everything = ratioOf(10n ** 40n);
  return (count: bigint, sum: Ratio): Ratio => {
    if (freeTransactions === null && total === null) return zeroRatio;
    if (freeTransactions !== null && count >= BigInt(freeTransactions)) return zeroRatio;
    // All that came before was free as far as the free amount went.
    return total === null ? everything : maxRatio(subtractRatios(total, sum), zeroRatio);
  };
}

function within(price: Ratio, [minimum, maximum]: (Ratio | null | undefined)[]): Ratio {
  const raised = minimum ? maxRatio(price, minimum) : price;
  return maximum ? minRatio(raised, maximum) : raised;
}

/** Compiles the model; `units` of its part are the paid amount. */
export function compilePercentage(model: PercentageModel): CompiledChargeModel {
  return {
    parts: ({ transactions = [] }) => {
      const { paid } = chargePercentage(model, transactions);
      const units = sumRatios(paid.map(({ amount }) => amount));
      return [{ tier: 1, units, usage: sumRatios(paid.map(({ price }) => price)), flat: zeroRatio }];
    },
  };
}
