/** A tariff, subscribers and their events for the bench of the engine. The figures are nobody's tariff. */

const label = (/** @type {string} */ text) => ({ en: text, 'zh-CN': text });
const zone = 'Asia/Shanghai';
const eventsPerGroup = 200;

/** The same random numbers every time: a run is repeatable. @param {number} seed */
export function randomOf(seed) {
  let state = seed;
  return (/** @type {number} */ below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const price = (/** @type {object} */ more) => ({
  taxClass: 'telecom',
  increment: { initial: 1, repeat: 1 },
  connectFee: null,
  counter: 'product',
  cap: null,
  ...more,
});

const allowance = (/** @type {object} */ more) => ({
  sharedBy: 'card-group',
  firstPeriod: 'full',
  lastPeriod: 'full',
  prorateBy: 'days-of-period',
  wholeUnits: '1',
  priority: 10,
  rollover: null,
  ...more,
});

/** A plan as an offer document: minutes, messages and data with allowances, and prices beyond. @param {object} voice the model of calls */
function offerOf(voice) {
  const head = (/** @type {string} */ code) => ({ code, chargeClass: code, label: label(code) });
  return {
    code: 'plan',
    version: 1,
    usagePricedBy: 'own',
    bundle: null,
    usagePrices: [
      price({
        ...head('voice'),
        usageClass: 'voice',
        unit: 'minute',
        increment: { initial: 60, repeat: 60 },
        model: voice,
      }),
      price({
        ...head('sms'),
        usageClass: 'sms',
        unit: 'message',
        model: { kind: 'per-unit', price: { amount: '0.07', per: '1' } },
      }),
      price({
        ...head('data'),
        usageClass: 'data',
        unit: 'kb',
        counter: 'card-group',
        cap: { amount: '470.00', action: 'stop' },
        model: {
          kind: 'repeating-step',
          price: { amount: '0.02', per: '1024' },
          blockUnits: '1048576',
          blockMaximum: '2.70',
        },
      }),
    ],
    allowances: [
      allowance({ ...head('minutes'), usageClasses: ['voice'], unit: 'minute', quantity: '250' }),
      allowance({ ...head('messages'), usageClasses: ['sms'], unit: 'message', quantity: '20' }),
      allowance({ ...head('data-base'), usageClasses: ['data'], unit: 'kb', quantity: '3000000' }),
      allowance({
        ...head('data-pack'),
        usageClasses: ['data'],
        unit: 'kb',
        quantity: '1000000',
        rank: 'add-on',
      }),
    ],
  };
}

const linear = { kind: 'per-unit', price: { amount: '0.13', per: '1' } };

const byRates = {
  kind: 'rates',
  rates: {
    zonePlan: 'world',
    calendar: 'week',
    rates: [rate('peak', '0.90'), rate('night', '0.45'), rate(null, '0.60')],
  },
};

function rate(/** @type {string | null} */ band, /** @type {string} */ amount) {
  const steps = [{ from: '0', price: { amount, per: '1' }, increment: '1' }];
  return { zone: null, band, steps, connectFee: null, maximumPerEvent: null };
}

const calendar = {
  kind: 'calendar',
  code: 'week',
  holidays: ['2026-06-19'],
  bands: [
    { code: 'peak', label: label('peak'), days: [1, 2, 3, 4, 5], from: '08:00', to: '20:00' },
    {
      code: 'night',
      label: label('night'),
      days: [1, 2, 3, 4, 5, 6, 7, 'holiday'],
      from: '22:00',
      to: '06:00',
    },
  ],
};

/** @param {number} prefixes how many */
function zonePlanOf(prefixes) {
  const random = randomOf(prefixes);
  const all = new Set(Array.from({ length: 10 }, (_, digit) => String(digit)));
  while (all.size < prefixes) all.add(String(100 + random(900)) + String(random(10 ** (1 + random(5)))));
  const list = [...all];
  const zones = Array.from({ length: Math.min(10, prefixes) }, (_, index) => ({
    code: `z${index}`,
    label: label(`z${index}`),
    prefixes: list.filter((_prefix, place) => place % Math.min(10, prefixes) === index),
  }));
  return { kind: 'zone-plan', code: 'world', zones };
}

/** @typedef {{ group: string, holding: object, grants: object[], events: object[] }} Group */

/**
 * @param {any} engine the compiled `@ronghe/rating` @param {any} kernel the compiled `@ronghe/kernel`
 * @param {{ groups: number, prefixes: number | null }} size `prefixes`: only calls, by a zone plan of so many
 */
export function loadOf(engine, kernel, { groups, prefixes }) {
  const offer = offerOf(prefixes === null ? linear : byRates);
  const cycle = { billDay: 1, zone };
  const period = kernel.billPeriodOf('2026-06', cycle);
  const random = randomOf(7);
  const inForce = (/** @type {object} */ document) => () => ({ document, from: '2026-01-01', to: null });
  const policies = prefixes !== null && {
    zonePlan: inForce(zonePlanOf(prefixes)),
    calendar: inForce(calendar),
  };
  const offers = () => offer;
  const made = Array.from({ length: groups }, (_, index) => {
    const id = `group-${index}`;
    const holding = holdingOf(id, kernel);
    const grants =
      prefixes === null
        ? engine.periodEntitlements({ cardGroupId: id, holdings: [holding], offers, period, cycle })
        : [];
    return { group: id, holding, grants, events: eventsOf(id, random, prefixes !== null, kernel) };
  });
  const planOf = (/** @type {Group} */ { holding }, /** @type {any} */ event) =>
    engine.usagePlanOf({
      holding,
      holdings: [holding],
      offers,
      usageClass: event.usageClass,
      usedAt: event.usedAt,
      zone,
      ...(policies && { policies }),
    });
  return { groups: made, planOf, count: groups * eventsPerGroup };
}

function holdingOf(/** @type {string} */ id, /** @type {any} */ kernel) {
  return {
    productId: id,
    accountId: id,
    offeringCode: 'plan',
    offeringVersion: 1,
    role: 'main',
    card: 'main',
    bundleId: null,
    bundleOfferingCode: null,
    bundleOfferingVersion: null,
    cardGroupId: id,
    effectiveFrom: kernel.instantFromIso('2026-01-01T00:00:00+08:00'),
    effectiveTo: null,
  };
}

/** A month of one subscriber in the order of its starts: four tenths calls, as much data, the rest messages. */
function eventsOf(
  /** @type {string} */ productId,
  /** @type {(below: number) => number} */ random,
  /** @type {boolean} */ onlyCalls,
  /** @type {any} */ kernel,
) {
  const begin = kernel.instantToMs(kernel.instantFromIso('2026-06-01T00:00:00+08:00'));
  const step = Math.floor((30 * 86_400_000) / eventsPerGroup);
  return Array.from({ length: eventsPerGroup }, (_, index) => {
    const draw = onlyCalls ? 0 : random(10);
    const usageClass = draw < 4 ? 'voice' : draw < 8 ? 'data' : 'sms';
    const quantity =
      usageClass === 'voice' ? 1 + random(600) : usageClass === 'data' ? 1 + random(100_000) : 1;
    return {
      usageId: `${productId}/${index}`,
      productId,
      usageClass,
      usedAt: kernel.instantFromMs(begin + index * step + random(step)),
      quantity: BigInt(quantity),
      peer: String(100 + random(900)) + String(10_000_000 + random(90_000_000)),
      source: 'bench',
      recordId: String(index),
      isLate: false,
    };
  });
}
