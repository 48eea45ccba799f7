import {
  minAmount,
  subtractAmounts,
  sumAmounts,
  zeroAmount,
  type Amount,
  type Instant,
} from '@ronghe/kernel';
import { isForUsage, type MoneyEntryKind } from './money-entry-kind';

/** `main`: what the customer paid in, one for each account, its id is the account's. `bonus`: given by the operator. */
export type MoneyKind = 'main' | 'bonus';

/** Money that an account may spend. Amounts are micro-yuan. */
export interface MoneyBucket {
  bucketId: string;
  lane: number;
  accountId: string;
  kind: MoneyKind;
  /** What is there, reservations included; of a main bucket not below −creditLimit. */
  remaining: Amount;
  /** What open sessions may still use; part of `remaining` and of the credit limit. */
  reserved: Amount;
  /** What was used beyond funds and credit limit. It is owed and taken from the next money paid in. */
  overrun: Amount;
  /** What it has paid for usage, less what it got back of that. */
  spent: Amount;
  creditLimit: Amount;
  /** Usage that starts in between may take from it; validTo null: for ever. */
  validFrom: Instant;
  validTo: Instant | null;
  /** Lower is spent first; then what ends sooner. */
  priority: number;
}

/** An account's money. */
export interface Purse {
  lane: number;
  accountId: string;
  /** The account's zone: it decides the local day of entries. */
  zone: string;
  buckets: readonly MoneyBucket[];
  /** The buckets as they were read, so that only changed ones are written. */
  stored?: readonly MoneyBucket[];
}

/** One movement. Σ deltas of a bucket = its `remaining`; Σ deltas of kind `overrun` = its `overrun`. */
export interface MoneyMove {
  bucketId: string;
  kind: MoneyEntryKind;
  delta: Amount;
  /** Of consumption, else null. */
  taxClass: string | null;
}

/** A purse after something happened to it, and the movements to enter. */
export interface PurseChange {
  purse: Purse;
  moves: MoneyMove[];
}

/** A part of an amount and the bucket that it comes from. */
export interface MoneyTake {
  bucketId: string;
  amount: Amount;
}

/** What a draw is entered as. */
export interface DrawReason {
  kind: 'use' | 'fee' | 'rerate' | 'settle' | 'transfer-out' | 'adjust';
  taxClass: string | null;
}

/** What may still be spent at an instant: funds that are valid then and the credit limit, less reservations; never negative. */
export function freeMoney(purse: Purse, at: Instant): Amount {
  const free = sumAmounts(shares(purse, at, at).map((share) => share.amount));
  return free > 0n ? free : zeroAmount;
}

/**
 * Takes an amount ≥ 0: by priority, then what ends soonest, then the credit limit. Money that is reserved is left
 * alone: a session gives its holds back first. What is beyond is taken from the main bucket as `overrun`.
 * Σ takes = amount.
 * @param since start of the usage: what ended since then, and was held for it, still pays it
 */
export function drawMoney(
  purse: Purse,
  amount: Amount,
  at: Instant,
  reason: DrawReason = { kind: 'use', taxClass: null },
  since: Instant = at,
): PurseChange & { takes: MoneyTake[]; overrun: Amount } {
  const { parts, rest } = split(purse, amount, at, since);
  const main = mainOf(purse);
  const takes = addTakes(rest > 0n ? [...parts, { bucketId: main.bucketId, amount: rest }] : parts);
  const moves: MoneyMove[] = takes.map((take) => ({
    bucketId: take.bucketId,
    kind: reason.kind,
    delta: subtractAmounts(zeroAmount, take.amount),
    taxClass: reason.taxClass,
  }));
  if (rest > 0n) moves.push({ bucketId: main.bucketId, kind: 'overrun', delta: rest, taxClass: null });
  return { purse: applyMoves(purse, moves), moves, takes, overrun: rest };
}

/** Reserves as much of an amount as is free. What is asked for and not granted is the caller's to refuse. */
export function reserveMoney(
  purse: Purse,
  amount: Amount,
  at: Instant,
): PurseChange & { holds: MoneyTake[]; granted: Amount } {
  const { parts, rest } = split(purse, amount, at);
  const holds = addTakes(parts);
  return { purse: holdMoney(purse, holds, 1n), moves: [], holds, granted: subtractAmounts(amount, rest) };
}

