import type { UsageClass } from '@ronghe/contracts';
import {
  addMs,
  amountFromMicro,
  instantToMs,
  isDomainError,
  minInstant,
  zeroAmount,
  type Amount,
  type Instant,
} from '@ronghe/kernel';
import {
  grantQuota,
  tariffChangeAfter,
  type Quota,
  type QuotaQuestion,
  type UsagePlan,
} from '@ronghe/rating';
import { movesRollover } from '../balance/group-change';
import type { GroupPeriod } from '../balance/group-period';
import {
  drawFunds,
  freeFunds,
  giveBackFunds,
  releaseFunds,
  reserveFunds,
  type CausedChange,
  type Funds,
  type FundsChange,
} from '../money-sharing/funds';
import { afterHolding, afterRelease, withinCap, type Spending } from '../spend-cap/spend-cap';
import { eventOf, type RatingOutcome, type StoredUsage, type UsageFact } from '../usage/rated-usage';
import { contributionOf, type TotalChange } from '../usage/usage-totals';
import type { BucketEntry } from '../balance/bucket-changes';
import type { Measures, UnitUsage, UsedUnits } from './charging-data';
import { chargeLine, factOf, freeStateWithout } from './charge-line';
import { isSamePlace, type ChargingTime, type SessionBalances } from './charging-time';
import type { GrantedUnits } from './charging-answer';
import { freeOf } from './free-amount';
import { grantSize } from './grant-size';
import { refuseTooMuch } from './used-limit';
import { grantSizeOf, onlineUseOf, type OnlineUse } from './online-policy';
import { heldUnits, holdOf, moveReserved } from './reserved-units';
import type { Reservation, ReservationKey, Session, SessionLine } from './session';
import { newLine, openLineOf } from './session-lines';
import { spendOnLine } from './spend-on-line';
import { amountOf, amountOfQuantity, quantityOf } from './units';

/**
 * One request at work on a session: plain data, changed in place until the batch takes it over or a refusal drops it.
 */
export class SessionWork {
  session: Session;
  group: GroupPeriod;
  funds: Funds | null;
  spending: Spending | null;
  readonly usage = new Map<string, UsageFact & RatingOutcome>();
  readonly entries: BucketEntry[] = [];
  readonly totals: TotalChange[] = [];
  readonly money: CausedChange[] = [];
  readonly spendHolds: { span: string; held: Amount }[] = [];
  private readonly priced = new Map<string, boolean>();
  movesRollover = false;
  /** Something was used that nothing covers. */
  overrun: Amount = zeroAmount;

  constructor(
    private readonly at: ChargingTime,
    private readonly balances: SessionBalances,
    private readonly shownClass: UsageClass | null,
  ) {
    this.session = balances.session;
    this.group = balances.group;
    this.funds = balances.funds;
    this.spending = balances.spending;
  }

  /** Gives back what the session holds for these rating groups and user planes; null: everything. */
  giveBack(keys: readonly ReservationKey[] | null): void {
    const isNamed = (held: ReservationKey): boolean =>
      keys === null || keys.some((key) => isSamePlace(key, held));
    const back = this.session.reserved.filter(isNamed);
    if (back.length === 0) return;
    this.moveReserved(
      back.filter(({ kind }) => kind === 'units'),
      -1n,
    );
    const spends = back.filter(({ kind }) => kind === 'spend');
    this.spending = afterRelease(this.spending, spends);
    for (const { bucket, units } of spends)
      this.spendHolds.push({ span: bucket, held: amountFromMicro(-units) });
    const holds = back.filter(({ kind }) => kind === 'money').map(holdOf);
    if (this.funds && holds.length > 0) this.changeFunds(releaseFunds(this.funds, holds));
    this.session = { ...this.session, reserved: this.session.reserved.filter((held) => !isNamed(held)) };
  }

