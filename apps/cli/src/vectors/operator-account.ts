import {
  amountFromDecimal,
  amountFromMicro,
  billPeriodAt,
  parseLocalDate,
  startOfLocalDate,
  zeroAmount,
  type Amount,
  type Instant,
} from '@ronghe/kernel';
import {
  backOutUsage,
  drawMoney,
  expireMoney,
  freeMoney,
  giveBackMoney,
  openState,
  periodEntitlements,
  rateUsage,
  UsageMeter,
  usagePlanOf,
  type Holding,
  type MoneyTake,
  type Purse,
  type RatedUsage,
  type RatingState,
  type UsageEvent,
  type UsagePlan,
} from '@ronghe/rating';
import { ALWAYS, type VectorBalance } from './balances';
import { OFFER, type OperatorTariff } from './operator-tariff';
import { purseOf } from './vector-purse';

/** Zone of all vectors: none names another. */
export const ZONE = 'UTC';
const PRODUCT = 'product';
const always = startOfLocalDate(parseLocalDate('1970-01-01'), ZONE);

const holding: Holding = {
  productId: PRODUCT,
  accountId: 'account',
  offeringCode: OFFER,
  offeringVersion: 1,
  role: 'main',
  card: 'main',
  bundleId: null,
  bundleOfferingCode: null,
  bundleOfferingVersion: null,
  cardGroupId: PRODUCT,
  effectiveFrom: always,
  effectiveTo: null,
};

/** Usage from an instant on, to a destination. */
export interface UsageStart {
  destination: string;
  startedAt: Instant;
}

/**
 * A customer who holds the vector's offer: rated, granted and charged by the functions of the engine that the product's
 * usage files and online sessions are rated, granted and charged by.
 */
export class OperatorAccount {
  state: RatingState;
  /** Null: pays afterwards. */
  purse: Purse | null;
  private readonly plans = new Map<Instant, UsagePlan>();

  /** @param balances null: there are none, and all is paid afterwards */
  constructor(
    private readonly tariff: OperatorTariff,
    readonly balances: readonly VectorBalance[] | null,
    at: Instant,
  ) {
    const cycle = { billDay: 1, zone: ZONE };
    const grants = periodEntitlements({
      cardGroupId: PRODUCT,
      holdings: [holding],
      offers: () => tariff.offer,
      period: billPeriodAt(at, cycle),
      cycle,
    });
    const validityOf = new Map((balances ?? []).map(({ id, validity }) => [codeOf(id), validity]));
    this.state = openState(
      grants.map((grant) => {
        // As a top-up gives units: from then, until then, whatever the bill period.
        const validity = validityOf.get(grant.code) ?? ALWAYS;
        return { ...grant, validFrom: validity.from, validTo: validity.to };
      }),
    );
    this.purse = balances && purseOf(balances);
  }

  /** The plan of usage that starts then. */
  planAt(usedAt: Instant): UsagePlan {
    const known = this.plans.get(usedAt);
    if (known) return known;
    const { tariff } = this;
    const inForce = <P>(document: P | null) =>
      document && { document, from: parseLocalDate('1970-01-01'), to: null };
    const plan = usagePlanOf({
      holding,
      holdings: [holding],
      offers: () => tariff.offer,
      usageClass: tariff.usageClass,
      usedAt,
      zone: ZONE,
      policies: { zonePlan: () => inForce(tariff.zonePlan), calendar: () => inForce(tariff.calendar) },
    });
    this.plans.set(usedAt, plan);
    return plan;
  }

  /** An event of so many units. */
  eventOf({ destination, startedAt }: UsageStart, quantity: bigint, usageId = 'usage'): UsageEvent {
    const { usageClass } = this.tariff;
    const peer = destination === '' ? null : destination;
    const place = { source: 'vector', recordId: usageId, isLate: false };
    return { usageId, productId: PRODUCT, usageClass, usedAt: startedAt, quantity, peer, ...place };
  }

  /** Rates events one after the other as a usage file's, on no allowances. */
  rateAll(start: UsageStart, quantities: readonly bigint[]): RatedUsage[] {
    const meter = new UsageMeter({ buckets: [], counters: {} });
    const plan = this.planAt(start.startedAt);
    return quantities.map((quantity) => meter.rate(this.eventOf(start, quantity), plan));
  }

  /** Rates use at its total in place of what was rated of it before, and takes or gives back the difference. */
  charge(before: RatedUsage | null, event: UsageEvent, now: Instant): Charged {
    const state = before ? backOutUsage(this.state, before) : this.state;
    const { rated, state: after } = rateUsage(state, event, this.planAt(event.usedAt));
    this.state = after;
    return { rated, ...this.pay(rated.amount - (before?.amount ?? 0n), now, event.usedAt) };
  }

  private pay(due: bigint, at: Instant, since: Instant): Omit<Charged, 'rated'> {
    if (!this.purse || due === 0n) return { paid: [], overrun: zeroAmount };
    if (due < 0n) {
      this.purse = giveBackMoney(this.purse, {
        amount: amountFromMicro(-due),
        taxClass: 'service',
        at,
      }).purse;
      return { paid: [], overrun: zeroAmount };
    }
    const reason = { kind: 'use' as const, taxClass: 'service' };
    const { purse, takes, overrun } = drawMoney(this.purse, amountFromMicro(due), at, reason, since);
    this.purse = purse;
    return { paid: takes, overrun };
  }

  /** What may be spent; null: there is no end to it. */
  funds(at: Instant): Amount | null {
    return this.purse && freeMoney(this.purse, at);
  }

  /** Money that has ended goes. */
  expire(at: Instant): void {
    if (this.purse) this.purse = expireMoney(this.purse, at).purse;
  }

  /** Of each balance what is left after what sessions hold: units or yuan; with money that is held apart. */
  leftOf({ id, units, access, value }: VectorBalance, heldUnits: (code: string) => bigint): bigint {
    if (access === 'others') return units ? BigInt(value) : amountFromDecimal(value);
    if (units !== null) {
      const bucket = this.state.buckets.find(({ code }) => code === codeOf(id));
      return (bucket?.remaining ?? 0n) - heldUnits(codeOf(id));
    }
    const money = this.purse?.buckets.find(({ bucketId }) => bucketId === id);
    return money ? money.remaining - money.reserved : 0n;
  }
}

/** What a charge came to. */
export interface Charged {
  rated: RatedUsage;
  /** What money paid, in its order. */
  paid: MoneyTake[];
  /** What nothing covered. */
  overrun: Amount;
}

/** The code of the bucket that a balance of units has become. */
export function codeOf(balanceId: string): string {
  return `${OFFER}/${balanceId}`;
}
