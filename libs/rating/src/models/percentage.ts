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

/**
 * Charges transactions in their order. One that only begins within the free amount pays for the rest of itself, its
 * fixed part too. Throws DomainError('invalid_ratio').
 */
export function chargePercentage(model: PercentageModel, transactions: readonly Ratio[]): PercentageCharge {
  const rate = ratioFromPercent(model.ratePercent);
  const fixed = ratioFromDecimal(model.fixedPerTransaction);
  const limits = [model.minPerTransaction, model.maxPerTransaction].map((text) =>
    text === null ? null : ratioFromDecimal(text),
  );
  const allowance = freeAllowance(model);
  const charge: PercentageCharge = { freeTransactions: 0, freeAmount: zeroRatio, paid: [] };
  for (const [index, transaction] of transactions.entries()) {
    const room = allowance(index, charge.freeAmount);
    const free = minRatio(transaction, room);
    charge.freeAmount = addRatios(charge.freeAmount, free);
    const amount = subtractRatios(transaction, free);
    if (compareRatios(room, zeroRatio) > 0 && compareRatios(amount, zeroRatio) === 0) {
      charge.freeTransactions += 1;
      continue;
    }
    const percentage = multiplyRatios(amount, rate);
    charge.paid.push({ amount, percentage, fixed, price: within(addRatios(percentage, fixed), limits) });
  }
  return charge;
}

/** How much of the transaction at an index may be free, given what was free before it. */
function freeAllowance({ freeTransactions, freeAmount }: PercentageModel) {
  const total = freeAmount === null ? null : ratioFromDecimal(freeAmount);
  // Amounts are bounded by the length of their text: this is more than any.
  const everything = ratioOf(10n ** 40n);
  return (index: number, used: Ratio): Ratio => {
    if (freeTransactions === null && total === null) return zeroRatio;
    if (freeTransactions !== null && index >= freeTransactions) return zeroRatio;
    return total === null ? everything : subtractRatios(total, used);
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
