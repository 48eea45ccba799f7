import {
  amountFromDecimal,
  instantFromIso,
  moneyFromDecimal,
  moneyToAmount,
  zeroAmount,
  type Instant,
} from '@ronghe/kernel';
import { plainBalancePolicy } from './balance-policy';
import type { MoneyBucket, Purse } from '@ronghe/rating';
import { topUp } from './top-up';

const at = instantFromIso('2026-06-10T10:00:00+08:00');
const policy = {
  ...plainBalancePolicy,
  topUp: {
    minimum: '1.00',
    maximum: '500.00',
    validDays: 30,
    bonuses: [bonus('small', '50.00', '2.00'), bonus('large', '100.00', '10.00')],
  },
};

function bonus(code: string, from: string, amount: string) {
  return { code, label: { en: code, 'zh-CN': code }, from, amount, validDays: 7, priority: 50 };
}

function purseOf(more: Partial<MoneyBucket> = {}): Purse {
  const main: MoneyBucket = {
    bucketId: 'a',
    lane: 1,
    accountId: 'a',
    kind: 'main',
    remaining: zeroAmount,
    reserved: zeroAmount,
    overrun: zeroAmount,
    spent: zeroAmount,
    creditLimit: zeroAmount,
    validFrom: '1970-01-01T00:00:00.000Z' as Instant,
    validTo: null,
    priority: 100,
    ...more,
  };
  return { lane: 1, accountId: 'a', zone: 'Asia/Shanghai', buckets: [main] };
}

function paid(money: string) {
  return { money: moneyFromDecimal(money), amount: moneyToAmount(moneyFromDecimal(money)), at, bonusId: 'b' };
}

it('takes what is owed from what is paid, and makes the rest good for whole days', () => {
  const { purse, repaid, validTo } = topUp(
    purseOf({ overrun: amountFromDecimal('0.25') }),
    paid('20.00'),
    policy,
  );
  expect([purse.buckets[0]?.remaining, purse.buckets[0]?.overrun, repaid]).toEqual([
    19_750_000n,
    0n,
    250_000n,
  ]);
  expect(validTo).toBe(instantFromIso('2026-07-11T00:00:00+08:00'));
});

it('never makes money end earlier than it did', () => {
  const validTo = instantFromIso('2027-01-01T00:00:00+08:00');
  expect(topUp(purseOf({ validTo }), paid('1.00'), policy).validTo).toBe(validTo);
});

it.each([
  ['49.99', undefined],
  ['50.00', 2_000_000n],
  ['100.00', 10_000_000n],
])('gives the largest bonus that %s yuan reach', (money, expected) => {
  const { purse, bonus: given } = topUp(purseOf(), paid(money), policy);
  expect(purse.buckets[1]?.remaining).toBe(expected);
  expect(given).toBe(expected ?? 0n);
  if (expected !== undefined) {
    expect(purse.buckets[1]).toMatchObject({
      kind: 'bonus',
      priority: 50,
      validTo: instantFromIso('2026-06-18T00:00:00+08:00'),
    });
  }
});
