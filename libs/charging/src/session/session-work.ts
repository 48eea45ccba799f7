import type { UsageClass } from '@ronghe/contracts';
import { amountFromMicro, isDomainError, zeroAmount, type Amount, type Instant } from '@ronghe/kernel';
import { grantQuota, tariffChangeAfter, type Quota, type UsagePlan } from '@ronghe/rating';
import { movesRollover } from '../balance/group-change';
import type { GroupPeriod } from '../balance/group-period';
import {
  drawFunds,
  giveBackFunds,
  releaseFunds,
  reserveFunds,
  type CausedChange,
  type Funds,
  type FundsChange,
} from '../money-sharing/funds';
import { afterHolding, afterRelease, isSpent, type Spending } from '../spend-cap/spend-cap';
import type { RatingOutcome, UsageFact } from '../usage/rated-usage';
import { contributionOf, type TotalChange } from '../usage/usage-totals';
import type { BucketEntry } from '../balance/bucket-changes';
import type { Measures, UnitUsage } from './charging-data';
import { chargeLine, factOf, quotaQuestion } from './charge-line';
import { isSamePlace, type ChargingTime, type SessionBalances } from './charging-time';
import type { GrantedUnits } from './charging-answer';
import { refuseTooDear } from './used-limit';
import { isSameUse, onlineUseOf, type OnlineUse } from './online-policy';
import { groupHolding, heldCounters, heldUnits, holdOf } from './reserved-units';
import {
  sessionWith,
  type GrantPace,
  type Reservation,
  type ReservationKey,
  type Session,
  type SessionLine,
} from './session';
import { linesWithUse, withUseOf } from './lines-with-use';
import { openLineOf } from './session-lines';
import { sizeWanted } from './size-wanted';
import { spendOnLine } from './spend-on-line';
import { amountOf, amountOfQuantity, quantityOf, usedLimitOf } from './units';

/**
 * One request at work on a session: plain data, changed in place until the batch takes it over or a refusal drops it.
 */
export class SessionWork {
  /** As it was before the request. */
  readonly session: Session;
  lines: readonly SessionLine[];
  reserved: readonly Reservation[];
  pace: readonly GrantPace[];
  group: GroupPeriod;
  funds: Funds | null;
  spending: Spending | null;
  /** What was rated of its lines, each as it is now. */
  usage: readonly (UsageFact & RatingOutcome)[] = [];
  readonly entries: BucketEntry[] = [];
  readonly totals: TotalChange[] = [];
  readonly money: CausedChange[] = [];
  readonly spendHolds: { span: string; held: Amount }[] = [];
  private readonly priced: { use: OnlineUse; isPriced: boolean }[] = [];
  movesRollover = false;
  /** Something was used that nothing covers. */
  overrun: Amount = zeroAmount;
  /** A price has come to the cap at which the service stops. */
  reachesCap = false;

  constructor(
    private readonly at: ChargingTime,
    private readonly balances: SessionBalances,
    private readonly shownClass: UsageClass | null,
  ) {
    const { session } = balances;
    this.session = session;
    this.lines = session.lines;
    this.reserved = session.reserved;
    this.pace = session.pace;
    this.group = balances.group;
    this.funds = balances.funds;
    this.spending = balances.spending;
  }

  /** Gives back what the session holds for these rating groups and user planes; null: everything. */
  giveBack(keys: readonly ReservationKey[] | null): void {
    const isNamed = (held: ReservationKey): boolean =>
      keys === null || keys.some((key) => isSamePlace(key, held));
    const back = this.reserved.filter(isNamed);
    if (back.length === 0) return;
    this.group = groupHolding(this.group, back, -1n);
    const spends = back.filter(({ kind }) => kind === 'spend');
    this.spending = afterRelease(this.spending, spends);
    for (const { bucket, units } of spends)
      this.spendHolds.push({ span: bucket, held: amountFromMicro(-units) });
    const holds = back.filter(({ kind }) => kind === 'money').map(holdOf);
    if (this.funds && holds.length > 0) this.changeFunds(releaseFunds(this.funds, holds));
    this.reserved = keys === null ? nothing : this.reserved.filter((held) => !isNamed(held));
  }

