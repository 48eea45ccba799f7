import { amountFromMicro, instantFromIso, sumAmounts, type Amount } from '@ronghe/kernel';
import fc from 'fast-check';
import {
  creditMoney,
  drawMoney,
  expireMoney,
  giveBackMoney,
  freeMoney,
  mainOf,
  releaseMoney,
  reserveMoney,
  type MoneyBucket,
  type MoneyMove,
  type MoneyTake,
  type Purse,
} from './purse';

const start = instantFromIso('2026-06-01T00:00:00+08:00');
const later = instantFromIso('2026-06-10T00:00:00+08:00');
const end = instantFromIso('2026-07-01T00:00:00+08:00');
const micro = (value: number | bigint): Amount => amountFromMicro(BigInt(value));

function bucketOf(bucketId: string, remaining: number, more: Partial<MoneyBucket> = {}): MoneyBucket {
  return {
    bucketId,
    lane: 7,
    accountId: 'a',
    kind: bucketId === 'main' ? 'main' : 'bonus',
    remaining: micro(remaining),
    reserved: micro(0),
    overrun: micro(0),
    spent: micro(0),
    creditLimit: micro(0),
    validFrom: start,
    validTo: null,
    priority: 100,
    ...more,
  };
}

const purseOf = (...buckets: MoneyBucket[]): Purse => ({
  lane: 7,
  accountId: 'a',
  zone: 'Asia/Shanghai',
  buckets,
});
const left = (purse: Purse) =>
  Object.fromEntries(purse.buckets.map((bucket) => [bucket.bucketId, bucket.remaining]));

describe('drawing', () => {
  const purse = purseOf(
    bucketOf('main', 100, { creditLimit: micro(20) }),
    bucketOf('late', 30, { priority: 50, validTo: end }),
    bucketOf('soon', 10, { priority: 50, validTo: later }),
    bucketOf('after', 40, { priority: 200 }),
  );

  it('goes by priority, then by what ends soonest, and to the credit limit last', () => {
    expect(drawMoney(purse, micro(45), start).takes).toEqual([
      { bucketId: 'soon', amount: 10n },
      { bucketId: 'late', amount: 30n },
      { bucketId: 'main', amount: 5n },
    ]);
    const all = drawMoney(purse, micro(195), start);
    expect(left(all.purse)).toEqual({ main: -15n, late: 0n, soon: 0n, after: 0n });
    expect(all.overrun).toBe(0n);
  });

  it('leaves what has ended and what is reserved for others', () => {
    const { purse: held } = reserveMoney(purse, micro(25), later);
    expect(left(drawMoney(held, micro(10), later).purse)).toEqual({
      main: 95n,
      late: 25n,
      soon: 10n,
      after: 40n,
    });
  });

  it('owes what is beyond all funds, and takes it from the next money first', () => {
    const drawn = drawMoney(purse, micro(250), start, { kind: 'use', taxClass: 'voice' });
    expect([drawn.overrun, freeMoney(drawn.purse, start)]).toEqual([50n, 0n]);
    expect(drawn.moves.slice(-1)).toEqual([
      { bucketId: 'main', kind: 'overrun', delta: 50n, taxClass: null },
    ]);
    expect(mainOf(drawn.purse)).toMatchObject({ remaining: -20n, overrun: 50n });
    const paid = creditMoney(drawn.purse, { bucketId: 'main', amount: micro(80), kind: 'top-up' });
    expect([paid.repaid, mainOf(paid.purse).remaining, mainOf(paid.purse).overrun]).toEqual([50n, 10n, 0n]);
  });
});

it('grants a part where not all is free, and exactly what there is', () => {
  const purse = purseOf(bucketOf('main', 100));
  const first = reserveMoney(purse, micro(70), start);
  const second = reserveMoney(first.purse, micro(70), start);
  const third = reserveMoney(second.purse, micro(1), start);
  expect([first.granted, second.granted, third.granted]).toEqual([70n, 30n, 0n]);
  expect(releaseMoney(third.purse, [...first.holds, ...second.holds]).purse).toEqual(purse);
});

it('lets money end, but not what an open session may still use', () => {
  const purse = purseOf(bucketOf('main', 100), bucketOf('bonus', 50, { priority: 1, validTo: later }));
  const { purse: held, holds } = reserveMoney(purse, micro(20), start);
  const ended = expireMoney(held, later);
  expect(ended.moves).toEqual([{ bucketId: 'bonus', kind: 'expire', delta: -30n, taxClass: null }]);
  const back = expireMoney(releaseMoney(ended.purse, holds).purse, later);
  expect(left(back.purse)).toEqual({ main: 100n, bonus: 0n });
});

