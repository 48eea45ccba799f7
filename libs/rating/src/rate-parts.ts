import {
  addRatios,
  minRatio,
  multiplyRatios,
  ratioOf,
  subtractRatios,
  zeroRatio,
  type Amount,
  type Ratio,
} from '@ronghe/kernel';
import { drawUnits, sumTakes, type OpenBucket } from './bucket-draw';
import { countedOfParts, type OpenCounter, type OpenCounters } from './open-counters';
import type { BucketTake, RatedPart, RatedUsage, UsageEvent } from './rate-usage';
import type { Counter } from './rating-state';
import { roundedAmount } from './rounded-amount';
import type { UsagePlan } from './usage-plan';
import type { CompiledUsagePrice } from './usage-price';
import type { CompiledRate, CompiledRates } from './usage-rates';
import { stretchesOf, type Stretch } from './usage-stretches';

/** A stretch after allowances: what of it is counted for its price. */
interface DrawnStretch {
  stretch: Stretch;
  /** Taken, charged and refused ones. */
  units: bigint;
  takes: BucketTake[];
  chargedUnits: bigint;
  blocked: bigint;
  /** Measured units that are priced. */
  measured: bigint;
}

/**
 * Rates an event whose price has rates: each stretch draws on the allowances for its zone and band, and what is left is
 * counted and priced in the stretch's own cell. The connect fee is the one of the rate at the start of the event.
 */
export function rateParts(
  event: UsageEvent,
  plan: UsagePlan,
  rates: CompiledRates,
  buckets: readonly OpenBucket[],
  counters: OpenCounters,
): RatedUsage {
  const { price, counterKey } = plan;
  const whole = counters.at(counterKey);
  const drawn = drawStretches(stretchesOf(event, plan, rates), event, price, buckets, whole);
  const before = whole.charged(price);
  const parts = priceStretches(drawn, plan, counters, whole);
  const chargedUnits = drawn.reduce((sum, each) => sum + each.chargedUnits, 0n);
  if (chargedUnits > 0n) whole.add(countedOfParts(chargedUnits, parts));
  const after = whole.charged(price);
  const blocked = drawn.reduce((sum, each) => sum + each.blocked, 0n);
  const rated: RatedUsage = {
    usageId: event.usageId,
    productId: event.productId,
    bookedProductId: plan.bookedProductId,
    chargeCode: plan.chargeCode,
    counterKey,
    unitsTotal: drawn.reduce((sum, { units }) => sum + units, 0n),
    takes: drawn.length === 1 ? (drawn[0]?.takes ?? []) : sumTakes(drawn.flatMap(({ takes }) => takes)),
    chargedUnits,
    amount: (after - before) as Amount,
    zeroedByCap: chargedUnits > 0n && price.cap !== null && before >= price.cap,
    capReached: price.cap !== null && after >= price.cap,
  };
  if (blocked > 0n) rated.blockedUnits = blocked;
  if (parts.length > 0) rated.parts = parts;
  return rated;
}

/**
 * A unit (a minute) is drawn by the stretch in which it begins; what of a unit reaches into the next stretch goes with
 * it: taken there where it was taken here, else priced there at that stretch's rate. Allowances give what the price
 * counts; the increment of the last step lengthens what is left for it to charge.
 */
function drawStretches(
  stretches: readonly Stretch[],
  event: UsageEvent,
  price: CompiledUsagePrice,
  buckets: readonly OpenBucket[],
  whole: Counter,
): DrawnStretch[] {
  const { measuredPerUnit: size } = price;
  const counted = price.countMeasured(event.quantity);
  let freeLeft = price.freeUnits > whole.units ? price.freeUnits - whole.units : 0n;
  let isLastCovered = false;
  let ahead = 0n;
  return stretches.map((stretch) => {
    const first = price.unitsOf(stretch.from);
    const wanted = price.unitsOf(minimum(stretch.to, counted)) - first;
    const given = minimum(ahead, wanted);
    const draw = drawUnits(buckets, event, stretch.rate, wanted - given);
    ahead += draw.ahead - given;
    const { takes, blocked } = draw;
    const to = draw.left > 0n ? stretch.to : minimum(stretch.to, counted);
    const left = draw.left > 0n ? draw.left + price.unitsOf(to) - first - wanted : 0n;
    const free = minimum(freeLeft, left);
    freeLeft -= free;
    const units = price.unitsOf(to) - first;
    const covered = units - left + free - blocked;
    const head = minimum(to, first * size) - stretch.from;
    const tail = to - minimum(to, (first + covered) * size);
    const measured = (isLastCovered ? 0n : head) + (blocked > 0n ? 0n : tail);
    if (units > 0n) isLastCovered = blocked > 0n || covered === units;
    return { stretch, units: units - given + draw.ahead, takes, chargedUnits: left, blocked, measured };
  });
}