  /** Charges what was reported; rating groups of whose class the product has no price are returned. */
  use(units: readonly UnitUsage[]): readonly UnitUsage[] {
    const unpriced: UnitUsage[] = [];
    for (const unit of units) {
      if (unit.used.length === 0) continue;
      const use = this.useOf(unit);
      const isPriced = this.isPriced(use) && this.ifPriced(() => this.useUnit(unit, use));
      if (!isPriced) unpriced.push(unit);
    }
    return unpriced;
  }

  /** Reserves quota for a rating group that asks for some; null where it has no price. */
  grant(unit: UnitUsage, requested: Measures): GrantedUnits | null {
    const use = this.useOf(unit);
    if (!this.isPriced(use)) return null;
    let granted: GrantedUnits | null = null;
    this.ifPriced(() => (granted = this.grantUnit(unit, use, requested)));
    return granted;
  }

  /** Whether a spend cap was spent by this request, and not before. */
  get spendsLast(): boolean {
    return isSpent(this.spending) && !isSpent(this.balances.spending);
  }

  /** The session as the request leaves it. */
  sessionAfter(changed: Pick<Session, 'state' | 'expiresAt' | 'answers'>): Session {
    const { state, expiresAt, answers } = changed;
    const { lines, reserved, pace } = this;
    return sessionWith(this.session, { state, expiresAt, answers, lines, reserved, pace });
  }

  private grantUnit(unit: UnitUsage, use: OnlineUse, requested: Measures): GrantedUnits {
    const { usageClass } = use;
    const { now, systemNow, grantsUntil } = this.at;
    const line = openLineOf(this.session, this.lines, use);
    const question = quotaQuestion(
      this,
      line,
      { before: this.ratedOf(line), plan: this.planOf(line) },
      this.at,
    );
    const asked = amountOf(usageClass, requested);
    const last = this.pace.find((each) => isSamePlace(each, unit));
    const wanted =
      asked !== null && asked > 0n ? asked : sizeWanted(this.at, unit, usageClass, { question, last });
    // No more is granted than may be reported.
    const most = usedLimitOf(usageClass) - line.used;
    const size = wanted < most ? wanted : most;
    const quantity = quantityOf(usageClass, line.used + size) - question.used.quantity;
    question.wanted = quantity;
    const quota = grantQuota(question);
    this.reserve(unit, usageClass, quota);
    const amount = quota.quantity === quantity ? size : amountOfQuantity(usageClass, quota.quantity);
    const { ratingGroup, upfId } = unit;
    const others = this.pace.filter((each) => each !== last);
    this.pace = [...others, { ratingGroup, upfId, at: systemNow, granted: amount }];
    const tariffChange = tariffChangeAfter(question.plan, this.session.peer, { at: now, until: grantsUntil });
    return { ratingGroup, upfId, usageClass, amount, isFinal: quota.isFinal, tariffChange };
  }

  useOf({ ratingGroup }: UnitUsage): OnlineUse {
    return onlineUseOf(this.at.policy, ratingGroup, this.shownClass);
  }

  /** Whether the product is charged online for a kind of use and has a price for it. */
  isPriced(use: OnlineUse): boolean {
    const known = this.priced.find((each) => isSameUse(each.use, use));
    if (known) return known.isPriced;
    const { usageClass, priced } = use;
    const { productId, startedAt, peer } = this.session;
    const product = this.at.book.productOf(productId);
    const preratedAmount = priced?.each ?? null;
    const one = { productId, usageClass, usedAt: startedAt, peer, quantity: 1n, preratedAmount };
    const isPriced =
      product !== undefined && product.onlineClasses.includes(usageClass) && this.at.book.isPriced(one);
    this.priced.push({ use, isPriced });
    return isPriced;
  }

  /** Charges what has a price, also where use on the other side of a change of tariff has none. @returns whether all has one */
  private useUnit({ used }: UnitUsage, use: OnlineUse): boolean {
    const before = this.lines;
    const planOf = (line: SessionLine): UsagePlan => this.planOf(line);
    const { lines, touched } = linesWithUse(
      before,
      used,
      { session: this.session, use, planOf },
      this.at.now,
    );
    this.lines = lines;
    let isPriced = true;
    for (const line of lines) {
      if (!touched.has(line.usageId) || this.ifPriced(() => this.charge(line))) continue;
      isPriced = false;
      this.lines = withUseOf(before, this.lines, line);
    }
    return isPriced;
  }