it('pays usage that began before the end with what was held for it, however the end and the report race', () => {
  const purse = purseOf(bucketOf('main', 100), bucketOf('bonus', 50, { priority: 1, validTo: later }));
  const { purse: held, holds } = reserveMoney(purse, micro(20), start);
  const pay = (at: Purse) =>
    drawMoney(releaseMoney(at, holds).purse, micro(25), later, undefined, start).purse;
  // The end came first: only what was held is left of the bonus, and goes before the own money.
  const endedFirst = pay(expireMoney(held, later).purse);
  expect(left(endedFirst)).toEqual({ main: 95n, bonus: 0n });
  // The report came first: the rest of the bonus ends afterwards.
  const reportedFirst = pay(held);
  expect(left(reportedFirst)).toEqual({ main: 100n, bonus: 25n });
  expect(left(expireMoney(reportedFirst, later).purse)).toEqual({ main: 100n, bonus: 0n });
  // Usage that began after the end takes nothing of it.
  expect(left(drawMoney(held, micro(25), later).purse)).toEqual({ main: 75n, bonus: 50n });
});

it('gives back to bonuses what they paid, while they are valid, and the rest to the own money', () => {
  const purse = purseOf(
    bucketOf('main', 0),
    bucketOf('valid', 0, { validTo: end }),
    bucketOf('ended', 0, { validTo: later }),
  );
  const paid = new Map([
    ['valid', micro(5)],
    ['ended', micro(5)],
  ]);
  const { purse: after } = giveBackMoney(purse, { amount: micro(12), taxClass: 'data', at: later }, paid);
  expect(left(after)).toEqual({ main: 7n, valid: 5n, ended: 0n });
});

it('remembers what each bucket paid for usage, and gives no bonus more than that', () => {
  const purse = purseOf(bucketOf('main', 10), bucketOf('bonus', 5, { priority: 1, validTo: end }));
  const drawn = drawMoney(purse, micro(12), start);
  expect(drawn.purse.buckets.map(({ spent }) => spent)).toEqual([7n, 5n]);
  const back = giveBackMoney(drawn.purse, { amount: micro(3), taxClass: 'data', at: later });
  const rest = giveBackMoney(back.purse, { amount: micro(4), taxClass: 'data', at: later });
  expect(left(rest.purse)).toEqual({ main: 5n, bonus: 5n });
  expect(rest.purse.buckets.map(({ spent }) => spent)).toEqual([5n, 0n]);
});

/** Anything that may happen to a purse. */
const operations = fc.array(
  fc.record({
    what: fc.constantFrom('draw', 'reserve', 'release', 'use', 'credit', 'expire'),
    amount: fc.bigInt({ min: 1n, max: 10n ** 12n }),
    at: fc.constantFrom(start, later, end),
    bonus: fc.boolean(),
  }),
  { maxLength: 40 },
);

it('conserves: credits − expired + overrun = used + reserved + what is free of it, and never below the limit', () => {
  fc.assert(
    fc.property(operations, fc.bigInt({ min: 0n, max: 10n ** 9n }), (drawn, limit) => {
      let purse = purseOf(
        bucketOf('main', 0, { creditLimit: micro(limit) }),
        bucketOf('bonus', 0, { priority: 50, validTo: later }),
      );
      const entries: MoneyMove[] = [];
      const open: MoneyTake[][] = [];
      const note = (change: { purse: Purse; moves: MoneyMove[] }) => {
        purse = change.purse;
        entries.push(...change.moves);
      };
      for (const { what, amount, at, bonus } of drawn) {
        const value = micro(amount);
        if (what === 'credit') {
          note(creditMoney(purse, { bucketId: bonus ? 'bonus' : 'main', amount: value, kind: 'top-up' }));
        } else if (what === 'draw') note(drawMoney(purse, value, at));
        else if (what === 'expire') note(expireMoney(purse, at));
        else if (what === 'reserve') {
          const before = freeMoney(purse, at);
          const reserved = reserveMoney(purse, value, at);
          expect(reserved.granted).toBe(before < value ? before : value);
          note(reserved);
          open.push(reserved.holds);
        } else {
          note(releaseMoney(purse, open.pop() ?? []));
          if (what === 'use') note(drawMoney(purse, value, at));
        }
      }
      for (const bucket of purse.buckets) {
        const own = entries.filter((entry) => entry.bucketId === bucket.bucketId);
        const sum = (...kinds: string[]) =>
          sumAmounts(own.filter(({ kind }) => kinds.includes(kind)).map(({ delta }) => delta));
        const free = bucket.remaining - bucket.reserved;
        expect(sum('top-up') + sum('expire') + bucket.overrun).toBe(-sum('use') + bucket.reserved + free);
        expect(sum('overrun')).toBe(bucket.overrun);
        expect(bucket.overrun >= 0n && bucket.reserved >= 0n).toBe(true);
        expect(bucket.remaining >= -bucket.creditLimit && free >= -bucket.creditLimit).toBe(true);
      }
    }),
  );
});
