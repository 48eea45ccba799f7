import { DomainError, zeroAmount, type Amount } from '@ronghe/kernel';
import { drawUnits, take, type OpenBucket } from './bucket-draw';
import { compareBuckets, servesUsage } from './bucket-order';
import { OpenCounters } from './open-counters';
import { rateParts } from './rate-parts';
import type { BucketTake, RatedPart, RatedUsage, UsageEvent } from './rate-usage';
import type { Counter, RatingState } from './rating-state';
import type { UsagePlan } from './usage-plan';
import { billableUnits, eventPriceOf, type CompiledUsagePrice } from './usage-price';

/**
 * Rates many events of one card group and period against a state that it changes in place: what a batch of usage, a
 * re-rate and a session use. The rules are here and nowhere else; `rateUsage` is one event of it.
 */
export class UsageMeter {
  private readonly buckets: OpenBucket[];
  private readonly inOrder: readonly OpenBucket[];
  /** Of the plan that was asked for last; a meter of one event has no other. */
  private served: ServedBuckets | null = null;
  private byPlan: Map<UsagePlan, ServedBuckets> | null = null;
  private readonly counters: OpenCounters;

  constructor(initial: RatingState) {
    this.buckets = initial.buckets.map((bucket) => ({
      bucket,
      remaining: bucket.remaining,
      memberUsed: null,
    }));
    this.inOrder = inOrderOfUse(this.buckets);
    this.counters = new OpenCounters(initial.counters);
  }

  /**
   * Rates one event; events come in canonical order. Stages (SEMANTICS §3): count units → split by zone, band and step
   * where the price has rates → take from allowances → price the rest R(price(after)) − R(price(before)) → bring the sum of
   * these, whatever price each was at, within the period's minimum, maximum and cap. Throws DomainError, and is then as before: `usage_negative`,
   * `usage_price_missing` (a part without a rate), `prerated_amount_missing` (the price is of an amount that is not there).
   */
  rate(event: UsageEvent, plan: UsagePlan): RatedUsage {
    if (event.quantity < 0n) {
      throw new DomainError('usage_negative', 'invalid', 'usage is not negative', { usageId: event.usageId });
    }
    const { price } = plan;
    const isOfAmount = price.model.pricesAmounts && event.quantity > 0n;
    if (isOfAmount && (event.preratedAmount === undefined || event.preratedAmount === null)) {
      throw new DomainError(
        'prerated_amount_missing',
        'invalid',
        `${plan.chargeCode} is priced by its amount`,
        {
          usageId: event.usageId,
        },
      );
    }
    const buckets = this.bucketsOf(event, plan);
    return price.rates === null
      ? this.rateWhole(event, plan, buckets)
      : rateParts(event, plan, price.rates, buckets, this.counters);
  }

  /** Is as it was at first again. */
  reset(): void {
    for (const open of this.buckets) {
      open.remaining = open.bucket.remaining;
      open.memberUsed = null;
    }
    this.counters.reset();
  }

  /** The buckets from which anything was taken, or given back. */
  moved(): OpenBucket[] {
    return this.buckets.filter(isMoved);
  }

  /** The counters as they are now; the very object that was given where nothing was counted. */
  counted(): Readonly<Record<string, Counter>> {
    return this.counters.close();
  }

  /** The state as it is now; the one given at first is not changed. */
  state(): RatingState {
    return { buckets: this.buckets.map(closeBucket), counters: this.counted() };
  }

  /** Takes an event back: exact for the one that was rated last, provisional for those behind an earlier one. */
  backOut(rated: RatedEffect): void {
    for (const { bucketCode, units } of rated.takes) {
      const open = this.buckets.find(({ bucket }) => bucket.code === bucketCode);
      if (open) take(open, rated.productId, -units);
    }
    this.counters.takeBack(rated);
  }

  private rateWhole(event: UsageEvent, plan: UsagePlan, buckets: readonly OpenBucket[]): RatedUsage {
    const { price, counterKey } = plan;
    const units = price.countUnits(event.quantity);
    const { takes, left, blocked, ahead } = drawUnits(buckets, event, nowhere, units);
    const unitsTotal = units + ahead;
    const { cap } = price;
    // What allowances cover changes no counter, and without a cap nothing depends on it.
    if (left === 0n && cap === null) return coveredUsage(event, plan, { unitsTotal, takes, blocked });
    const counter = this.counters.at(counterKey);
    const before = counter.charged(price);
    let parts: RatedPart[] | undefined;
    if (left > 0n) {
      const keepsSpent = price.isLimited || counter.spent !== undefined;
      if (isPlain(price) && !keepsSpent) counter.count(left);
      else {
        const counted = countedOf(counter, price, left, shareOfAmount(event, left, units));
        let worth: Amount | null = null;
        if (keepsSpent) worth = counter.spend(counted, price);
        else counter.add(counted);
        const amount = (counter.charged(price) - before) as Amount;
        const listAmount = worth ?? amount;
        parts = [{ cell: '', unitsTotal, takes, chargedUnits: left, counted, listAmount, amount }];
      }
    }
    const after = counter.charged(price);
    const amount = (after - before) as Amount;
    const rated: RatedUsage = {
      usageId: event.usageId,
      productId: event.productId,
      bookedProductId: plan.bookedProductId,
      chargeCode: plan.chargeCode,
      counterKey,
      unitsTotal,
      takes,
      chargedUnits: left,
      amount,
      zeroedByCap: left > 0n && cap !== null && before >= cap,
      capReached: cap !== null && after >= cap,
    };
    if (blocked > 0n) rated.blockedUnits = blocked;
    if (parts) rated.parts = parts;
    return rated;
  }

