import fc from 'fast-check';
import { moneyFromMinor } from '@ronghe/kernel';
import { chartBars, monthsEnding } from './bill-chart';

it('names the six months that end with the bill, over the turn of a year', () => {
  expect(monthsEnding('2026-02')).toEqual(['2025-09', '2025-10', '2025-11', '2025-12', '2026-01', '2026-02']);
});

it('keeps every bar on the paper, higher for more', () => {
  const months = monthsEnding('2026-06');
  fc.assert(
    fc.property(
      fc.array(fc.option(fc.bigInt(-(10n ** 15n), 10n ** 15n)), { minLength: 6, maxLength: 6 }),
      (fens) => {
        const totals = months.flatMap((period, index) => {
          const fen = fens[index];
          return fen == null ? [] : [{ period, total: moneyFromMinor(fen) }];
        });
        const bars = chartBars('2026-06', totals);
        expect(bars.map(({ period }) => period)).toEqual(months);
        bars.forEach(({ permille, amount }, index) => {
          const fen = fens[index];
          expect(amount === null).toBe(fen == null);
          expect(permille).toBeGreaterThanOrEqual(0);
          expect(permille).toBeLessThanOrEqual(1000);
          if (fen == null || fen <= 0n) expect(permille).toBe(0);
          bars.forEach((other, otherIndex) => {
            const otherFen = fens[otherIndex];
            if (fen != null && otherFen != null && fen >= otherFen)
              expect(permille).toBeGreaterThanOrEqual(other.permille);
          });
        });
        if (fens.some((fen) => fen != null && fen > 0n))
          expect(Math.max(...bars.map(({ permille }) => permille))).toBe(1000);
      },
    ),
  );
});
