import type { ProductBlock } from '@ronghe/contracts';
import { amountToDecimal, billPeriodOf } from '@ronghe/kernel';
import fc from 'fast-check';
import { recompute } from './explanation';
import { recurringCharges } from './recurring-charges';
import { feesChangedFrom, stoppedDays } from './stopped-days';
import { bundled, cycle, fee, local, lookupOf, plan, product } from '../test/sample-offers';

const june = billPeriodOf('2026-06', cycle);

function stop(from: string, to: string | null, given: Partial<ProductBlock> = {}): ProductBlock {
  return {
    kind: 'full-stop',
    reason: 'customer-wish',
    orderId: 'o',
    from: local(from),
    to: to === null ? null : local(to),
    ...given,
  };
}

const paused = lookupOf(plan({ recurringPrices: [fee({ whileStopped: 'paused' })] }));

/** What June costs: list price and what is paid. */
function june90(blocks: ProductBlock[], offers = paused, holdings = [product({ blocks })]): string {
  const [charge] = recurringCharges({ holdings, offers, period: june, cycle });
  if (!charge) return 'nothing';
  expect(recompute(charge.netExplanation)).toBe(amountToDecimal(charge.netAmount));
  return `${amountToDecimal(charge.listAmount)} ${amountToDecimal(charge.netAmount)}`;
}

describe('a fee that pauses while the product is stopped', () => {
  it.each([
    ['90.00 90.00', []],
    // 11 June whole to 20 June whole: ten of thirty days.
    ['60.00 60.00', [stop('2026-06-11', '2026-06-21')]],
    // Days that are stopped in part are charged.
    ['63.00 63.00', [stop('2026-06-10T12:00:00', '2026-06-20T09:00:00')]],
    ['90.00 90.00', [stop('2026-06-11T08:00:00', '2026-06-11T23:00:00')]],
    ['30.00 30.00', [stop('2026-06-11', null)]],
    ['nothing', [stop('2026-05-11', '2026-07-02')]],
    // Two reasons, one after the other without a gap.
    [
      '57.00 57.00',
      [
        stop('2026-06-10', '2026-06-15T12:00:00'),
        stop('2026-06-15T12:00:00', '2026-06-21', { reason: 'sim-lost' }),
      ],
    ],
    // Who owes goes on owing; an outgoing stop is no full one.
    ['90.00 90.00', [stop('2026-06-01', null, { reason: 'dunning' })]],
    ['90.00 90.00', [stop('2026-06-01', null, { kind: 'barred-outgoing' })]],
  ])('costs %s', (expected, blocks) => {
    expect(june90(blocks)).toBe(expected);
  });

  it('is charged as ever where the offer does not say so', () => {
    expect(june90([stop('2026-06-11', '2026-06-21')], lookupOf())).toBe('90.00 90.00');
  });

  it('leaves out those days of the bundle’s price too', () => {
    const [main, ...others] = bundled({}, { effectiveFrom: local('2026-06-11') });
    if (!main) throw new Error('no main card');
    // 10 days at 90.00 and 20 at 60.00 without 6 to 15 June: 5 days at 90.00, 15 at 60.00.
    const holdings = [{ ...main, blocks: [stop('2026-06-06', '2026-06-16')] }, ...others];
    expect(june90([], paused, holdings)).toBe('60.00 45.00');
  });

  it('never costs more, and what is not stopped is charged', () => {
    const day = fc.integer({ min: 0, max: 29 });
    fc.assert(
      fc.property(day, day, (one, other) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        const at = (index: number) => `2026-06-${String(index + 1).padStart(2, '0')}`;
        const days = stoppedDays({ blocks: [stop(at(from), at(to))] }, june, cycle.zone);
        expect(days).toEqual(from === to ? [] : [{ from: at(from), to: at(to) }]);
        const left = 30 - (to - from);
        expect(june90([stop(at(from), at(to))])).toBe(`${left * 3}.00 ${left * 3}.00`);
      }),
    );
  });
});

it('tells from when on fees may be others', () => {
  const [early, late] = [stop('2026-05-11', '2026-07-02'), stop('2026-06-01', '2026-06-05')];
  expect(feesChangedFrom({ blocks: [early, late] })).toBe(early.from);
  expect(feesChangedFrom({ blocks: [early, stop('2026-08-01', null)] })).toBe(local('2026-08-01'));
  expect(feesChangedFrom({ blocks: [stop('2026-06-01', null, { reason: 'dunning' })] })).toBeNull();
  expect(feesChangedFrom({})).toBeNull();
});