function minimum(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function priceStretches(
  drawn: readonly DrawnStretch[],
  plan: UsagePlan,
  counters: OpenCounters,
  whole: OpenCounter,
): RatedPart[] {
  const { price, counterKey } = plan;
  const isCounted = drawn.some(({ measured }) => measured > 0n);
  const exact = price.isEventPriced && isCounted ? exactPrices(drawn, price) : null;
  const spentBefore = whole.spent ?? 0n;
  let spent = spentBefore;
  let charged = whole.charged(price);
  return drawn.map(({ stretch, units, takes, chargedUnits, measured }, index) => {
    const { rate, step } = stretch;
    const cell = rate.cells[step] ?? '';
    const counter = counters.cellAt(counterKey, cell);
    const counted: Counter = { units: measured, events: index === 0 && isCounted ? 1n : 0n };
    const before = cellAmount(counter, rate, step, price);
    const eventPrice = exact?.[index];
    if (eventPrice) counted.price = eventPrice;
    if (isCounted) counter.add(counted);
    const listAmount = (isCounted ? cellAmount(counter, rate, step, price) - before : 0n) as Amount;
    spent += listAmount;
    const limited = price.limit(spent as Amount, isCounted || whole.events > 0n);
    const amount = (limited - charged) as Amount;
    charged = limited;
    return { cell, unitsTotal: units, takes, chargedUnits, counted, listAmount, amount };
  });
}

/** What a cell's counter comes to. */
export function cellAmount(
  counter: Counter,
  rate: CompiledRate,
  step: number,
  { isEventPriced }: Pick<CompiledUsagePrice, 'isEventPriced'>,
): Amount {
  if (isEventPriced) return roundedAmount(counter.price ?? zeroRatio);
  const price = rate.steps[step]?.price ?? zeroRatio;
  const { connectFee: fee } = rate;
  if (fee === null) {
    return roundedAmount({ numerator: price.numerator * counter.units, denominator: price.denominator });
  }
  return roundedAmount({
    numerator:
      price.numerator * counter.units * fee.denominator + fee.numerator * counter.events * price.denominator,
    denominator: price.denominator * fee.denominator,
  });
}

/**
 * The exact price of each stretch where the event as a whole has a maximum or is rounded: the maximum cuts the later
 * ones, the rounding goes to the last that is counted.
 */
function exactPrices(drawn: readonly DrawnStretch[], price: CompiledUsagePrice): Ratio[] {
  const start = drawn[0]?.stretch.rate;
  const maximum = start?.maximumPerEvent ?? null;
  let sum: Ratio = zeroRatio;
  const prices = drawn.map(({ stretch: { rate, step }, measured }, index) => {
    const linear = multiplyRatios(rate.steps[step]?.price ?? zeroRatio, ratioOf(measured));
    const fee = index === 0 ? (rate.connectFee ?? zeroRatio) : zeroRatio;
    const before = sum;
    sum = addRatios(sum, addRatios(linear, fee));
    if (maximum !== null) sum = minRatio(sum, maximum);
    return subtractRatios(sum, before);
  });
  const last = drawn.findLastIndex(({ measured }) => measured > 0n);
  const rounding = subtractRatios(price.roundEvent(sum), sum);
  return prices.map((each, index) => (index === last ? addRatios(each, rounding) : each));
}
