import { amountFromDecimal, instantFromIso, type Instant, type LocalDate } from '@ronghe/kernel';
import fc from 'fast-check';
import { grantOf } from '../balance/balance.fixture';
import { changeGroup } from '../balance/group-change';
import type { GroupPeriod } from '../balance/group-period';
import { drawMoney, type Purse } from '@ronghe/rating';
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
  const at = { now, dayOf: () => '2026-06-10' as LocalDate };
  const notices = moneyNotices([purse], at, rules);
  expect(notices.map((notice) => notice.remaining)).toEqual(expected);
  if (expected.length > 0) expect(passesYuan(purse, now)).toBe(true);
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
