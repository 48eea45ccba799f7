import { isDomainError, ratioOf, roundRatio, type Ratio } from '@ronghe/kernel';
import { priceEvent, type EventPrice } from './terms/event-price';
import { compileRateTable } from './terms/rate-table';
import { drawBalances, type BalanceDraw, type SpendableBalance } from './terms/spendable-balances';
import { balancesOf } from './balances';
import { compare, compareWithin, type Figure } from './compare';
import { fieldsOf, type Fields, type Json } from './fields';
import { failed, type Outcome } from './outcome';
import { entriesOf } from './rate-tables';
import { replaySession } from './sessions';
import { selectedEntry, usageOf } from './usage-events';

type Figures = { [name: string]: Figure };

/** `usage_rating.json`: one event, several of them, or the steps of sessions. */
export function replayUsageRating(vector: Fields): Outcome {
  if (vector.has('steps')) return replaySession(vector);
  const service = vector.text('service');
  const event = vector.object('event');
  const { usage, units } = usageOf(service, event);
  const tariff = vector.object('tariff').skip('note', 'unit');
  const entries = entriesOf(tariff);
  const rounded = roundingOf(tariff);
  const isWhole = event.flag('allOrNothing');
  if (event.has('operation')) event.oneOf('operation', ['max_session_duration']);
  event.skip('account', 'service').finish();
  tariff.finish();
  const expected = vector.take('expected');
  try {
    const table = compileRateTable(entries);
    const price = priceEvent(table, usage);
    if (!vector.has('balances')) {
      const amounts = units.map((each) => price.between(0n, each));
      const [amount = ratioOf(0n)] = amounts;
      return settle(
        {
          ...selectedEntry(entries, table, usage),
          ...eachOf(amounts.map(rounded)),
          spans: price.spans(units[0] ?? 0n),
        },
        amount,
        expected,
      );
    }
    const balances = balancesOf(vector, service, usage.destination);
    const { figures, amount } = drawAll(balances, units, price, isWhole);
    return settle(figures, amount, expected);
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return compare({ error: error.code }, expected);
  }
}

/** One event's amount; or that of each of several, where they are all the same. */
function eachOf(amounts: readonly Ratio[]): Figures {
  const [amount = ratioOf(0n)] = amounts;
  return amounts.length === 1 ? { amount } : { amountEach: amount };
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

/** Events one after the other on the same balances; the figures of the last, and of each. */
function drawAll(
  before: readonly SpendableBalance[],
  units: readonly bigint[],
  price: EventPrice,
  isWhole: boolean,
): { figures: Figures; amount: Ratio } {
  let balances = [...before];
  const steps = units.map((each): { draw: BalanceDraw; figures: Figures } => {
    const draw = drawBalances(balances, each, price);
    const isRefused = isWhole && !draw.isCovered;
    if (!isRefused) balances = draw.balances;
    return { draw, figures: figuresOf(isRefused ? null : draw, balances, each, price) };
  });
  const last = steps.at(-1);
  if (steps.length === 1 && last) return { figures: last.figures, amount: last.draw.amount };
  const list = steps.map(({ figures }) => figures);
  return {
    figures: { steps: list, balancesAfterEach: list.map(({ balanceAfter }) => balanceAfter ?? null) },
    amount: ratioOf(0n),
  };
}

/** @param draw null: nothing was served, since the whole was not covered */
function figuresOf(
  draw: BalanceDraw | null,
  balances: readonly SpendableBalance[],
  units: bigint,
  price: EventPrice,
): Figures {
  const left = balances.map(({ id, remaining }): [string, Ratio] => [
    id,
    typeof remaining === 'bigint' ? ratioOf(remaining) : remaining,
  ]);
  const isCovered = draw?.isCovered ?? false;
  const served = Number(draw?.served ?? 0n);
  return {
    amount: draw?.amount ?? ratioOf(0n),
    ok: isCovered,
    allowed: isCovered,
    servedSeconds: served,
    maxDurationSeconds: served,
    consumptionOrder: draw?.drawn ?? [],
    spans: price.spans(units),
    balancesAfter: Object.fromEntries(left),
    ...(left.length === 1 ? { balanceAfter: left[0]?.[1] ?? null } : {}),
    ...(isCovered ? {} : { error: 'insufficient_credit' }),
  };
}

/** Where engines round differently a vector gives bounds; the exact price must lie within. */
function settle(ours: Figures, exact: Ratio, expected: Json): Outcome {
  const fields = fieldsOf(expected, 'expected');
  if (fields.has('amountBetween')) return compareWithin(exact, ours, fields);
  // A refusal that the vector does not speak of is a difference, whatever the other figures.
  const isAsked = ['error', 'maxDurationSeconds', 'allowed', 'ok'].some((name) => fields.has(name));
  if ('error' in ours && !isAsked) return failed(`ours is refused: ${String(ours['error'])}`);
  if (fields.has('error') && !('error' in ours)) return failed('ours is not refused');
  return compare(ours, expected);
}
