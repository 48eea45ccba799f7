import { amountFromMicro, type Amount } from '@ronghe/kernel';
import fc from 'fast-check';
import { noMoves, quietStatement, statementOf, type MoneyMoves, type Statement } from './statement';

const amount = (range: { min: bigint; max: bigint }) => fc.bigInt(range).map(amountFromMicro);
const moves: fc.Arbitrary<MoneyMoves> = fc.record({
  paidIn: amount({ min: 0n, max: 10n ** 9n }),
  used: amount({ min: -1000n, max: 10n ** 9n }),
  usedOfBonuses: amount({ min: -1000n, max: 10n ** 9n }),
  expired: amount({ min: 0n, max: 10n ** 9n }),
  transferred: amount({ min: -(10n ** 9n), max: 10n ** 9n }),
  adjusted: amount({ min: -(10n ** 9n), max: 10n ** 9n }),
});

function add(a: MoneyMoves, b: MoneyMoves): MoneyMoves {
  const keys = Object.keys(noMoves) as (keyof MoneyMoves)[];
  return Object.fromEntries(keys.map((key) => [key, (a[key] + b[key]) as Amount])) as unknown as MoneyMoves;
}

it('goes on where the one before ended, and all of them add up to what moved', () => {
  fc.assert(
    fc.property(fc.array(moves, { maxLength: 6 }), (periods) => {
      let [moved, stated] = [noMoves, noMoves];
      let before: Statement | null = null;
      for (const period of periods) {
        moved = add(moved, period);
        const statement = statementOf({ fees: [], moved, stated });
        if (!statement) continue;
        expect(statement.opening).toBe(before?.closing ?? 0n);
        const { opening, paidIn, used, expired, transferred, adjusted } = statement;
        expect(opening + paidIn - used - expired + transferred + adjusted).toBe(statement.closing);
        stated = add(stated, statement);
        before = statement;
      }
      expect(stated).toEqual(moved);
    }),
  );
});

it('is none where nothing moved, unless lines ask for one', () => {
  const moved = { ...noMoves, paidIn: amountFromMicro(5_000_000n) };
  expect(statementOf({ fees: [], moved, stated: moved })).toBeNull();
  expect(quietStatement({ fees: [], moved, stated: moved })).toEqual({
    ...noMoves,
    opening: 5_000_000n,
    closing: 5_000_000n,
  });
});
