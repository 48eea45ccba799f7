import {
  compareRatios,
  instantFromIso,
  instantToMs,
  isDomainError,
  ratioFromDecimal,
  ratioOf,
  roundRatio,
  type Ratio,
} from '@ronghe/kernel';
import {
  compileRateTable,
  drawBalances,
  priceEvent,
  type BalanceDraw,
  type EventPrice,
  type PricedUsage,
  type SpendableBalance,
} from '@ronghe/rating';
import { balancesOf } from './balances';
import { compare, type Figure } from './compare';
import { fieldsOf, type Fields, type Json } from './fields';
import { failed, passed, type Outcome } from './outcome';
import { entriesOf } from './rate-tables';
import { replaySession } from './sessions';

/** `usage_rating.json`: one event, or the steps of sessions. */
export function replayUsageRating(vector: Fields): Outcome {
  if (vector.has('steps')) return replaySession(vector);
  const service = vector.text('service');
  const event = vector.object('event');
  const { usage, units } = usageOf(service, event);
  const tariff = vector.object('tariff').skip('note', 'unit');
  const table = compileRateTable(entriesOf(tariff));
  const rounding = roundingOf(tariff);
  const isWhole = event.flag('allOrNothing');
  event.skip('account', 'service').finish();
  tariff.finish();
  const price = priceEvent(table, usage);
  const expected = vector.take('expected');
  try {
    if (!vector.has('balances')) {
      const exact = price.between(0n, units);
      return settle({ amount: rounding(exact), spans: price.spans(units) }, exact, expected);
    }
    const balances = balancesOf(vector, service, usage.destination);
    const draw = drawBalances(balances, units, price);
    return settle(
      drawn(isWhole && !draw.isCovered ? null : draw, balances, units, price),
      draw.amount,
      expected,
    );
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return compare({ error: error.code }, expected);
  }
}

/** What is used, from when and how much of it. */
function usageOf(service: string, event: Fields): { usage: PricedUsage; units: bigint } {
  const isDuration = service === 'voice';
  const startedAt = event.has('start') ? instantFromIso(event.text('start')) : null;
  const destination = event.textOr('destination') ?? '';
  const usage: PricedUsage = { destination, startedAt, zone: 'UTC', isDuration };
  if (event.has('end') && startedAt !== null) {
    const ms = instantToMs(instantFromIso(event.text('end'))) - instantToMs(startedAt);
    if (ms % 1000 !== 0) event.refuse('end', 'is not whole seconds after the start');
    return { usage, units: BigInt(ms / 1000) };
  }
  return { usage, units: event.whole(event.has('durationSeconds') ? 'durationSeconds' : 'quantity') };
}

/** A tariff may round an event's price; ours does so once, at the end. */
function roundingOf(tariff: Fields): (exact: Ratio) => Ratio {
  if (!tariff.has('rounding')) return (exact) => exact;
  const rounding = tariff.object('rounding');
  const mode = rounding.oneOf('mode', ['half_up', 'up']);
  const scale = Number(rounding.text('scale'));
  rounding.finish();
  return (exact) => roundRatio(exact, scale, mode);
}

/** @param draw null: nothing was served, since the whole was not covered */
function drawn(
  draw: BalanceDraw | null,
  before: readonly SpendableBalance[],
  units: bigint,
  price: EventPrice,
): { [name: string]: Figure } {
  const balances = draw?.balances ?? before;
  return {
    amount: draw?.amount ?? ratioOf(0n),
    servedSeconds: Number(draw?.served ?? 0n),
    consumptionOrder: draw?.drawn ?? [],
    spans: price.spans(units),
    balancesAfter: Object.fromEntries(
      balances.map(({ id, remaining }) => [
        id,
        typeof remaining === 'bigint' ? ratioOf(remaining) : remaining,
      ]),
    ),
    ...(draw?.isCovered ? {} : { error: 'insufficient_credit' }),
  };
}

/** Where engines round differently a vector gives bounds; the exact price must lie within. */
function settle(ours: { [name: string]: Figure }, exact: Ratio, expected: Json): Outcome {
  const fields = fieldsOf(expected, 'expected');
  const [low, high] = fields.list('amountBetween').map((bound) => ratioFromDecimal(String(bound)));
  if (!low || !high) {
    // A refusal that the vector does not speak of is a difference, whatever the other figures.
    if ('error' in ours && !fields.has('error')) return failed(`ours is refused: ${String(ours['error'])}`);
    return 'error' in ours || !fields.has('error') ? compare(ours, expected) : failed(`ours is not refused`);
  }
  if (compareRatios(exact, low) < 0 || compareRatios(exact, high) > 0) {
    return failed(`ours ${exact.numerator}/${exact.denominator} is out of bounds`);
  }
  const rest = Object.entries(expected as Record<string, Json>).filter(
    ([name]) => name !== 'amountBetween' && name !== 'amountExact',
  );
  return rest.length === 0 ? passed : compare(ours, Object.fromEntries(rest));
}
