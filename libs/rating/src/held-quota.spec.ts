import fc from 'fast-check';
import type { UsagePrice } from '@ronghe/contracts';
import { amountFromMicro, type Amount } from '@ronghe/kernel';
import { anyPrice, policies, rateModels, unitModels } from '../test/any-price.fixture';
import { local, lookupOf, plan, product, usage, voicePrice } from '../test/sample-offers';
import { movedCounters, type Counters } from './held-counters';
import { grantQuota, type Quota } from './quota';
import { rateUsage, type UsageEvent } from './rate-usage';
import type { RatingState } from './rating-state';
import { usagePlanOf, type UsagePlan } from './usage-plan';

/** What is free or flat is granted once: quota where others hold some of the same counter. */

const holding = product();
const planOf = (price: UsagePrice): UsagePlan =>
  usagePlanOf({
    holding,
    holdings: [holding],
    offers: lookupOf(plan({ usagePrices: [price] })),
    usageClass: 'voice',
    usedAt: local('2026-06-01'),
    policies,
  });
const second = { unit: 'second', increment: { initial: 1, repeat: 1 } } as const;
const priced = (more: Partial<UsagePrice>): UsagePlan => planOf(voicePrice({ ...second, ...more }));
const yuan = (units: bigint): Amount => amountFromMicro(units * 1_000_000n);
const perUnit = { kind: 'per-unit' as const, price: { amount: '1.00', per: '1' } };

const nothing: RatingState = { buckets: [], counters: {} };
const counted = (usagePlan: UsagePlan, units: bigint): RatingState => ({
  buckets: [],
  counters: units === 0n ? {} : { [usagePlan.counterKey]: { units, events: 1n } },
});
const start = (usageId: string, more: Partial<UsageEvent> = {}): UsageEvent =>
  usage({ usageId, usageClass: 'voice', quantity: 0n, ...more });

/** Sessions that ask one after the other, each with what those before it left of the funds. */
function askAll(
  usagePlan: UsagePlan,
  free: RatingState,
  funds: Amount,
  asked: { used: UsageEvent; wanted: bigint }[],
): { quotas: Quota[]; cost: bigint } {
  let held: Counters = {};
  let cost = 0n;
  const quotas = asked.map(({ used, wanted }) => {
    const left = amountFromMicro(funds - cost);
    const quota = grantQuota({ used, plan: usagePlan, free, wanted, funds: left, held });
    held = movedCounters(held, quota.counted, 1n);
    cost += quota.cost;
    return quota;
  });
  return { quotas, cost };
}

/** What sessions come to that use all they were granted, in this order. */
function priceOf(usagePlan: UsagePlan, free: RatingState, events: readonly UsageEvent[]): bigint {
  let state = free;
  let sum = 0n;
  for (const event of events) {
    const { rated, state: after } = rateUsage(state, event, usagePlan);
    state = after;
    sum += rated.amount;
  }
  return sum;
}

const quantities = ({ quotas }: ReturnType<typeof askAll>): bigint[] =>
  quotas.map(({ quantity }) => quantity);

describe('what is free or flat', () => {
  const three = (wanted: bigint) => ['a', 'b', 'c'].map((id) => ({ used: start(id), wanted }));

  it('is granted once where more gets dearer', () => {
    const free = priced({ model: perUnit, freeUnits: '10' });
    const asked = askAll(free, nothing, yuan(1n), three(10n));
    expect(quantities(asked)).toEqual([10n, 1n, 0n]);
    expect(asked.quotas.map(({ cost, isFinal }) => [cost, isFinal])).toEqual([
      [0n, false],
      [1_000_000n, true],
      [0n, true],
    ]);
    const tiers = [
      { upTo: '10', price: { amount: '0.10', per: '1' }, flat: '0.00', maximum: null },
      { upTo: null, price: { amount: '1.00', per: '1' }, flat: '0.00', maximum: null },
    ];
    const graduated = priced({ model: { kind: 'graduated', tiers } });
    expect(quantities(askAll(graduated, nothing, yuan(3n), three(10n)))).toEqual([10n, 2n, 0n]);
  });

  it('is granted once where it ends with a block', () => {
    const model = {
      kind: 'repeating-step' as const,
      price: perUnit.price,
      blockUnits: '100',
      blockMaximum: '5.00',
    };
    const block = priced({ model });
    const paid = counted(block, 5n);
    expect(quantities(askAll(block, paid, yuan(0n), three(90n)))).toEqual([90n, 5n, 0n]);
    expect(quantities(askAll(block, paid, yuan(5n), three(90n)))).toEqual([90n, 90n, 15n]);
  });

  it('is held back where more gets cheaper: who pays for the flat part may go', () => {
    const flat = priced({ model: perUnit, maximumSpend: '5.00' });
    const asked = askAll(flat, nothing, yuan(7n), three(10n));
    expect(quantities(asked)).toEqual([10n, 2n, 0n]);
  });

  it('is granted again once it was given back', () => {
    const free = priced({ model: perUnit, freeUnits: '10' });
    const ask = (held: Counters) =>
      grantQuota({ used: start('b'), plan: free, free: nothing, wanted: 10n, funds: yuan(0n), held });
    const first = ask({});
    expect(first.counted).toEqual({ [free.counterKey]: { units: 10n, events: 0n } });
    expect(ask(first.counted).quantity).toBe(0n);
    expect(ask(movedCounters(first.counted, first.counted, -1n)).quantity).toBe(10n);
  });

  it('is for everybody where nothing limits what may be spent, and nothing is held', () => {
    const free = priced({ model: perUnit, freeUnits: '10' });
    const held = { [free.counterKey]: { units: 10n, events: 1n } };
    const question = { used: start('a'), plan: free, free: nothing, wanted: 30n, funds: null };
    expect(grantQuota({ ...question, held })).toEqual(grantQuota(question));
    expect(grantQuota(question)).toMatchObject({ quantity: 30n, cost: 0n, counted: {} });
  });
});

