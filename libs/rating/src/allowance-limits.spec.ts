import type { Allowance, OfferDocument, UsagePrice } from '@ronghe/contracts';
import { billPeriodAt, nextBillPeriod } from '@ronghe/kernel';
import { policies } from '../test/any-price.fixture';
import {
  cycle,
  dataAllowance,
  dataPrice,
  local,
  lookupOf,
  plan,
  product,
  subCard,
  usage,
} from '../test/sample-offers';
import { periodEntitlements } from './entitlements';
import { explanationText } from './explanation';
import type { Holding } from './holding';
import { rateUsage, type RatedUsage, type UsageEvent } from './rate-usage';
import { openState, rollover, type RatingState } from './rating-state';
import { usagePlanOf } from './usage-plan';

const june = billPeriodAt(local('2026-06-15'), cycle);
const main = product();
const sub = product({ productId: 'sub', card: 'sub', role: 'sub', offeringCode: subCard.code });
const holdings: Holding[] = [main, sub];

const minutes = (more: Partial<Allowance>) =>
  dataAllowance({ usageClasses: ['voice'], unit: 'second', wholeUnits: '1', rollover: null, ...more });
const calls = (more: Partial<UsagePrice> = {}): UsagePrice =>
  dataPrice({
    usageClass: 'voice',
    unit: 'second',
    model: {
      kind: 'rates',
      rates: {
        zonePlan: 'world',
        calendar: 'week',
        rates: [
          {
            zone: null,
            band: null,
            steps: [{ from: '0', price: { amount: '0.01', per: '1' }, increment: '1' }],
            connectFee: null,
            maximumPerEvent: null,
          },
        ],
      },
    },
    ...more,
  });

function planOf(offer: OfferDocument, event: UsageEvent, others: Holding[] = holdings) {
  const holding = others.find(({ productId }) => productId === event.productId) ?? main;
  const { usageClass, usedAt } = event;
  return usagePlanOf({ holding, holdings: others, offers: lookupOf(offer), usageClass, usedAt, policies });
}

function opened(offer: OfferDocument, others = holdings, period = june): RatingState {
  return openState(
    periodEntitlements({ cardGroupId: 'main', holdings: others, offers: lookupOf(offer), period, cycle }),
  );
}

/** Rates events one after the other and tells what each took, was charged and refused. */
function rateAll(offer: OfferDocument, ...events: UsageEvent[]) {
  let state = opened(offer);
  const rated = events.map((event) => {
    const step = rateUsage(state, event, planOf(offer, event), { trace: true });
    state = step.state;
    return step.rated;
  });
  return { state, rated, told: rated.map(summary) };
}

const summary = ({ takes, chargedUnits, blockedUnits = 0n }: RatedUsage) =>
  [...takes.map(({ bucketCode, units }) => `${bucketCode} ${units}`), `charged ${chargedUnits}`]
    .concat(blockedUnits > 0n ? [`refused ${blockedUnits}`] : [])
    .join(', ');

const call = (seconds: number, more: Partial<UsageEvent> = {}) =>
  usage({
    usageClass: 'voice',
    quantity: BigInt(seconds),
    usedAt: local('2026-06-16T21:59:30'),
    peer: '8601',
    ...more,
  });

it('base allowances are used before add-ons, whatever their priorities; then soonest to expire', () => {
  const offer = plan({
    usagePrices: [calls()],
    allowances: [
      minutes({ code: 'pack', quantity: '10', rank: 'add-on', priority: 1 }),
      minutes({ code: 'base', quantity: '5', priority: 90 }),
    ],
  });
  expect(rateAll(offer, call(17)).told).toEqual(['plan/base 5, plan/pack 10, charged 2']);
});

it('a bucket for zones or bands serves only the parts of a call that are there', () => {
  const offer = plan({
    usagePrices: [calls()],
    allowances: [
      minutes({ code: 'nightly', quantity: '100', bands: ['night'], priority: 1 }),
      minutes({ code: 'far', quantity: '100', zones: ['far'], priority: 2 }),
    ],
  });
  const { told, rated } = rateAll(
    offer,
    call(60),
    call(60, { peer: '1202' }),
    call(20, { usedAt: local('2026-06-16T12:00:00') }),
  );
  expect(told).toEqual([
    'plan/nightly 30, charged 30',
    'plan/far 30, plan/nightly 30, charged 0',
    'charged 20',
  ]);
  expect(rated[0]?.parts?.map(({ cell, chargedUnits }) => `${cell} ${chargedUnits}`)).toEqual([
    'near//0 30',
    'near/night/0 0',
  ]);
});

it('a member uses at most its cap of a shared bucket, its owner all of it', () => {
  const offer = plan({
    usagePrices: [calls()],
    allowances: [minutes({ code: 'shared', quantity: '100', memberCap: '30' })],
  });
  const { told, state, rated } = rateAll(
    offer,
    call(20, { productId: 'sub' }),
    call(20, { productId: 'sub' }),
    call(90),
  );
  expect(told).toEqual([
    'plan/shared 20, charged 0',
    'plan/shared 10, charged 10',
    'plan/shared 70, charged 20',
  ]);
  expect(state.buckets[0]?.memberUsed).toEqual({ sub: 30n });
  expect(rated[1]?.trace && explanationText(rated[1].trace, 'en')).toContain(
    'takes 10 s from data (at most 30 s for a member), 10 s left',
  );
});

