import { amountToDecimal, billPeriodOf } from '@ronghe/kernel';
import { explanationText, recompute } from './explanation';
import { recurringCharges } from './recurring-charges';
import { cycle, local, lookupOf, plan, product } from '../test/sample-offers';

const label = { en: 'Moving', 'zh-CN': '移机费' };
const movable = plan({
  move: { fee: '40.00', label, chargeClass: 'moving', taxClass: 'service', renews: [] },
});
const moved = product({
  moves: [
    { orderId: 'a', at: local('2026-06-11T09:00:00') },
    { orderId: 'b', at: local('2026-07-01') },
  ],
});

function fees(period: string, offers = lookupOf(movable)) {
  return recurringCharges({ holdings: [moved], offers, period: billPeriodOf(period, cycle), cycle }).filter(
    ({ chargeClass }) => chargeClass === 'moving',
  );
}

describe('the fee of a move', () => {
  it('is charged once, in the period of the move', () => {
    const [june, more] = fees('2026-06');
    expect([june?.priceCode, june && amountToDecimal(june.netAmount), june?.serviceDate, more]).toEqual([
      'move/a',
      '40.00',
      '2026-06-11',
      undefined,
    ]);
    expect(june && explanationText(june.netExplanation, 'en')).toBe('Moving on 2026-06-11: 40.00');
    expect(june && recompute(june.netExplanation)).toBe('40.00');
    expect(fees('2026-07').map(({ priceCode }) => priceCode)).toEqual(['move/b']);
    expect(fees('2026-08')).toEqual([]);
  });

  it('is none where the offer names none', () => {
    expect(fees('2026-06', lookupOf())).toEqual([]);
  });
});
