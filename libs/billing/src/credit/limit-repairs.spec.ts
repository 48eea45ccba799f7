import fc from 'fast-check';
import { moneyFromMinor, moneyToAmount, moneyToDecimal, zeroMoney, type Amount } from '@ronghe/kernel';
import { ExplanationBuilder, recompute } from '@ronghe/rating';
import type { LocalDate } from '@ronghe/kernel';
import type { BilledCharge, ChargeLine } from '../bill/charge-line';
import { subtractBilled } from '../bill/subtract-billed';
import { CREDIT_KEY } from './credit-note';
import { limitRepairs } from './limit-repairs';

const charge = (key: string, fen: bigint): BilledCharge => ({
  ...{ servicePeriod: '2026-06', key, card: 'main', productId: null, chargeClass: 'fee', chargeCode: 'fee' },
  ...{ label: { en: 'Fee', 'zh-CN': '费' }, taxClass: 'data', serviceDate: '2026-06-30' as LocalDate },
  ...{ amount: moneyFromMinor(fen), discount: zeroMoney, net: moneyFromMinor(fen), discounts: [] },
  ...{ exact: moneyToAmount(moneyFromMinor(fen)), exactUsage: 0n as Amount, exactSettled: 0n as Amount },
});

function should(fen: bigint): ChargeLine {
  const builder = new ExplanationBuilder();
  const amount = builder.add('given', { amount: moneyToDecimal(moneyFromMinor(fen)) }, () => ({
    en: 'fee',
    'zh-CN': '费',
  }));
  builder.add('round', { amount }, () => ({ en: 'to pay', 'zh-CN': '应付' }));
  return { ...charge('fee', fen), references: [], explanation: builder.build() };
}

/** What a run writes of a fee that is so much now, was billed with so much, and credited by so much. */
function repair(now: bigint, before: bigint, credited: bigint) {
  const billed = [charge('fee', before), charge(`${CREDIT_KEY}fee`, -credited)];
  return limitRepairs(subtractBilled(now === 0n ? [] : [should(now)], [charge('fee', before)]), billed);
}

it.each([
  [0n, 100n, 40n, [-60n]],
  [0n, 100n, 100n, []],
  [50n, 100n, 40n, [-50n]],
  [30n, 100n, 40n, [-60n]],
  [120n, 100n, 40n, [20n]],
  [100n, 100n, 40n, []],
])('of %s now, %s billed and %s credited writes %j', (now, before, credited, written) => {
  expect(repair(now, before, credited).map(({ net }) => net)).toEqual(written);
});

it('never leaves less than nothing of a charge, and explains what it writes', () => {
  const fen = fc.bigInt({ min: 1n, max: 100_000n });
  fc.assert(
    fc.property(fen, fen, fen, (now, before, part) => {
      const credited = part > before ? before : part;
      const lines = repair(now, before, credited);
      const left = lines.reduce((sum, line) => sum + line.net, before - credited);
      expect(left).toBeGreaterThanOrEqual(0n);
      for (const line of lines) {
        expect(recompute(line.explanation)).toBe(moneyToDecimal(line.net));
        expect(line.exact).toBe(moneyToAmount(line.net));
        expect(line.net).toBe(line.amount - line.discount);
      }
    }),
  );
});