/** Gives reservations back; those of buckets that the purse does not have are ignored. */
export function releaseMoney(purse: Purse, holds: readonly MoneyTake[]): PurseChange {
  return { purse: holds.length > 0 ? holdMoney(purse, holds, -1n) : purse, moves: [] };
}

/** Adds an amount > 0 to a bucket of the purse. What is owed from overrun is taken from it at once. */
export function creditMoney(
  purse: Purse,
  credit: {
    bucketId: string;
    amount: Amount;
    kind: Exclude<MoneyEntryKind, 'use' | 'fee' | 'overrun' | 'expire' | 'transfer-out'>;
    taxClass?: string | null;
  },
): PurseChange & { repaid: Amount } {
  const { bucketId, amount, kind, taxClass = null } = credit;
  const bucket = purse.buckets.find((each) => each.bucketId === bucketId);
  const repaid = minAmount(bucket?.overrun ?? zeroAmount, amount);
  const moves: MoneyMove[] = [{ bucketId, kind, delta: amount, taxClass }];
  if (repaid > 0n) {
    moves.push({ bucketId, kind: 'overrun', delta: subtractAmounts(zeroAmount, repaid), taxClass: null });
  }
  return { purse: applyMoves(purse, moves), moves, repaid };
}

/**
 * Gives back what usage turned out to cost less. Bonuses that are still valid get it first, as far as they paid for
 * usage, so that the operator's money never becomes the customer's own; the rest goes to the account's own money, also
 * what came from a bonus that has ended.
 * @param paid what each bucket has paid of what is given back; without it, what it has paid for usage
 */
export function giveBackMoney(
  purse: Purse,
  back: { amount: Amount; taxClass: string | null; at: Instant; kind?: 'rerate' | 'refund' | 'settle' },
  paid?: ReadonlyMap<string, Amount>,
): PurseChange {
  let change: PurseChange = { purse, moves: [] };
  let rest = back.amount;
  const bonuses = purse.buckets
    .filter((bucket) => bucket.kind === 'bonus' && (bucket.validTo === null || back.at < bucket.validTo))
    .sort(compareMoney);
  for (const { bucketId, spent } of [...bonuses, mainOf(purse)]) {
    const isMain = bucketId === mainOf(purse).bucketId;
    const amount = isMain ? rest : minAmount(paid ? (paid.get(bucketId) ?? zeroAmount) : spent, rest);
    if (amount <= 0n) continue;
    const { taxClass, kind = 'rerate' } = back;
    const next = creditMoney(change.purse, { bucketId, amount, kind, taxClass });
    change = { purse: next.purse, moves: [...change.moves, ...next.moves] };
    rest = subtractAmounts(rest, amount);
  }
  return change;
}

/** Takes away what buckets still hold after their end; what is reserved stays until its session ends. */
export function expireMoney(purse: Purse, at: Instant): PurseChange {
  const moves = purse.buckets
    .filter((bucket) => bucket.validTo !== null && bucket.validTo <= at)
    .map((bucket) => ({ bucket, left: subtractAmounts(bucket.remaining, bucket.reserved) }))
    .filter(({ left }) => left > 0n)
    .map(({ bucket, left }): MoneyMove => {
      return {
        bucketId: bucket.bucketId,
        kind: 'expire',
        delta: subtractAmounts(zeroAmount, left),
        taxClass: null,
      };
    });
  return { purse: applyMoves(purse, moves), moves };
}

/** The account's own bucket. Every purse has one. */
export function mainOf(purse: Purse): MoneyBucket {
  const main = purse.buckets.find((bucket) => bucket.kind === 'main');
  if (!main) throw new Error(`the purse of account ${purse.accountId} has no main bucket`);
  return main;
}

