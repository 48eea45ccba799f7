import type { UsageRate, UsageRates } from '@ronghe/contracts';
import type { Located, ProblemList } from './authored-set';
import { unitsIn } from './price-units';
import type { AuthoredRate, AuthoredUsagePrice } from './usage-price-schema';

/** Rates are counted in measured units: seconds, KB, messages. */
const MEASURED = 'second';

/** Rates as a document. Whether their zones and bands exist is checked once all policies are known. */
export function resolveRates(
  at: Located<AuthoredUsagePrice>,
  rates: readonly AuthoredRate[],
  list: ProblemList,
): UsageRates {
  const { zonePlan = null, calendar = null } = at.value;
  checkReach(at, rates, list);
  return {
    zonePlan,
    calendar,
    rates: rates.map((rate, index) => {
      const field = ['rates', index];
      if (rate.zone !== undefined && zonePlan === null) {
        list.add(at, [...field, 'zone'], 'needs a zonePlan beside the rates');
      }
      if (rate.band !== undefined && calendar === null) {
        list.add(at, [...field, 'band'], 'needs a calendar beside the rates');
      }
      return {
        zone: rate.zone ?? null,
        band: rate.band ?? null,
        steps: stepsOf({ ...at, path: [...at.path, ...field], value: rate }, list),
        connectFee: rate.connectFee ?? null,
        maximumPerEvent: rate.atMost ?? null,
      };
    }),
  };
}

function stepsOf(at: Located<AuthoredRate>, list: ProblemList): UsageRate['steps'] {
  const { price, steps } = at.value;
  if ((price === undefined) === (steps === undefined)) {
    list.add(at, [price ? 'steps' : 'price'], 'needs either a price or steps');
    return [];
  }
  if (price) {
    return [
      { from: '0', price: { amount: price.amount, per: unitsIn(price.per, MEASURED) }, increment: '1' },
    ];
  }
  return (steps ?? []).map((step, index) => {
    const before = steps?.[index - 1];
    const field = ['steps', index, 'from'];
    if (!before && step.from.units !== 0n) list.add(at, field, 'the first step begins at 0');
    if (before && step.from.units <= before.from.units) {
      list.add(at, field, 'must be more than that of the step before');
    }
    return {
      from: unitsIn(step.from, MEASURED),
      price: { amount: step.price.amount, per: unitsIn(step.price.per, MEASURED) },
      increment: step.counted ? unitsIn(step.counted, MEASURED) : '1',
    };
  });
}

/** The first rate that fits counts: one behind a wider rate is never reached. */
function checkReach(at: Located<unknown>, rates: readonly AuthoredRate[], list: ProblemList): void {
  const keyOf = (zone: string, band: string) => `${zone}|${band}`;
  const seen = new Map<string, number>();
  rates.forEach(({ zone = '', band = '' }, index) => {
    const wider = [keyOf(zone, band), keyOf(zone, ''), keyOf('', band), keyOf('', '')];
    const covering = wider.map((key) => seen.get(key)).find((found) => found !== undefined);
    if (covering !== undefined) {
      list.add(at, ['rates', index], `is never reached: rates[${covering}] fits all of it`);
    }
    seen.set(keyOf(zone, band), index);
  });
}
