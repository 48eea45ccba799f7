import { sumMoney, zeroMoney, type Money } from '@ronghe/kernel';

/** What is open by how long it has been late, in whole local days since the first late day. Σ buckets = open. */
export interface Aging {
  notDue: Money;
  days0To30: Money;
  days31To60: Money;
  days61To90: Money;
  over90Days: Money;
  /** Of all of it: disputed, and in instalment plans that are kept. */
  disputed: Money;
  instalment: Money;
}

export const agingBuckets = ['notDue', 'days0To30', 'days31To60', 'days61To90', 'over90Days'] as const;

/** Nothing open. */
export const noAging: Aging = {
  ...{ notDue: zeroMoney, days0To30: zeroMoney, days31To60: zeroMoney, days61To90: zeroMoney },
  ...{ over90Days: zeroMoney, disputed: zeroMoney, instalment: zeroMoney },
};

/** Σ of all buckets: what is open. */
export function openOf(aging: Aging): Money {
  return sumMoney(agingBuckets.map((bucket) => aging[bucket]));
}
