import { amountFromDecimal, instantFromIso, zeroAmount, type Amount } from '@ronghe/kernel';
import { mainOf, type MoneyBucket, type Purse } from '@ronghe/rating';
import { correctFees, refundFee, tryFee, type PrepaidFee } from './prepaid-fee';

const start = instantFromIso('2026-06-01T00:00:00+08:00');
const later = instantFromIso('2026-06-10T00:00:00+08:00');
const end = instantFromIso('2026-07-01T00:00:00+08:00');
const yuan = amountFromDecimal;
const rules = { retryHours: 24, graceHours: 48 };

function feeOf(amount: string, paid: string, state: PrepaidFee['state'] = 'paid'): PrepaidFee {
  return {
    ...{ lane: 1, accountId: 'a', productId: 'p', priceCode: 'fee', period: '2026-06' },
    ...{ label: { en: 'Fee', 'zh-CN': '月费' }, taxClass: 'mobile', isBlocked: false },
    ...{ amount: yuan(amount), paid: yuan(paid), state, dueAt: start, nextTryAt: start },
  };
}

function bucketOf(bucketId: string, remaining: string, more: Partial<MoneyBucket> = {}): MoneyBucket {
  return {
    ...{ bucketId, lane: 1, accountId: 'a', kind: bucketId === 'a' ? 'main' : 'bonus' },
    ...{ remaining: yuan(remaining), reserved: zeroAmount, overrun: zeroAmount, spent: zeroAmount },
    ...{ creditLimit: zeroAmount, validFrom: start, validTo: null, priority: 100 },
    ...more,
  };
}

function purseOf(...buckets: MoneyBucket[]): Purse {
  return { lane: 1, accountId: 'a', zone: 'Asia/Shanghai', buckets };
}

it('raises a fee that was lowered when it costs more again, and debits only the difference', () => {
  const [lowered] = correctFees([feeOf('100', '100')], [feeOf('60', '0', 'due')], later).corrections;
  expect(lowered).toMatchObject({ refund: yuan('40'), fee: { paid: yuan('60'), state: 'paid' } });
  const fee = lowered?.fee ?? feeOf('0', '0');
  const [raised] = correctFees([fee], [feeOf('100', '0', 'due')], end).corrections;
  expect(raised).toMatchObject({
    refund: zeroAmount,
    fee: { amount: yuan('100'), state: 'due', dueAt: end },
  });
  const tried = tryFee(raised?.fee ?? fee, purseOf(bucketOf('a', '50')), end, rules);
  expect(tried.fee).toMatchObject({ state: 'paid', paid: yuan('100') });
  expect(tried.change && mainOf(tried.change.purse).remaining).toBe(yuan('10'));
});

it('gives the grace from the raise on, not from the start of the period', () => {
  const [raised] = correctFees([feeOf('60', '60')], [feeOf('100', '0', 'due')], later).corrections;
  const unpaid = tryFee(raised?.fee ?? feeOf('0', '0'), purseOf(bucketOf('a', '39.99')), later, rules);
  expect(unpaid).toMatchObject({ change: null, fee: { isBlocked: false, paid: yuan('60') } });
});

it('leaves a fee alone that costs what it did', () => {
  expect(correctFees([feeOf('60', '60')], [feeOf('60', '0', 'due')], later)).toEqual({
    added: [],
    corrections: [],
  });
});

it('gives a fee back to the money that paid it; what an ended bonus paid goes to the own money', () => {
  const purse = purseOf(
    bucketOf('a', '0'),
    bucketOf('valid', '0', { validTo: end }),
    bucketOf('ended', '0', { validTo: start }),
  );
  const paid = new Map<string, Amount>([
    ['a', yuan('20')],
    ['valid', yuan('5')],
    ['ended', yuan('5')],
  ]);
  const refund = { fee: feeOf('0', '0', 'void'), refund: yuan('30') };
  const { purse: after, moves } = refundFee(purse, refund, paid, later);
  expect(after.buckets.map(({ remaining }) => remaining)).toEqual([yuan('25'), yuan('5'), zeroAmount]);
  expect(new Set(moves.map(({ kind }) => kind))).toEqual(new Set(['refund']));
});
