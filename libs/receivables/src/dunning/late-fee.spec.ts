import { addDays, moneyFromDecimal, moneyFromMinor, moneyToDecimal, parseLocalDate } from '@ronghe/kernel';
import * as fc from 'fast-check';
import { feeOf, feeRateOf, feeSpans, type FeeFacts } from './late-fee';

const day = parseLocalDate;
const money = moneyFromDecimal;
const bill = (given: Partial<FeeFacts> = {}): FeeFacts => ({
  lateFrom: day('2026-03-03'),
  principal: money('131.67'),
  settled: [],
  held: [],
  ...given,
});
const feeUntil = (facts: FeeFacts, until: string, perMille = '3') =>
  moneyToDecimal(feeOf(feeSpans(facts, day(until)), feeRateOf(perMille)));

it.each([
  ['2026-03-02', '0.00'],
  ['2026-03-03', '0.00'],
  // 0.39501
  ['2026-03-04', '0.40'],
  // 1.97505
  ['2026-03-08', '1.98'],
  // 333 days are 131.538…; on day 334 the principal is reached.
  ['2027-01-30', '131.54'],
  ['2027-01-31', '131.67'],
  ['2028-01-01', '131.67'],
])('3‰ a day of 131.67, late from 3 March, paid on %s: %s', (until, fee) => {
  expect(feeUntil(bill(), until)).toBe(fee);
});

it('falls with a partial payment, from its value date on', () => {
  const facts = bill({ settled: [{ from: day('2026-03-06'), amount: money('100.00') }] });
  expect(feeSpans(facts, day('2026-03-11'))).toEqual([
    { from: '2026-03-03', to: '2026-03-06', days: 3, principal: 13167n },
    { from: '2026-03-06', to: '2026-03-11', days: 5, principal: 3167n },
  ]);
  // 1.18503 + 0.47505
  expect(feeUntil(facts, '2026-03-11')).toBe('1.66');
});

it('knows no day on which a bill was paid by a payment that came to light later', () => {
  expect(
    feeUntil(bill({ settled: [{ from: day('2026-03-01'), amount: money('131.67') }] }), '2026-06-01'),
  ).toBe('0.00');
});

it('leaves out what a credit note has taken back from the first day', () => {
  // 31.67 × 3‰ × 10
  expect(feeUntil(bill({ settled: [{ from: null, amount: money('100.00') }] }), '2026-03-13')).toBe('0.95');
});

it('stands still for what is disputed, while it is', () => {
  const held = [{ from: day('2026-03-05'), to: day('2026-03-10'), amount: money('131.67') }];
  expect(feeUntil(bill({ held }), '2026-03-12')).toBe('1.58');
});

it('takes other rates, with a tenth of a thousandth', () => {
  expect(feeUntil(bill({ principal: money('10000.00') }), '2026-03-04', '0.5')).toBe('5.00');
  expect(feeUntil(bill({ principal: money('10000.00') }), '2026-03-04', '12.3')).toBe('123.00');
});

it('is the sum of its days before rounding, grows with each and never passes the principal', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 1n, max: 10_000_000n }),
      fc.array(fc.tuple(fc.nat(40), fc.bigInt({ min: 1n, max: 5_000_000n })), { maxLength: 4 }),
      fc.nat(500),
      (fen, payments, days) => {
        const from = day('2026-03-03');
        const facts = bill({
          principal: moneyFromMinor(fen),
          settled: payments.map(([after, paid]) => ({
            from: addDays(from, after),
            amount: moneyFromMinor(paid),
          })),
        });
        const until = addDays(from, days);
        let tenThousandths = 0n;
        for (let at = 0; at < days; at += 1) {
          const paid = payments.filter(([after]) => after <= at).reduce((sum, [, each]) => sum + each, 0n);
          if (fen > paid) tenThousandths += (fen - paid) * 30n;
        }
        const rounded = (tenThousandths + 5_000n) / 10_000n;
        const start = payments.filter(([after]) => after === 0).reduce((left, [, each]) => left - each, fen);
        const cap = start > 0n ? start : 0n;
        const fee = feeOf(feeSpans(facts, until), feeRateOf('3'));
        expect(fee).toBe(rounded < cap ? rounded : days === 0 ? 0n : cap);
        expect(feeOf(feeSpans(facts, addDays(until, 1)), feeRateOf('3'))).toBeGreaterThanOrEqual(fee);
      },
    ),
  );
});
