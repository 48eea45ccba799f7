import fc from 'fast-check';
import { instantFromIso, ratioFromDecimal, ratioOf, type Ratio } from '@ronghe/kernel';
import { affordableUnits, priceEvent, type PricedUsage } from './event-price';
import { compileRateTable, type RateEntry } from './rate-table';
import { drawBalances, type SpendableBalance } from './spendable-balances';

const HOUR_MS = 3_600_000;
const decimal = ratioFromDecimal;
const entry = (price: string, more: Partial<RateEntry> = {}): RateEntry => ({
  prefixes: [],
  weekdays: null,
  months: null,
  monthDays: null,
  fromTimeMs: 0,
  weight: 0,
  connectFee: ratioOf(0n),
  steps: [{ from: 0n, price: decimal(price), perUnits: 1n, increment: 1n }],
  maximum: null,
  ...more,
});
const call = (startedAt: string, destination = '0755'): PricedUsage => ({
  destination,
  startedAt: instantFromIso(startedAt),
  zone: 'Asia/Shanghai',
  isDuration: true,
});
const price = (entries: RateEntry[], usage: PricedUsage, seconds: number): Ratio =>
  priceEvent(compileRateTable(entries), usage).between(0n, BigInt(seconds));

const day = [entry('2', { fromTimeMs: 7 * HOUR_MS }), entry('1'), entry('1', { fromTimeMs: 22 * HOUR_MS })];

it('splits a call over a band in local time', () => {
  expect(price(day, call('2026-06-10T21:59:30+08:00'), 60)).toEqual(decimal('90'));
});

it('splits a call over midnight into a day that a holiday prices', () => {
  const holiday = entry('5', { months: [6], monthDays: [11], weight: 1 });
  expect(price([...day, holiday], call('2026-06-10T23:59:50+08:00'), 30)).toEqual(decimal('110'));
});

it('counts increments over the whole call, not anew after a band', () => {
  const by60 = (rate: string, fromTimeMs: number) =>
    entry(rate, { fromTimeMs, steps: [{ from: 0n, price: decimal(rate), perUnits: 1n, increment: 60n }] });
  const table = [by60('2', 0), by60('1', 22 * HOUR_MS)];
  expect(price(table, call('2026-06-10T21:59:30+08:00'), 40)).toEqual(decimal('90'));
});

it('looks for the longest prefix', () => {
  const table = [entry('1'), entry('2', { prefixes: ['07'] }), entry('3', { prefixes: ['0755', '0756'] })];
  const of = (destination: string) => price(table, call('2026-06-10T12:00:00+08:00', destination), 1);
  expect([of('07551'), of('0757'), of('1')]).toEqual(['3', '2', '1'].map(decimal));
  expect(() => price([entry('1', { prefixes: ['9'] })], call('2026-06-10T12:00:00+08:00'), 1)).toThrow(
    'no rate for',
  );
});

it('costs nothing for nothing, a connect fee once, and no more than its maximum', () => {
  const table = [entry('2', { connectFee: decimal('5'), maximum: decimal('20') })];
  const at = call('2026-06-10T12:00:00+08:00');
  expect([0, 1, 100].map((seconds) => price(table, at, seconds))).toEqual(['0', '7', '20'].map(decimal));
});

it('affords what the budget pays and not one unit more', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 400 }), (budget) => {
      const at = priceEvent(compileRateTable(day), call('2026-06-10T21:59:00+08:00'));
      const units = affordableUnits(at, 0n, 200n, ratioOf(BigInt(budget)));
      expect(Number(at.between(0n, units).numerator)).toBeLessThanOrEqual(budget);
      if (units < 200n) expect(Number(at.between(0n, units + 1n).numerator)).toBeGreaterThan(budget);
    }),
  );
});

describe('balances', () => {
  const at = priceEvent(compileRateTable([entry('2')]), call('2026-06-10T12:00:00+08:00'));
  const units = (id: string, remaining: bigint, priority: number, more: object = {}): SpendableBalance => ({
    id,
    kind: 'units',
    remaining,
    increment: 1n,
    isBlocker: false,
    validity: null,
    band: null,
    priority,
    ...more,
  });
  const money = (remaining: string, mayBeNegative = false): SpendableBalance => ({
    id: 'money',
    kind: 'money',
    remaining: decimal(remaining),
    priority: 0,
    validity: null,
    band: null,
    mayBeNegative,
  });

  it('gives units by priority in whole increments, then money', () => {
    const draw = drawBalances(
      [units('b', 70n, 1, { increment: 60n }), units('a', 5n, 2), money('100')],
      75n,
      at,
    );
    expect(draw).toMatchObject({
      drawn: ['a', 'b', 'money'],
      served: 75n,
      amount: decimal('20'),
      isCovered: true,
    });
    expect(draw.balances.map(({ remaining }) => remaining)).toEqual([10n, 0n, decimal('80')]);
  });

  it('serves as much as there is', () => {
    expect(drawBalances([money('7')], 10n, at)).toMatchObject({
      served: 3n,
      amount: decimal('6'),
      isCovered: false,
    });
    expect(drawBalances([money('7', true)], 10n, at)).toMatchObject({
      amount: decimal('20'),
      isCovered: true,
    });
  });

  it('ends at a blocker', () => {
    const draw = drawBalances([units('stop', 4n, 1, { isBlocker: true }), money('100')], 10n, at);
    expect(draw).toMatchObject({ served: 4n, isCovered: false, amount: ratioOf(0n) });
  });
});
