import fc from 'fast-check';
import { amountFromMicro, parseLocalDate, sumAmounts, zeroAmount } from '@ronghe/kernel';
import { reachedCaps } from './reached-caps';
import { addSpent, spentFromJson, spentOf, spentToJson, type Spent } from './spent';

const days = ['2026-06-29', '2026-06-30', '2026-07-01'].map(parseLocalDate);
const uses = fc.array(
  fc.record({
    productId: fc.constantFrom('phone', 'watch'),
    day: fc.constantFrom(...days),
    amount: fc.bigInt(-5n, 50n).map(amountFromMicro),
  }),
);

it('is what its uses add up to, by day and over the period, also as it is stored', () => {
  fc.assert(
    fc.property(uses, (all) => {
      const counted = all.reduce<Spent>((spent, { amount, ...at }) => addSpent(spent, at, amount), {});
      const stored = spentFromJson(
        JSON.parse(spentToJson(counted) ?? '') as Record<string, Record<string, string>>,
      );
      for (const productId of ['phone', 'watch']) {
        const own = all.filter((use) => use.productId === productId);
        const sum = (of: typeof own) => sumAmounts(of.map(({ amount }) => amount));
        expect(spentOf(stored, { per: 'period' }, { productId, day: '2026-06-29' as never })).toBe(sum(own));
        for (const day of days)
          expect(spentOf(stored, { per: 'day' }, { productId, day })).toBe(
            sum(own.filter((use) => use.day === day)),
          );
      }
    }),
  );
});

describe('a reached cap', () => {
  const yuan = (n: number) => amountFromMicro(BigInt(n) * 1_000_000n);
  const at = { lane: 7, accountId: 'account', productId: 'phone', period: '2026-06' };
  const spending = { ...at, days: { '2026-06-28': yuan(9), '2026-06-29': yuan(5), '2026-06-30': yuan(4) } };
  const cap = { amount: yuan(5), per: 'day', atLimit: 'notify' } as const;
  const spansOf = (reached: ReturnType<typeof reachedCaps>) =>
    reached.map(({ span, spent }) => [span, spent]);

  it('is each day that came to it, or the period', () => {
    expect(spansOf(reachedCaps(spending, cap, null))).toEqual([
      ['2026-06-28', yuan(9)],
      ['2026-06-29', yuan(5)],
    ]);
    expect(spansOf(reachedCaps(spending, { ...cap, per: 'period', amount: yuan(18) }, null))).toEqual([
      ['2026-06', yuan(18)],
    ]);
    expect(reachedCaps(spending, { ...cap, per: 'period', amount: yuan(19) }, null)).toEqual([]);
  });

  it("is the policy's where nobody said another, from the policy's first day on", () => {
    const fallback = { ...cap, since: parseLocalDate('2026-06-29') };
    expect(spansOf(reachedCaps(spending, undefined, fallback))).toEqual([['2026-06-29', yuan(5)]]);
    expect(reachedCaps(spending, null, fallback)).toEqual([]);
    expect(
      reachedCaps({ ...at, days: { '2026-06-30': zeroAmount } }, { ...cap, amount: zeroAmount }, null),
    ).toEqual([]);
  });
});