/** The order in which buckets are spent: priority, then what ends soonest, then the id. */
export function compareMoney(a: MoneyBucket, b: MoneyBucket): number {
  if (a.priority !== b.priority) return a.priority - b.priority;
  if (a.validTo !== b.validTo) {
    if (a.validTo === null || b.validTo === null) return a.validTo === null ? 1 : -1;
    return a.validTo < b.validTo ? -1 : 1;
  }
  return a.bucketId < b.bucketId ? -1 : a.bucketId > b.bucketId ? 1 : 0;
}

/** What of a purse is there and free for usage that began at `since`: without credit; never negative. */
export function ownFunds(purse: Purse, at: Instant, since: Instant): Amount {
  return sumAmounts(fundsOf(purse, at, since).flatMap(({ left }) => (left > 0n ? left : [])));
}

function fundsOf(purse: Purse, at: Instant, since: Instant): { bucket: MoneyBucket; left: Amount }[] {
  return purse.buckets
    .filter((bucket) => bucket.validFrom <= at && (bucket.validTo === null || since < bucket.validTo))
    .sort(compareMoney)
    .map((bucket) => ({ bucket, left: subtractAmounts(bucket.remaining, bucket.reserved) }));
}

/** What each bucket can give at an instant, in order: money first, credit limits after all money. May hold negatives. */
function shares(purse: Purse, at: Instant, since: Instant): MoneyTake[] {
  const funds = fundsOf(purse, at, since);
  // A bucket that is below zero, or reserved beyond its money, has used a part of its credit limit already.
  const credits = purse.buckets
    .filter((bucket) => bucket.creditLimit > 0n)
    .map((bucket) => {
      const left = subtractAmounts(bucket.remaining, bucket.reserved);
      return { bucket, left: sumAmounts([bucket.creditLimit, minAmount(left, zeroAmount)]) };
    });
  return [...funds, ...credits]
    .filter(({ left }) => left > 0n)
    .map(({ bucket, left }) => ({ bucketId: bucket.bucketId, amount: left }));
}

function split(
  purse: Purse,
  amount: Amount,
  at: Instant,
  since: Instant = at,
): { parts: MoneyTake[]; rest: Amount } {
  const parts: MoneyTake[] = [];
  let rest = amount;
  for (const share of shares(purse, at, since)) {
    const part = minAmount(share.amount, rest);
    if (part <= 0n) break;
    parts.push({ bucketId: share.bucketId, amount: part });
    rest = subtractAmounts(rest, part);
  }
  return { parts, rest };
}

/** One take per bucket: funds and credit limit of one bucket are one. */
function addTakes(takes: readonly MoneyTake[]): MoneyTake[] {
  const sums = new Map<string, Amount>();
  for (const { bucketId, amount } of takes) {
    sums.set(bucketId, sumAmounts([sums.get(bucketId) ?? zeroAmount, amount]));
  }
  return [...sums].map(([bucketId, amount]) => ({ bucketId, amount }));
}

/** The purse after movements. */
export function applyMoves(purse: Purse, moves: readonly MoneyMove[]): Purse {
  if (moves.length === 0) return purse;
  const buckets = purse.buckets.map((bucket) => {
    const own = moves.filter((move) => move.bucketId === bucket.bucketId);
    if (own.length === 0) return bucket;
    const ofUsage = own.filter(({ kind }) => isForUsage(kind)).map((move) => move.delta);
    const overruns = own.filter((move) => move.kind === 'overrun').map((move) => move.delta);
    return {
      ...bucket,
      remaining: sumAmounts([bucket.remaining, ...own.map((move) => move.delta)]),
      overrun: sumAmounts([bucket.overrun, ...overruns]),
      spent: subtractAmounts(bucket.spent, sumAmounts(ofUsage)),
    };
  });
  return { ...purse, buckets };
}

/** Reserves, or with −1 gives back, what is said of each bucket. */
export function holdMoney(purse: Purse, holds: readonly MoneyTake[], sign: 1n | -1n): Purse {
  const held = new Map(addTakes(holds).map((hold) => [hold.bucketId, hold.amount * sign]));
  const buckets = purse.buckets.map((bucket) => {
    const change = held.get(bucket.bucketId);
    return change === undefined
      ? bucket
      : { ...bucket, reserved: sumAmounts([bucket.reserved, change as Amount]) };
  });
  return { ...purse, buckets };
}