const session = fc.record({
  used: fc.bigInt({ min: 0n, max: 60n }),
  wanted: fc.bigInt({ min: 1n, max: 1500n }),
  usedAt: fc.constantFrom('2026-06-16T21:55:00', '2026-06-16T12:00:00', '2026-06-18T23:59:30').map(local),
  peer: fc.constantFrom('8613800000000', '85212345678', '12025550100'),
});
const sessions = fc.array(session, { minLength: 2, maxLength: 4 });
const money = fc.bigInt({ min: 0n, max: 20_000_000n }).map(amountFromMicro);

describe('what several sessions hold', () => {
  const priceOfGrants = (
    usagePlan: UsagePlan,
    free: RatingState,
    funds: Amount,
    all: readonly { used: bigint; wanted: bigint; usedAt: UsageEvent['usedAt']; peer: string }[],
  ) => {
    const asked = all.map(({ wanted, usedAt, peer }, at) => ({
      used: start(String(at), { usedAt, peer }),
      wanted,
    }));
    const { quotas, cost } = askAll(usagePlan, free, funds, asked);
    const events = asked.map(({ used }, at) => ({ ...used, quantity: quotas[at]?.quantity ?? 0n }));
    return { cost, events };
  };

  it('covers what all of it comes to, by any price, as it was granted', () => {
    const prices = anyPrice(fc.oneof(unitModels, rateModels));
    fc.assert(
      fc.property(prices, sessions, money, (price, all, funds) => {
        const usagePlan = planOf({ ...price, cap: null });
        const { cost, events } = priceOfGrants(usagePlan, nothing, funds, all);
        expect(cost).toBeLessThanOrEqual(funds);
        expect(priceOf(usagePlan, nothing, events)).toBeLessThanOrEqual(cost);
      }),
    );
  });

  it('covers it in any order where only units count, on top of what is counted', () => {
    const before = fc.bigInt({ min: 0n, max: 3000n });
    const prices = anyPrice(unitModels.filter(({ kind }) => kind !== 'flat'));
    fc.assert(
      fc.property(prices, before, sessions, money, (price, units, all, funds) => {
        const usagePlan = planOf({ ...price, cap: null, roundEvent: null, connectFee: null });
        const free = counted(usagePlan, units);
        const { cost, events } = priceOfGrants(usagePlan, free, funds, all);
        expect(cost).toBeLessThanOrEqual(funds);
        expect(priceOf(usagePlan, free, events)).toBeLessThanOrEqual(cost);
        expect(priceOf(usagePlan, free, events.toReversed())).toBeLessThanOrEqual(cost);
      }),
    );
  });

  it('changes nothing of other prices, nor where it is nothing', () => {
    fc.assert(
      fc.property(anyPrice(fc.oneof(unitModels, rateModels)), session, money, (price, one, funds) => {
        const usagePlan = planOf(price);
        const { wanted, used: quantity, usedAt, peer } = one;
        const used = start('a', { quantity, usedAt, peer });
        const question = { used, plan: usagePlan, free: nothing, wanted, funds };
        const plain = grantQuota(question);
        expect(grantQuota({ ...question, held: {} })).toEqual(plain);
        const other = { [`${usagePlan.counterKey}-other`]: { units: 500n, events: 2n } };
        expect(grantQuota({ ...question, held: other })).toEqual(plain);
      }),
    );
  });

  it('is given back to the last unit', () => {
    fc.assert(
      fc.property(anyPrice(rateModels), sessions, (price, all) => {
        const usagePlan = planOf(price);
        const quotas = all.map(({ used, wanted, usedAt, peer }) =>
          grantQuota({
            used: start('a', { quantity: used, usedAt, peer }),
            plan: usagePlan,
            free: nothing,
            wanted,
            funds: yuan(1000n),
          }),
        );
        const sum = quotas.reduce<Counters>((held, quota) => movedCounters(held, quota.counted, 1n), {});
        const left = quotas.reduce((held, quota) => movedCounters(held, quota.counted, -1n), sum);
        expect(left).toEqual({});
      }),
    );
  });
});
