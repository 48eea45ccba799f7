import {
  amountFromMicro,
  moneyFromMinor,
  moneyToAmount,
  sumAmounts,
  sumMoney,
  type Amount,
} from '@ronghe/kernel';
import fc from 'fast-check';
import {
  noMoves,
  quietStatement,
  statementOf,
  linesPaidBy,
  transferredAlone,
  type MoneyMoves,
  type Statement,
} from './statement';

const nothingShared = { fees: [], sharedMoved: {}, sharedStated: {} };
const amount = (range: { min: bigint; max: bigint }) => fc.bigInt(range).map(amountFromMicro);
const moves: fc.Arbitrary<MoneyMoves> = fc.record({
  paidIn: amount({ min: 0n, max: 10n ** 9n }),
  used: amount({ min: -1000n, max: 10n ** 9n }),
  usedOfBonuses: amount({ min: -1000n, max: 10n ** 9n }),
  bonusesGiven: amount({ min: 0n, max: 10n ** 9n }),
  bonusesExpired: amount({ min: 0n, max: 10n ** 9n }),
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
        const statement = statementOf({ ...nothingShared, moved, stated });
        if (!statement) continue;
        expect(statement.opening).toBe(before?.closing ?? 0n);
        const { opening, paidIn, used, expired, transferred, adjusted } = statement;
        expect(opening + paidIn - used - expired + transferred + adjusted).toBe(statement.closing);
        expect(statement.bonusOpening).toBe(before?.bonusClosing ?? 0n);
        const { bonusOpening, bonusesGiven, usedOfBonuses, bonusesExpired } = statement;
        expect(bonusOpening + bonusesGiven - usedOfBonuses - bonusesExpired).toBe(statement.bonusClosing);
        stated = add(stated, statement);
        before = statement;
      }
      expect(stated).toEqual(moved);
    }),
  );
});

it('says what paid its lines: the sources add up to the total, and rounding is less than a fen a line', () => {
  const lines = fc.array(
    fc.record({
      net: fc.bigInt({ min: -(10n ** 6n), max: 10n ** 6n }).map(moneyFromMinor),
      part: amount({ min: -5000n, max: 5000n }),
      exactSettled: amount({ min: -(10n ** 6n), max: 10n ** 6n }),
    }),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(moves, lines, (moved, given) => {
      const made = given.map(({ net, part, exactSettled }) => ({
        ...{ net, exactSettled, exact: sumAmounts([moneyToAmount(net), part]) },
      }));
      const paidBy = linesPaidBy(moved, made);
      const { ownMoney, bonuses, otherPeriods, settled, rounding } = paidBy;
      expect(settled).toBe(sumAmounts(given.map((line) => line.exactSettled)));
      expect(ownMoney + bonuses + otherPeriods + settled + rounding).toBe(
        moneyToAmount(sumMoney(given.map(({ net }) => net))),
      );
      expect([ownMoney, bonuses]).toEqual([moved.used, moved.usedOfBonuses]);
      expect(rounding).toBe(-given.reduce((sum, { part }) => sum + part, 0n));
    }),
  );
});

it('is none where nothing moved, unless lines ask for one', () => {
  const moved = { ...noMoves, paidIn: amountFromMicro(5_000_000n) };
  expect(statementOf({ ...nothingShared, moved, stated: moved })).toBeNull();
  expect(quietStatement({ ...nothingShared, moved, stated: moved })).toEqual({
    ...noMoves,
    opening: 5_000_000n,
    closing: 5_000_000n,
    bonusOpening: 0n,
    bonusClosing: 0n,
    shared: {},
  });
});

it('shows shared money by the other account, apart from transfers, as far as it was not shown before', () => {
  const yuan = (n: bigint) => amountFromMicro(n * 1_000_000n);
  const moved = { ...noMoves, paidIn: yuan(50n), transferred: yuan(-9n) };
  const inputs = { fees: [], moved, stated: noMoves, sharedMoved: { child: yuan(-7n) }, sharedStated: {} };
  const first = statementOf(inputs);
  expect(first).toMatchObject({ closing: yuan(41n), transferred: yuan(-9n), shared: { child: yuan(-7n) } });
  expect(first && transferredAlone(first)).toBe(yuan(-2n));
  const later = { ...moved, transferred: yuan(-5n) };
  const sharedMoved = { child: yuan(-7n), granny: yuan(4n) };
  const next = statementOf({
    fees: [],
    moved: later,
    stated: moved,
    sharedMoved,
    sharedStated: { child: yuan(-7n) },
  });
  expect(next).toMatchObject({ opening: yuan(41n), closing: yuan(45n), shared: { granny: yuan(4n) } });
  expect(next?.shared).not.toHaveProperty('child');
});
