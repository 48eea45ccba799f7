import {
  daysBetween,
  localDateOf,
  moneyFromMinor,
  sumMoney,
  zeroMoney,
  type Instant,
  type Money,
} from '@ronghe/kernel';
import type { OpenItem } from '../open-item';

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
export type AgingBucket = (typeof agingBuckets)[number];

/** Nothing open. */
export const noAging: Aging = {
  ...{ notDue: zeroMoney, days0To30: zeroMoney, days31To60: zeroMoney, days61To90: zeroMoney },
  ...{ over90Days: zeroMoney, disputed: zeroMoney, instalment: zeroMoney },
};

/** The bucket of a bill on a day of the account's zone. */
export function bucketOf(item: Pick<OpenItem, 'dueAt'>, now: Instant, zone: string): AgingBucket {
  if (item.dueAt > now) return 'notDue';
  const days = daysBetween(localDateOf(item.dueAt, zone), localDateOf(now, zone));
  if (days <= 30) return 'days0To30';
  if (days <= 60) return 'days31To60';
  return days <= 90 ? 'days61To90' : 'over90Days';
}

/** Ages items of one account. */
export function agingOf(items: readonly OpenItem[], now: Instant, zone: string): Aging {
  const aging = { ...noAging };
  for (const item of items) {
    const bucket = bucketOf(item, now, zone);
    aging[bucket] = moneyFromMinor(aging[bucket] + item.open);
    aging.disputed = moneyFromMinor(aging.disputed + item.disputed);
    aging.instalment = moneyFromMinor(aging.instalment + item.instalment);
  }
  return aging;
}

/** Σ of all buckets: what is open. */
export function openOf(aging: Aging): Money {
  return sumMoney(agingBuckets.map((bucket) => aging[bucket]));
}
