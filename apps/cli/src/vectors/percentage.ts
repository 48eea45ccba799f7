import { chargePercentage, chargePeriod, noLimits, type PercentageModel } from '@ronghe/rating';
import { ratioOf, sumRatios, zeroRatio } from '@ronghe/kernel';
import { compare } from './compare';
import type { Fields } from './fields';
import type { Outcome } from './outcome';

/** A share of transactions, with what is free and what each costs. */
export function replayPercentage(vector: Fields, tariff: Fields, usage: Fields): Outcome {
  const free = tariff.textOr('freeTransactions');
  const model: PercentageModel = {
    kind: 'percentage',
    ratePercent: tariff.textOr('ratePercent') ?? '0',
    fixedPerTransaction: tariff.textOr('fixedPerTransaction') ?? '0',
    freeTransactions: free === null ? null : Number(free),
    freeAmount: tariff.textOr('freeAmount'),
    minPerTransaction: tariff.textOr('minPerTransaction'),
    maxPerTransaction: tariff.textOr('maxPerTransaction'),
  };
  const transactions = usage.decimals('transactions');
  tariff.finish();
  usage.finish();
  const { amount } = chargePeriod(model, noLimits, {
    usage: { quantity: sumRatios(transactions), transactions },
    ratedBefore: null,
    billedBefore: zeroRatio,
    isLast: true,
  });
  const { freeTransactions, freeAmount, paid } = chargePercentage(model, transactions);
  return compare(
    {
      amount,
      freeTransactions: ratioOf(BigInt(freeTransactions)),
      freeAmount,
      paidTransactions: ratioOf(BigInt(paid.length)),
      paidAmount: sumRatios(paid.map((transaction) => transaction.amount)),
      percentageAmount: sumRatios(paid.map(({ percentage }) => percentage)),
      fixedAmount: sumRatios(paid.map(({ fixed }) => fixed)),
    },
    vector.take('expected'),
  );
}