  /** Charges what was reported; rating groups of whose class the product has no price are returned. */
  use(units: readonly UnitUsage[]): Set<UnitUsage> {
    const unpriced = new Set<UnitUsage>();
    for (const unit of units) {
      if (unit.used.length === 0) continue;
      const isPriced = this.isPriced(this.useOf(unit)) && this.ifPriced(() => this.useUnit(unit));
      if (!isPriced) unpriced.add(unit);
    }
    return unpriced;
  }

  /** Reserves quota for a rating group that asks for some; null where it has no price. */
  grant(unit: UnitUsage, requested: Measures): GrantedUnits | null {
    if (!this.isPriced(this.useOf(unit))) return null;
    let granted: GrantedUnits | null = null;
    this.ifPriced(() => (granted = this.grantUnit(unit, requested)));
    return granted;
  }

  private grantUnit(unit: UnitUsage, requested: Measures): GrantedUnits {
    const use = this.useOf(unit);
    const { usageClass } = use;
    const line = openLineOf(this.session, use);
    const question = this.questionOf(line);
    const asked = amountOf(usageClass, requested);
    const wanted = asked !== null && asked > 0n ? asked : this.sizeOf(unit, usageClass, question);
    const quantity = quantityOf(usageClass, line.used + wanted) - question.used.quantity;
    const quota = grantQuota({ ...question, wanted: quantity });
    this.reserve(unit, usageClass, quota);
    const amount = quota.quantity === quantity ? wanted : amountOfQuantity(usageClass, quota.quantity);
    const pace = this.session.pace.filter((each) => !isSamePlace(each, unit));
    const { ratingGroup, upfId } = unit;
    this.session = {
      ...this.session,
      pace: [...pace, { ratingGroup, upfId, at: this.at.systemNow, granted: amount }],
    };
    const { peer } = this.session;
    const { now, policy } = this.at;
    const until = addMs(now, policy.validitySeconds * 1000);
    const tariffChange = tariffChangeAfter(question.plan, peer, { at: now, until });
    return { ratingGroup, upfId, usageClass, amount, isFinal: quota.isFinal, tariffChange };
  }

  useOf({ ratingGroup }: UnitUsage): OnlineUse {
    return onlineUseOf(this.at.policy, ratingGroup, this.shownClass);
  }

  /** Whether the product is charged online for a kind of use and has a price for it. */
  isPriced({ usageClass, priced }: OnlineUse): boolean {
    const key = priced ? `${usageClass} ${priced.ratingGroup}` : usageClass;
    const known = this.priced.get(key);
    if (known !== undefined) return known;
    const { productId, startedAt, peer } = this.session;
    const product = this.at.book.productOf(productId);
    const one = { productId, usageClass, usedAt: startedAt, peer, quantity: 1n };
    const isPriced =
      product !== undefined &&
      product.onlineClasses.includes(usageClass) &&
      this.at.book.isPriced({ ...one, preratedAmount: priced?.each ?? null });
    this.priced.set(key, isPriced);
    return isPriced;
  }

  private useUnit(unit: UnitUsage): void {
    const use = this.useOf(unit);
    const touched = new Set(unit.used.map((used) => this.addUse(use, used)));
    for (const line of this.session.lines) if (touched.has(line.usageId)) this.charge(line);
  }

  /** Does something that may find no price (a zone or band without a rate); then nothing of it has happened, and false. */
  private ifPriced(work: () => void): boolean {
    const { session, group, funds, spending, overrun } = this;
    const usage = new Map(this.usage);
    const lengths = this.lists.map((list) => list.length);
    try {
      work();
      return true;
    } catch (error) {
      if (!isDomainError(error) || error.kind === 'unavailable') throw error;
      Object.assign(this, { session, group, funds, spending, overrun });
      this.usage.clear();
      for (const [id, rated] of usage) this.usage.set(id, rated);
      for (const [index, list] of this.lists.entries()) list.length = lengths[index] ?? 0;
      return false;
    }
  }

  private get lists(): unknown[][] {
    return [this.entries, this.totals, this.money, this.spendHolds];
  }

