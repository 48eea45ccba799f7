import type { BalanceNotice, NoticeRules } from '@ronghe/contracts';
import { amountFromDecimal, amountToDecimal, sumAmounts, type Amount, type LocalDate } from '@ronghe/kernel';
import type { GroupPeriodChange } from '../balance/group-change';
import type { GroupPeriod, StoredBucket } from '../balance/group-period';
import type { MoneyBucket, Purse } from '@ronghe/rating';
import type { ReachedCap } from '../spend-cap/spend-cap';

/** A notice before it is known whether it was raised already. */
export interface Notice extends Omit<BalanceNotice, 'noticeId' | 'raisedAt'> {
  lane: number;
  /** With kind and threshold what a notice is raised once for: a bucket, a day, a period. */
  subject: string;
}

/** What was used of an allowance; `moved` is the change of what remains, negative for use. */
export interface AllowanceUse {
  group: GroupPeriod;
  bucket: StoredBucket;
  moved: bigint;
}

/** The uses that changes of groups tell of by their entries. */
export function usesOfChanges(changes: readonly GroupPeriodChange[]): AllowanceUse[] {
  return changes.flatMap(({ group, changedBuckets, entries }) => {
    const changed = new Set(changedBuckets.map((bucket) => bucket.code));
    return group.buckets
      .filter((bucket) => changed.has(bucket.code))
      .map((bucket) => {
        const own = entries.filter((entry) => entry.bucketCode === bucket.code && entry.kind !== 'grant');
        return { group, bucket, moved: own.reduce((sum, entry) => sum + entry.delta, 0n) };
      });
  });
}

/** The uses between two states of the same groups and grants. */
export function usesBetween(pairs: readonly { before: GroupPeriod; after: GroupPeriod }[]): AllowanceUse[] {
  const uses: AllowanceUse[] = [];
  for (const { before, after } of pairs)
    for (let at = 0; at < after.buckets.length; at += 1) {
      const [bucket, same] = [after.buckets[at], before.buckets[at]];
      if (!bucket || bucket === same) continue;
      const known =
        same?.code === bucket.code ? same : before.buckets.find((each) => each.code === bucket.code);
      const moved = known ? bucket.remaining - known.remaining : 0n;
      if (moved !== 0n) uses.push({ group: after, bucket, moved });
    }
  return uses;
}

/** An allowance of which whole percents were passed. */
interface Passing extends AllowanceUse {
  before: bigint;
  after: bigint;
}

/** Whether any allowance passed a whole percent, so that it is worth reading the rules. */
export function passesPercent(uses: readonly AllowanceUse[]): boolean {
  return passings(uses).length > 0;
}

/** What is to be said of allowances: one notice per threshold that a change passed. */
export function allowanceNotices(uses: readonly AllowanceUse[], rules: NoticeRules): Notice[] {
  return passings(uses).flatMap(({ group, bucket, before, after }) =>
    rules.usedPercents
      .filter((percent) => before < BigInt(percent) && BigInt(percent) <= after)
      .map((percent): Notice => {
        return {
          lane: group.lane,
          accountId: group.accountId,
          kind: 'allowance-used',
          subject: bucket.bucketId,
          threshold: String(percent),
          productId: bucket.productId,
          cardGroupId: group.cardGroupId,
          period: group.period,
          label: bucket.label,
          unit: bucket.unit,
          remaining: bucket.remaining.toString(),
        };
      }),
  );
}

/** Whether the money of a purse went down through a whole yuan. */
export function passesYuan(purse: Purse): boolean {
  const [before, after] = [moneyLeft(purse.stored ?? purse.buckets), moneyLeft(purse.buckets)];
  return wholeYuan(after) < wholeYuan(before);
}

/** What is to be said of money: once a day at most, when it falls below the limit, by use or because a part of it ends. */
export function moneyNotices(
  purses: readonly Purse[],
  dayOf: (purse: Purse) => LocalDate,
  rules: NoticeRules,
): Notice[] {
  if (rules.lowMoney === null) return [];
  const limit = amountFromDecimal(rules.lowMoney);
  const threshold = rules.lowMoney;
  return purses
    .filter((purse) => moneyLeft(purse.stored ?? purse.buckets) >= limit)
    .map((purse) => ({ purse, left: moneyLeft(purse.buckets) }))
    .filter(({ left }) => left < limit)
    .map(({ purse, left }): Notice => {
      return {
        ...nothing,
        lane: purse.lane,
        accountId: purse.accountId,
        kind: 'money-low',
        subject: dayOf(purse),
        threshold,
        remaining: amountToDecimal(left),
      };
    });
}

/** What is to be said of an account's spending in a period. */
export function spendNotices(
  account: { lane: number; accountId: string; period: string },
  spent: Amount,
  rules: NoticeRules,
): Notice[] {
  return rules.spendCaps
    .filter((cap) => amountFromDecimal(cap) <= spent)
    .map((threshold): Notice => {
      return {
        ...nothing,
        ...account,
        kind: 'spend-cap',
        subject: account.period,
        threshold,
        remaining: amountToDecimal(spent),
      };
    });
}

/** What is to be said of one product's spending in a period. */
export function productSpendNotices(
  { productId, ...account }: { lane: number; accountId: string; period: string; productId: string },
  spent: Amount,
  { productSpendCaps = [] }: NoticeRules,
): Notice[] {
  const subject = `${account.period}/${productId}`;
  return spendNotices(account, spent, { usedPercents: [], lowMoney: null, spendCaps: productSpendCaps }).map(
    (notice) => ({ ...notice, productId, subject }),
  );
}

/** What is to be said of a product that has spent what its own cap lets it in a period or on a day. */
export function capNotice({ lane, accountId, productId, period, span, cap, spent }: ReachedCap): Notice {
  return {
    ...nothing,
    ...{ lane, accountId, productId, period, kind: 'spend-cap' },
    subject: `${span}/${productId}/cap`,
    threshold: amountToDecimal(cap),
    remaining: amountToDecimal(spent),
  };
}

const nothing = { productId: null, cardGroupId: null, period: null, label: null, unit: 'yuan' } as const;

/**
 * All money of a purse, also what sessions hold: a grant that comes back is no news. What has ended counts until it is taken
 * away, so that going below a limit by that is seen, and only once. Credit is not counted.
 */
function moneyLeft(buckets: readonly MoneyBucket[]): Amount {
  return sumAmounts(buckets.map((bucket) => bucket.remaining));
}

const MICRO_PER_YUAN = 1_000_000n;

function wholeYuan(amount: Amount): bigint {
  return amount < 0n ? -1n : amount / MICRO_PER_YUAN;
}

function passings(uses: readonly AllowanceUse[]): Passing[] {
  return uses
    .filter(({ bucket, moved }) => bucket.quantity > 0n && moved < 0n)
    .map(({ group, bucket, moved }) => {
      const used = bucket.quantity - bucket.remaining;
      const percentOf = (units: bigint) => (units * 100n) / bucket.quantity;
      return { group, bucket, moved, before: percentOf(used + moved), after: percentOf(used) };
    })
    .filter(({ before, after }) => before < after);
}