  /**
   * Does something that may find no price (a zone or band without a rate); then nothing of it has happened, and false. False too
   * where it says so.
   */
  private ifPriced(work: () => unknown): boolean {
    const { lines, reserved, pace, group, funds, spending, usage, overrun, reachesCap } = this;
    const lengths = this.lists.map((list) => list.length);
    try {
      return work() !== false;
    } catch (error) {
      if (!isDomainError(error) || error.kind === 'unavailable') throw error;
      Object.assign(this, { lines, reserved, pace, group, funds, spending, usage, overrun, reachesCap });
      for (const [index, list] of this.lists.entries()) list.length = lengths[index] ?? 0;
      return false;
    }
  }

  private get lists(): unknown[][] {
    return [this.entries, this.totals, this.money, this.spendHolds];
  }

  private charge(line: SessionLine): void {
    const fact = factOf(this.session, line, this.at.book);
    const before = this.ratedOf(line);
    if (fact.quantity === (before?.quantity ?? 0n)) return;
    const { change, usage, capReached } = chargeLine(this.group, fact, before, this.planOf(line));
    refuseTooDear(usage.amount);
    this.group = change.group;
    this.entries.push(...change.entries);
    this.movesRollover ||= movesRollover(change);
    this.keepUsage(usage);
    if (before) this.totals.push(contributionOf(before, before, -1n));
    this.totals.push(contributionOf(usage, usage));
    const due = usage.amount - (before?.amount ?? 0n);
    this.reachesCap ||= capReached && due > 0n;
    const counted = spendOnLine(this, line, amountFromMicro(due), this.at.book);
    this.group = counted.group;
    this.spending = counted.spending;
    this.pay(due, usage.taxClass, line.from);
  }

  /** @param since when the use began: money that has ended since is still good for it, as far as it was held */
  private pay(due: bigint, taxClass: string, since: Instant): void {
    if (!this.funds || due === 0n) return;
    if (due < 0n) {
      const amount = amountFromMicro(-due);
      this.changeFunds(giveBackFunds(this.funds, { amount, taxClass, at: this.at.now }));
      return;
    }
    const reason = { kind: 'use' as const, taxClass };
    const drawn = drawFunds(this.funds, amountFromMicro(due), this.at.now, reason, since);
    this.overrun = amountFromMicro(this.overrun + drawn.overrun);
    this.changeFunds(drawn);
  }

  private keepUsage(usage: UsageFact & RatingOutcome): void {
    const at = this.usage.findIndex(({ usageId }) => usageId === usage.usageId);
    this.usage = at < 0 ? [...this.usage, usage] : this.usage.with(at, usage);
  }

  private reserve({ ratingGroup, upfId }: ReservationKey, usageClass: UsageClass, quota: Quota): void {
    const place = { ratingGroup, upfId, usageClass };
    const held = heldUnits(quota.reserved, this.group.buckets, this.session.productId, place);
    held.push(...heldCounters(quota.counted, place));
    this.group = groupHolding(this.group, held, 1n);
    if (this.funds && quota.cost > 0n) {
      const reserved = reserveFunds(this.funds, quota.cost, this.at.now);
      this.changeFunds(reserved);
      for (const { bucketId, amount, ...by } of reserved.holds)
        held.push({ ...place, kind: 'money', bucket: bucketId, units: amount, ...by });
    }
    if (this.spending && quota.cost > 0n) {
      const { span } = this.spending;
      held.push({ ...place, kind: 'spend', bucket: span, units: quota.cost });
      this.spendHolds.push({ span, held: quota.cost });
      this.spending = afterHolding(this.spending, quota.cost);
    }
    if (held.length > 0) this.reserved = [...this.reserved, ...held];
  }

  private changeFunds({ funds, changes }: FundsChange): void {
    this.funds = funds;
    this.money.push(...changes);
  }

  private planOf({ usageClass, from }: SessionLine): UsagePlan {
    return this.at.book.planOf({ productId: this.session.productId, usageClass, usedAt: from });
  }

  private ratedOf({ usageId }: SessionLine): (UsageFact & RatingOutcome) | undefined {
    return this.usage.find((own) => own.usageId === usageId) ?? this.balances.usage.get(usageId);
  }
}

const nothing: readonly Reservation[] = [];
