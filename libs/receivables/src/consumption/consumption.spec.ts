import type { TaxPolicy } from '@ronghe/contracts';
import { amountFromMicro, amountToDecimal, amountToMoney, sumAmounts, type LocalDate } from '@ronghe/kernel';
import fc from 'fast-check';
import { balanceOf, type JournalLine } from '../journal-entry';
import { addMoved, consumptionLines, movedOf, type Moved } from './consumption';

const day = '2026-06-10' as LocalDate;
const policy: TaxPolicy = {
  kind: 'tax',
  code: 'tax',
  version: 1,
  effectiveFrom: '2020-01-01' as LocalDate,
  effectiveTo: null,
  pricesIncludeTax: true,
  classes: [
    {
      code: 'data',
      name: { en: 'Data', 'zh-CN': '流量' },
      rates: [{ from: '2020-01-01' as LocalDate, to: null, percent: '9' }],
    },
  ],
};

const dayOf = (used: bigint, expired = 0n) => ({
  accountId: 'a',
  day,
  used: [{ taxClass: 'data', amount: amountToDecimal(amountFromMicro(used)) }],
  expired: amountToDecimal(amountFromMicro(expired)),
  transferred: '0.00',
  adjusted: '0.00',
});

it('books whole fen that never drift from the exact sum, and every entry balances', () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt({ min: -5_000n, max: 50_000n }), { maxLength: 30 }), (amounts) => {
      let moved: Moved = {};
      const lines: JournalLine[] = [];
      for (const amount of amounts) {
        const after = addMoved(moved, { before: {}, now: movedOf(dayOf(amount)) });
        const booked = consumptionLines('a', { before: moved, after, day }, [policy]);
        expect(balanceOf(booked)).toBe(0n);
        lines.push(...booked);
        moved = after;
      }
      const exact = sumAmounts(amounts.map(amountFromMicro));
      expect(balanceOf(lines, 'prepayment')).toBe(amountToMoney(exact));
    }),
  );
});

it('replaces what an earlier version of a day said', () => {
  const first = movedOf(dayOf(3_000_000n, 1_000_000n));
  const moved = addMoved({}, { before: {}, now: first });
  const second = movedOf(dayOf(2_000_000n, 0n));
  const after = addMoved(moved, { before: first, now: second });
  expect(after).toMatchObject({ 'used/data': 2_000_000n, expired: 0n });
  const lines = consumptionLines('a', { before: moved, after, day }, [policy]);
  expect(balanceOf(lines, 'prepayment')).toBe(-200n);
  expect(balanceOf(lines, 'otherIncome')).toBe(100n);
});