it('a blocker that is used up refuses what it covers, and nothing behind it serves or charges', () => {
  const offer = plan({
    usagePrices: [calls()],
    allowances: [
      minutes({ code: 'child', quantity: '40', isBlocker: true, priority: 1 }),
      minutes({ code: 'more', quantity: '500', priority: 2 }),
    ],
  });
  const { told, rated } = rateAll(offer, call(60), call(60));
  expect(told).toEqual(['plan/child 40, charged 0, refused 20', 'charged 0, refused 60']);
  expect(rated.map(({ amount }) => amount)).toEqual([0n, 0n]);
});

describe('a bucket that is used in increments', () => {
  const offer = (...allowances: Partial<Allowance>[]) =>
    plan({
      usagePrices: [calls()],
      allowances: allowances.map((each, priority) => minutes({ code: `b${priority}`, priority, ...each })),
    });

  it('gives whole ones to each event, and the rest of what is left to nobody', () => {
    const { told, state } = rateAll(offer({ quantity: '130', increment: '60' }), call(10), call(70));
    expect(told).toEqual(['plan/b0 60, charged 0', 'plan/b0 60, charged 10']);
    expect(state.buckets[0]?.remaining).toBe(10n);
  });

  it('is followed by the next one with its own', () => {
    const { told } = rateAll(offer({ quantity: '70', increment: '60' }, { quantity: '150' }), call(80));
    expect(told).toEqual(['plan/b0 60, plan/b1 20, charged 0']);
  });

  it('counts them over the whole call, not anew after a band', () => {
    const { told, rated } = rateAll(offer({ quantity: '600', increment: '60' }), call(61), call(50));
    expect(told).toEqual(['plan/b0 120, charged 0', 'plan/b0 60, charged 0']);
    expect(rated[0]?.parts?.map(({ cell, unitsTotal }) => `${cell} ${unitsTotal}`)).toEqual([
      'near//0 60',
      'near/night/0 60',
    ]);
    expect(rated[1]?.parts?.map(({ unitsTotal }) => unitsTotal)).toEqual([60n, 0n]);
  });
});

it('the increment of a rate lengthens what is charged, not what an allowance gives', () => {
  const usagePrice = calls();
  if (usagePrice.model.kind !== 'rates') throw new Error('a price by rates');
  const [rate] = usagePrice.model.rates.rates;
  for (const step of rate?.steps ?? []) step.increment = '60';
  const offer = plan({ usagePrices: [usagePrice], allowances: [minutes({ quantity: '100' })] });
  const day = { usedAt: local('2026-06-16T12:00:00') };
  const { told, rated } = rateAll(offer, call(70, day), call(31, day), call(1, day));
  expect(told).toEqual(['plan/data 70, charged 0', 'plan/data 30, charged 30', 'charged 60']);
  expect(rated.map(({ amount }) => amount)).toEqual([0n, 300_000n, 600_000n]);
});

describe('a pack of so many days', () => {
  const pack = plan({
    code: 'pack',
    usagePrices: [],
    usagePricedBy: 'main',
    allowances: [
      dataAllowance({
        code: 'extra',
        quantity: '1000',
        rank: 'add-on',
        rollover: null,
        validDays: 7,
        sharedBy: 'card-group',
      }),
    ],
  });
  const offer = plan({ allowances: [] });
  const bought = product({
    productId: 'pack-1',
    card: 'pack',
    offeringCode: 'pack',
    effectiveFrom: local('2026-06-28T15:00:00'),
  });
  const question = (period = june) => ({
    cardGroupId: 'main',
    holdings: [main, bought],
    offers: lookupOf(offer, pack),
    period,
    cycle,
  });

  it('is granted whole, once, from the moment of its start', () => {
    expect(periodEntitlements(question())).toMatchObject([
      {
        code: 'pack/extra/pack-1',
        quantity: 1000n,
        validFrom: local('2026-06-28T15:00:00'),
        validTo: local('2026-07-05'),
      },
    ]);
    expect(periodEntitlements(question(nextBillPeriod(june, cycle)))).toEqual([]);
  });

  it('goes over period ends with what is left, under its own code, until its validity ends', () => {
    const july = nextBillPeriod(june, cycle);
    const event = usage({ quantity: 300n, usedAt: local('2026-06-29') });
    const { state } = rateUsage(openState(periodEntitlements(question())), event, planOf(offer, event));
    const carried = rollover(state, july);
    expect(carried).toMatchObject([
      { code: 'pack/extra/pack-1', origin: 'carried', quantity: 700n, validTo: local('2026-07-05') },
    ]);
    expect(rollover(openState(carried), nextBillPeriod(july, cycle))).toEqual([]);
  });
});
