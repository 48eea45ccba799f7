import { amountFromDecimal, instantFromIso, type Instant, type LocalDate } from '@ronghe/kernel';
import fc from 'fast-check';
import { grantOf } from '../balance/balance.fixture';
import { changeGroup } from '../balance/group-change';
import type { GroupPeriod } from '../balance/group-period';
import { drawMoney, expireMoney, mainOf, releaseMoney, type Purse } from '@ronghe/rating';
import {
  allowanceNotices,
  moneyNotices,
  passesPercent,
  passesYuan,
  productSpendNotices,
  spendNotices,
  usesBetween,
  usesOfChanges,
} from './notice';

const rules = { usedPercents: [50, 80, 100], lowMoney: '10', spendCaps: ['200.00', '500.00'] };
const empty: GroupPeriod = {
  lane: 7,
  cardGroupId: 'group',
  period: '2026-06',
  accountId: 'account',
  buckets: [],
  counters: {},
  lastPlace: null,
  needsRerate: false,
};

const stateOf = (granted: bigint, remaining: bigint) => ({
  state: { buckets: [{ ...grantOf('plan/voice', granted), remaining }], counters: {} },
  use: 'use' as const,
  lastPlace: null,
  needsRerate: false,
});

it('says each threshold of an allowance once on the way down, whatever the steps', () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt({ min: 1n, max: 400n }), { maxLength: 12 }), (steps) => {
      let { group } = changeGroup(empty, stateOf(1000n, 1000n));
      let left = 1000n;
      const said: string[] = [];
      for (const step of steps) {
        left = left > step ? left - step : 0n;
        const change = changeGroup(group, stateOf(1000n, left));
        const notices = allowanceNotices(usesOfChanges([change]), rules);
        if (notices.length > 0) {
          expect(passesPercent(usesOfChanges([change]))).toBe(true);
          const between = usesBetween([{ before: group, after: change.group }]);
          expect(allowanceNotices(between, rules)).toEqual(notices);
        }
        said.push(...notices.map((notice) => notice.threshold));
        group = change.group;
      }
      const used = 1000n - left;
      expect(said).toEqual([500n, 800n, 1000n].filter((at) => at <= used).map((at) => String(at / 10n)));
    }),
  );
});

it('says nothing when an allowance is opened, grows or is taken away', () => {
  const opened = changeGroup(empty, stateOf(1000n, 1000n));
  const grown = changeGroup(opened.group, stateOf(2000n, 2000n));
  const gone = changeGroup(grown.group, { ...stateOf(0n, 0n), state: { buckets: [], counters: {} } });
  expect(allowanceNotices(usesOfChanges([opened, grown, gone]), rules)).toEqual([]);
});

const now = instantFromIso('2026-06-10T00:00:00+08:00');
const dayOf = () => '2026-06-10' as LocalDate;

function purseOf(remaining: string): Purse {
  const bucket = {
    bucketId: 'a',
    lane: 1,
    accountId: 'a',
    kind: 'main' as const,
    remaining: amountFromDecimal(remaining),
    reserved: amountFromDecimal('0'),
    overrun: amountFromDecimal('0'),
    spent: amountFromDecimal('0'),
    creditLimit: amountFromDecimal('0'),
    validFrom: '1970-01-01T00:00:00.000Z' as Instant,
    validTo: null,
    priority: 100,
  };
  return { lane: 1, accountId: 'a', zone: 'Asia/Shanghai', buckets: [bucket], stored: [bucket] };
}

it.each([
  ['10.50', '0.50', []],
  ['10.50', '0.51', ['9.99']],
  ['9.99', '5', []],
  ['300', '300', ['0.00']],
])('of %s yuan less %s says that money is low: %j', (before, spent, expected) => {
  const { purse } = drawMoney(purseOf(before), amountFromDecimal(spent), now);
  const notices = moneyNotices([purse], dayOf, rules);
  expect(notices.map((notice) => notice.remaining)).toEqual(expected);
  if (expected.length > 0) expect(passesYuan(purse)).toBe(true);
});

describe('a bonus that ends', () => {
  /** Its end was at `now`; a session holds a part of it. */
  const withBonus = (main: string, bonus: string, held: string): Purse => {
    const purse = purseOf(main);
    const ended = {
      ...{ ...mainOf(purse), bucketId: 'b', kind: 'bonus' as const, priority: 50, validTo: now },
      ...{ remaining: amountFromDecimal(bonus), reserved: amountFromDecimal(held) },
    };
    return stored({ ...purse, buckets: [...purse.buckets, ended] });
  };
  /** As the next transaction reads it. */
  const stored = (purse: Purse): Purse => ({ ...purse, stored: purse.buckets });
  const saidOf = (purse: Purse) =>
    passesYuan(purse) ? moneyNotices([purse], dayOf, rules).map(({ remaining }) => remaining) : [];

  it('says that money is low when it is taken away', () => {
    const { purse } = expireMoney(withBonus('5.00', '50.00', '0'), now);
    expect(saidOf(purse)).toEqual(['5.00']);
    expect(saidOf(drawMoney(stored(purse), amountFromDecimal('2'), now).purse)).toEqual([]);
    expect(saidOf(expireMoney(withBonus('15.00', '50.00', '0'), now).purse)).toEqual([]);
  });

  it('says so once, also where use comes before that, or a session holds some of it longer', () => {
    const used = drawMoney(withBonus('11.00', '50.00', '0'), amountFromDecimal('2'), now).purse;
    expect(saidOf(used)).toEqual([]);
    expect(saidOf(expireMoney(stored(used), now).purse)).toEqual(['9.00']);
    const held = expireMoney(withBonus('8.00', '50.00', '5.00'), now).purse;
    expect(saidOf(held)).toEqual([]);
    const hold = { bucketId: 'b', amount: amountFromDecimal('5.00') };
    const back = releaseMoney(stored(held), [hold]).purse;
    expect(saidOf(back)).toEqual([]);
    expect(saidOf(expireMoney(stored(back), now).purse)).toEqual(['8.00']);
  });
});

it.each([
  ['199.99', []],
  ['200.00', ['200.00']],
  ['700.00', ['200.00', '500.00']],
])('of spending %s says %j', (spent, expected) => {
  const account = { lane: 1, accountId: 'a', period: '2026-06' };
  const notices = spendNotices(account, amountFromDecimal(spent), rules);
  expect(notices.map((notice) => notice.threshold)).toEqual(expected);
});

it('tells of one product by itself, once for each period', () => {
  const product = { lane: 7, accountId: 'account', period: '2026-06', productId: 'product' };
  const capped = { ...rules, productSpendCaps: ['50.00', '100.00'] };
  expect(productSpendNotices(product, amountFromDecimal('60'), capped)).toMatchObject([
    {
      kind: 'spend-cap',
      threshold: '50.00',
      productId: 'product',
      subject: '2026-06/product',
      remaining: '60.00',
    },
  ]);
  expect(productSpendNotices(product, amountFromDecimal('60'), rules)).toEqual([]);
});