  /** The buckets that serve the plan's usage by this product, in the order of use. */
  private bucketsOf(event: UsageEvent, plan: UsagePlan): readonly OpenBucket[] {
    const { productId } = event;
    const last = this.served;
    if (last?.plan === plan && last.productId === productId) return last.buckets;
    if (last) (this.byPlan ??= new Map<UsagePlan, ServedBuckets>()).set(last.plan, last);
    const known = this.byPlan?.get(plan);
    if (known?.productId === productId) return (this.served = known).buckets;
    const { unit } = plan.price.document;
    const buckets = this.inOrder.filter(({ bucket }) => servesUsage(bucket, unit, event));
    this.served = { plan, productId, buckets };
    return buckets;
  }
}

/** Usage of which nothing is charged. */
function coveredUsage(
  { usageId, productId }: UsageEvent,
  { bookedProductId, chargeCode, counterKey }: UsagePlan,
  { unitsTotal, takes, blocked }: { unitsTotal: bigint; takes: BucketTake[]; blocked: bigint },
): RatedUsage {
  const rated: RatedUsage = {
    usageId,
    productId,
    bookedProductId,
    chargeCode,
    counterKey,
    unitsTotal,
    takes,
    chargedUnits: 0n,
    amount: zeroAmount,
    zeroedByCap: false,
    capReached: false,
  };
  if (blocked > 0n) rated.blockedUnits = blocked;
  return rated;
}

/** The buckets that serve a plan's usage by a product. */
interface ServedBuckets {
  plan: UsagePlan;
  productId: string;
  buckets: readonly OpenBucket[];
}

/** Buckets as `compareBuckets` orders them; mostly they are stored so. */
function inOrderOfUse(buckets: readonly OpenBucket[]): readonly OpenBucket[] {
  for (let at = 1; at < buckets.length; at += 1) {
    const [a, b] = [buckets[at - 1], buckets[at]];
    if (a && b && compareBuckets(a.bucket, b.bucket) > 0) return buckets.toSorted(byUse);
  }
  return buckets;
}

function byUse(a: OpenBucket, b: OpenBucket): number {
  return compareBuckets(a.bucket, b.bucket);
}

/** What of a rated event changed the state. */
export type RatedEffect = Pick<RatedUsage, 'productId' | 'counterKey' | 'takes' | 'chargedUnits' | 'parts'>;

const nowhere = { zone: '', band: '' };

/** Units alone say what is added to the counter. */
function isPlain({ freeUnits, isEventPriced, model }: CompiledUsagePrice): boolean {
  return freeUnits === 0n && !isEventPriced && !model.pricesAmounts;
}

/** What a charged event adds to its counter. */
function countedOf(before: Counter, price: CompiledUsagePrice, units: bigint, amount: Amount): Counter {
  const { model } = price;
  const billable = billableUnits(price, before.units + units) - billableUnits(price, before.units);
  const events = model.pricesAmounts || billable > 0n ? 1n : 0n;
  const counted: Counter = { units, events };
  if (model.pricesAmounts) counted.amount = amount;
  if (price.isEventPriced) {
    const after = { units: before.units + units, events: before.events + events };
    counted.price = eventPriceOf(price, before, after, amount);
  }
  return counted;
}

/** The part of an event's own amount that no allowance has covered. */
function shareOfAmount({ preratedAmount }: UsageEvent, charged: bigint, total: bigint): Amount {
  const amount = preratedAmount ?? 0n;
  return (charged === total ? amount : (amount * charged) / total) as Amount;
}

function isMoved({ bucket, remaining, memberUsed }: OpenBucket): boolean {
  return remaining !== bucket.remaining || memberUsed !== null;
}

function closeBucket(open: OpenBucket): OpenBucket['bucket'] {
  if (!isMoved(open)) return open.bucket;
  const { bucket, remaining, memberUsed } = open;
  return memberUsed === null ? { ...bucket, remaining } : { ...bucket, remaining, memberUsed };
}
