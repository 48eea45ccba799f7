import { amountFromDecimal, amountFromMicro, zeroAmount, type Amount, type Instant } from '@ronghe/kernel';
import {
  backOutUsage,
  grantQuota,
  releaseMoney,
  reserveMoney,
  type MoneyTake,
  type RatedUsage,
  type RatingState,
  type ReservedUnits,
} from '@ronghe/rating';
import type { OperatorAccount, UsageStart } from './operator-account';

/** What a rating group of a session reports and asks for. */
export interface Report {
  ratingGroup: number;
  /** Since the last report. */
  used: bigint;
  /** Units wanted, of no particular size where 0; null: none. */
  wanted: bigint | null;
}

/** What a rating group is told. */
export interface Told {
  ratingGroup: number;
  /** Null: none were wanted. */
  granted: bigint | null;
  /** Nothing more can be granted after it. */
  isFinal: boolean;
}

/** A session's answer. */
export interface SessionAnswer {
  told: Told[];
  /** Something was used that nothing covers. */
  hasOverrun: boolean;
  /** What its use has come to so far. */
  rated: RatedUsage | null;
  paid: MoneyTake[];
}

interface Held {
  ratingGroup: number;
  units: ReservedUnits[];
  money: MoneyTake[];
}

interface OpenSession extends UsageStart {
  used: bigint;
  rated: RatedUsage | null;
  held: Held[];
}

/**
 * Online sessions of an account, as the product's: a report gives back what was held, is charged at the session's total, and
 * what is wanted then is granted and held. A session that begins and gets nothing has not begun.
 */
export class OperatorSessions {
  private readonly open = new Map<string, OpenSession>();

  /** @param now when sessions that a balance says are open began */
  constructor(
    readonly account: OperatorAccount,
    now: Instant,
  ) {
    for (const { id, held } of account.balances ?? []) {
      if (!held) continue;
      const money = [{ bucketId: id, amount: amountFromDecimal(held.amount) }];
      const before = this.open.get(held.session);
      this.open.set(held.session, {
        ...{ destination: '', startedAt: now, used: 0n, rated: null },
        held: [...(before?.held ?? []), { ratingGroup: 0, units: [], money }],
      });
    }
  }

  isOpen(name: string): boolean {
    return this.open.has(name);
  }

  /** A beginning or a report of a session. */
  report(name: string, start: UsageStart, reports: readonly Report[], now: Instant): SessionAnswer {
    const { state, purse } = this.account;
    const known = this.open.get(name);
    const session = known ? { ...known } : { ...start, used: 0n, rated: null, held: [] };
    this.open.set(name, session);
    const groups = new Set(reports.map(({ ratingGroup }) => ratingGroup));
    this.giveBack(session, ({ ratingGroup }) => groups.has(ratingGroup));
    const charged = this.use(session, reports, now);
    const told = reports.map((report) => this.grant(session, report, now));
    const isRefused = !known && told.length > 0 && told.every(({ granted }) => granted === 0n);
    if (isRefused) {
      this.open.delete(name);
      Object.assign(this.account, { state, purse });
    }
    return { told, ...charged };
  }

  /** The end of a session: what it holds goes back. */
  end(name: string, start: UsageStart, used: bigint, now: Instant): SessionAnswer {
    const session = this.open.get(name) ?? { ...start, used: 0n, rated: null, held: [] };
    this.giveBack(session, () => true);
    const charged = this.use(session, [{ ratingGroup: 0, used, wanted: null }], now);
    this.open.delete(name);
    return { told: [], ...charged };
  }

  /** Units of a bucket that sessions hold. */
  heldUnits(bucketCode: string): bigint {
    return [...this.open.values()]
      .flatMap(({ held }) => held.flatMap(({ units }) => units))
      .reduce((sum, each) => (each.bucketCode === bucketCode ? sum + each.units : sum), 0n);
  }

  /** What a session holds of a balance, of units or money. */
  heldBy(name: string, bucket: string): { units: bigint; money: Amount } {
    const held = this.open.get(name)?.held ?? [];
    const units = held.flatMap((each) => each.units).filter(({ bucketCode }) => bucketCode === bucket);
    const money = held.flatMap((each) => each.money).filter(({ bucketId }) => bucketId === bucket);
    return {
      units: units.reduce((sum, each) => sum + each.units, 0n),
      money: money.reduce((sum, { amount }) => amountFromMicro(sum + amount), zeroAmount),
    };
  }

  private giveBack(session: OpenSession, isNamed: (held: Held) => boolean): void {
    const back = session.held.filter(isNamed).flatMap(({ money }) => money);
    const { purse } = this.account;
    if (purse && back.length > 0) this.account.purse = releaseMoney(purse, back).purse;
    session.held = session.held.filter((held) => !isNamed(held));
  }

  private use(session: OpenSession, reports: readonly Report[], now: Instant): Omit<SessionAnswer, 'told'> {
    const more = reports.reduce((sum, { used }) => sum + used, 0n);
    if (more === 0n) return { hasOverrun: false, rated: session.rated, paid: [] };
    session.used += more;
    const event = this.account.eventOf(session, session.used);
    const { rated, paid, overrun } = this.account.charge(session.rated, event, now);
    session.rated = rated;
    return { hasOverrun: overrun > 0n || (rated.blockedUnits ?? 0n) > 0n, rated, paid };
  }

  private grant(session: OpenSession, { ratingGroup, wanted }: Report, now: Instant): Told {
    if (wanted === null) return { ratingGroup, granted: null, isFinal: false };
    const { account } = this;
    const quota = grantQuota({
      used: account.eventOf(session, session.used),
      plan: account.planAt(session.startedAt),
      free: this.freeState(session.rated),
      // Of no particular size: the operator's policy says one unit, and a grant goes on to the end of its increment.
      wanted: wanted > 0n ? wanted : 1n,
      funds: account.funds(now),
    });
    const reserved = account.purse && reserveMoney(account.purse, quota.cost, now);
    if (reserved) account.purse = reserved.purse;
    session.held = [...session.held, { ratingGroup, units: quota.reserved, money: reserved?.holds ?? [] }];
    return { ratingGroup, granted: quota.quantity, isFinal: quota.isFinal };
  }

  /** What sessions do not hold, as if a session had not been rated yet. */
  private freeState(rated: RatedUsage | null): RatingState {
    const { state } = this.account;
    const buckets = state.buckets.map((bucket) => {
      const free = bucket.remaining - this.heldUnits(bucket.code);
      return { ...bucket, remaining: free > 0n ? free : 0n };
    });
    const free = { ...state, buckets };
    return rated ? backOutUsage(free, rated) : free;
  }
}