  private addUse(use: OnlineUse, used: UsedUnits): string {
    const { usageClass } = use;
    const line = openLineOf(this.session, use);
    const more = { ...line, used: line.used + (amountOf(usageClass, used) ?? 0n) };
    refuseTooMuch(usageClass, more.used);
    const others = this.session.lines.filter(({ usageId }) => usageId !== line.usageId);
    this.session = { ...this.session, lines: [...others, more] };
    // A call is split by its length; what has no length is split where the network says that the tariff changed.
    const changedAt = used.endsTariff && used.at !== null ? minInstant(used.at, this.at.now) : null;
    if (changedAt !== null && usageClass !== 'voice' && changedAt > line.from) {
      const next = newLine(this.session, use, changedAt);
      this.session = { ...this.session, lines: [...this.session.lines, next] };
    }
    return line.usageId;
  }

  private charge(line: SessionLine): void {
    const fact = factOf(this.session, line, this.at.book);
    const before = this.ratedOf(line);
    if (fact.quantity === (before?.quantity ?? 0n)) return;
    const { change, usage } = chargeLine(this.group, fact, before, this.planOf(line));
    this.group = change.group;
    this.entries.push(...change.entries);
    this.movesRollover ||= movesRollover(change);
    this.usage.set(line.usageId, usage);
    if (before) this.totals.push(contributionOf(before, before, -1n));
    this.totals.push(contributionOf(usage, usage));
    const due = usage.amount - (before?.amount ?? 0n);
    Object.assign(this, spendOnLine(this, line, amountFromMicro(due), this.at.book));
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

  private questionOf(line: SessionLine): Omit<QuotaQuestion, 'wanted'> {
    const fact = factOf(this.session, line, this.at.book);
    const before = this.ratedOf(line);
    return {
      used: eventOf(fact),
      plan: this.planOf(line),
      free: freeStateWithout(this.group, before),
      funds: withinCap(this.funds && freeFunds(this.funds, this.at.now), this.spending),
      ...(line.priced && { each: line.priced.each }),
    };
  }

  private sizeOf(unit: UnitUsage, usageClass: UsageClass, question: Omit<QuotaQuestion, 'wanted'>): bigint {
    const { policy, systemNow } = this.at;
    const sizes = grantSizeOf(policy, usageClass);
    const last = this.session.pace.find((each) => isSamePlace(each, unit));
    const used = unit.used.reduce((sum, each) => sum + (amountOf(usageClass, each) ?? 0n), 0n);
    const seconds = last ? (instantToMs(systemNow) - instantToMs(last.at)) / 1000 : 0;
    return grantSize({
      sizes,
      grantLastsSeconds: policy.grantLastsSeconds,
      shareOfFreePercent: policy.shareOfFreePercent,
      pace: last ? { used, seconds } : null,
      free: question.funds === null ? null : freeOf(usageClass, question, BigInt(sizes.maximum)),
    });
  }

  private reserve({ ratingGroup, upfId }: ReservationKey, usageClass: UsageClass, quota: Quota): void {
    const place = { ratingGroup, upfId, usageClass };
    const held: Reservation[] = heldUnits(quota.reserved, this.group.buckets, this.session.productId).map(
      (units) => ({ ...place, kind: 'units', ...units }),
    );
    this.moveReserved(held, 1n);
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
    if (held.length > 0) this.session = { ...this.session, reserved: [...this.session.reserved, ...held] };
  }

  private moveReserved(held: readonly Reservation[], sign: 1n | -1n): void {
    if (held.length === 0) return;
    this.group = { ...this.group, buckets: moveReserved(this.group.buckets, held, sign) };
  }

  private changeFunds({ funds, changes }: FundsChange): void {
    this.funds = funds;
    this.money.push(...changes);
  }

  private planOf({ usageClass, from }: SessionLine): UsagePlan {
    return this.at.book.planOf({ productId: this.session.productId, usageClass, usedAt: from });
  }

  private ratedOf({ usageId }: SessionLine): StoredUsage | undefined {
    const own = this.usage.get(usageId);
    return own ? { ...own, revision: 1 } : this.balances.usage.get(usageId);
  }
}
