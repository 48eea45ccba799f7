import type { UsagePrice, UsagePriceModel, UsageUnit } from '@ronghe/contracts';
import {
  addRatios,
  DomainError,
  amountFromDecimal,
  assertNever,
  minAmount,
  multiplyRatios,
  multiplyToAmount,
  ratioFromDecimal,
  ratioOf,
  zeroAmount,
  type Amount,
} from '@ronghe/kernel';
import type { CompiledModel } from './models/compiled-model';
import { compileFlat } from './models/flat';
import { compilePerUnit } from './models/per-unit';
import { compileRepeatingStep } from './models/repeating-step';
import type { Counter } from './rating-state';

/** A usage price made ready: compiled once per version, then used for every event. */
export interface CompiledUsagePrice {
  readonly document: UsagePrice;
  readonly model: CompiledModel;
  /** Counted units (minutes, messages, KB) of one event of so many measured units (seconds, messages, KB). */
  countUnits(measured: bigint): bigint;
  /** R(price of all that the counter holds), before the cap. */
  priceOf(counter: Counter): Amount;
  /** The same, not more than the cap. */
  cappedPriceOf(counter: Counter): Amount;
  /** Null: no cap. */
  readonly cap: Amount | null;
}

const measuredPerUnit: Record<UsageUnit, bigint> = { minute: 60n, second: 1n, message: 1n, kb: 1n, item: 1n };
const compiled = new WeakMap<UsagePrice, CompiledUsagePrice>();

/**
 * Compiles a usage price; the same document object is compiled once.
 * Throws DomainError('invalid_ratio' | 'invalid_amount') for decimals that are none.
 */
export function compileUsagePrice(price: UsagePrice): CompiledUsagePrice {
  const known = compiled.get(price);
  if (known) return known;
  const model = compileModel(price.model);
  const connectFee = price.connectFee === null ? null : ratioFromDecimal(price.connectFee);
  const cap = price.cap === null ? null : amountFromDecimal(price.cap.amount);
  const priceOf = (counter: Counter): Amount => {
    const total = model.total(counter);
    return multiplyToAmount(
      1n,
      connectFee === null ? total : addRatios(total, multiplyRatios(connectFee, ratioOf(counter.events))),
    );
  };
  const result: CompiledUsagePrice = {
    document: price,
    model,
    countUnits: unitCounter(price),
    priceOf,
    cappedPriceOf: (counter) => (cap === null ? priceOf(counter) : minAmount(priceOf(counter), cap)),
    cap,
  };
  compiled.set(price, result);
  return result;
}

/** At least `initial`, then whole `repeat`s; nothing counts nothing. SEMANTICS §3. */
function unitCounter(price: UsagePrice): CompiledUsagePrice['countUnits'] {
  const initial = BigInt(price.increment.initial);
  const repeat = BigInt(price.increment.repeat);
  const perUnit = measuredPerUnit[price.unit];
  return (measured) => {
    if (measured <= 0n) return 0n;
    const counted = measured <= initial ? initial : initial + roundUp(measured - initial, repeat) * repeat;
    return roundUp(counted, perUnit);
  };
}

function roundUp(value: bigint, step: bigint): bigint {
  return (value + step - 1n) / step;
}

function compileModel(model: UsagePriceModel): CompiledModel {
  switch (model.kind) {
    case 'flat':
      return compileFlat(model);
    case 'per-unit':
      return compilePerUnit(model);
    case 'repeating-step':
      return compileRepeatingStep(model);
    case 'package':
    case 'graduated':
    case 'volume':
    case 'percentage':
    case 'graduated-percentage':
    case 'dynamic':
    case 'rates':
      throw new DomainError('price_model_unsupported', 'invalid', `${model.kind} is not rated yet`);
    default:
      return assertNever(model);
  }
}

/** A counter before any usage. */
export const emptyCounter: Counter = { units: 0n, events: 0n };

/** What a price charges for going from one counter to the next: never negative while prices are not. */
export function priceStep(price: CompiledUsagePrice, before: Counter, after: Counter): Amount {
  if (before.units === after.units && before.events === after.events) return zeroAmount;
  return (price.cappedPriceOf(after) - price.cappedPriceOf(before)) as Amount;
}
