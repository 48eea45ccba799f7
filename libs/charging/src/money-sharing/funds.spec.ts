import { amountFromMicro, instantFromIso, type Amount } from '@ronghe/kernel';
import fc from 'fast-check';
import { mainOf, type MoneyBucket, type Purse } from '@ronghe/rating';
import { drawFunds, freeFunds, giveBackFunds, releaseFunds, reserveFunds, type Funds } from './funds';
import { moneyConflictOf, payerOf, unusedShare, type MoneySharing } from './money-sharing';

const at = instantFromIso('2026-07-02T00:00:00+08:00');
const yuan = (amount: number): Amount => amountFromMicro(BigInt(amount) * 1_000_000n);
const purse = (accountId: string, remaining: Amount, creditLimit: Amount = yuan(0)): Purse => {
  const main: MoneyBucket = {
    ...{ bucketId: accountId, lane: 1, accountId, kind: 'main', remaining, creditLimit, priority: 100 },
    ...{ reserved: yuan(0), overrun: yuan(0), spent: yuan(0), validTo: null },
    validFrom: instantFromIso('1970-01-01T00:00:00Z'),
  };
  return { lane: 1, accountId, zone: 'Asia/Shanghai', buckets: [main] };
};
const sharing = (more: Partial<MoneySharing> = {}): MoneySharing => ({
  ...{ lane: 1, sharingId: 's', balanceGroupId: 'g', ownerAccountId: 'owner', memberAccountId: 'member' },
  ...{ cap: yuan(30), fromPeriod: '2026-07', toPeriod: null },
  ...more,
});
const fundsOf = (own: number, others: number, cap: number | null, credit = 0): Funds => ({
  purse: purse('member', yuan(own), yuan(credit)),
  shared: {
    sharing: sharing({ cap: cap === null ? null : yuan(cap) }),
    purse: purse('owner', yuan(others)),
    use: unusedShare('s', '2026-07'),
  },
});
const use = { kind: 'use', taxClass: 'data' } as const;
const left = ({ purse: own, shared }: Funds) => ({
  own: mainOf(own).remaining,
  owed: mainOf(own).overrun,
  owner: shared ? mainOf(shared.purse).remaining : yuan(0),
  used: shared?.use.used,
});

it("draws own money, then the owner's up to the cap, then own credit, and owes the rest", () => {
  const funds = fundsOf(10, 100, 30, 5);
  expect(freeFunds(funds, at)).toBe(yuan(45));
  const drawn = drawFunds(funds, yuan(50), at, use);
  expect(left(drawn.funds)).toEqual({ own: yuan(-5), owed: yuan(5), owner: yuan(70), used: yuan(30) });
  expect(drawn.overrun).toBe(yuan(5));
  expect(freeFunds(drawn.funds, at)).toBe(yuan(0));
});

it('pays through the account that used it, with its cause in both journals', () => {
  const { changes } = drawFunds(fundsOf(0, 100, null), yuan(7), at, use);
  const entries = changes.flatMap(({ moves, reference }) =>
    moves.map(({ bucketId, kind, delta }) => [bucketId, kind, delta / 1_000_000n, reference]),
  );
  expect(entries.filter(([, , delta]) => delta !== 0n)).toEqual([
    ['owner', 'transfer-out', -7n, 'shared/s/2026-07'],
    ['member', 'transfer-in', 7n, 'shared/s/2026-07'],
    ['member', 'use', -7n, undefined],
  ]);
});

it("leaves what the account owed before, and the owner's credit, alone", () => {
  const owed = drawFunds({ purse: purse('member', yuan(0)), shared: null }, yuan(4), at, use).funds.purse;
  const shared = fundsOf(0, 3, 30).shared;
  const credited = shared && { ...shared, purse: purse('owner', yuan(3), yuan(50)) };
  const drawn = drawFunds({ purse: owed, shared: credited }, yuan(5), at, use);
  expect(left(drawn.funds)).toEqual({ own: yuan(0), owed: yuan(6), owner: yuan(0), used: yuan(3) });
});

const amounts = fc.integer({ min: 0, max: 60 });
const steps = fc.array(fc.tuple(fc.constantFrom('draw', 'back', 'reserve', 'release'), amounts));

it('keeps money, the cap and what is held, whatever happens', () => {
  const property = fc.property(
    amounts,
    amounts,
    fc.option(amounts),
    amounts,
    steps,
    (own, others, cap, credit, todo) => {
      let funds = fundsOf(own, others, cap, credit);
      const holds: ReturnType<typeof reserveFunds>['holds'][] = [];
      let used = 0n;
      let moved = 0n;
      for (const [step, number] of todo) {
        const amount = yuan(number);
        const free = freeFunds(funds, at);
        if (step === 'draw') {
          const drawn = drawFunds(funds, amount, at, use);
          expect(drawn.overrun).toBe(amount > free ? amount - free : 0n);
          ({ funds } = drawn);
          used += amount;
        } else if (step === 'back') {
          const back = amountFromMicro(amount < used ? amount : used);
          if (back === 0n) continue;
          ({ funds } = giveBackFunds(funds, { amount: back, taxClass: 'data', at }));
          used -= back;
        } else if (step === 'reserve') {
          const wanted = amount < free ? amount : free;
          const reserved = reserveFunds(funds, wanted, at);
          expect(reserved.holds.reduce((sum, hold) => sum + hold.amount, 0n)).toBe(wanted);
          ({ funds } = reserved);
          expect(freeFunds(funds, at)).toBe(free - wanted);
          holds.push(reserved.holds);
        } else {
          const back = holds.pop();
          if (back) ({ funds } = releaseFunds(funds, back));
        }
        const shared = funds.shared;
        if (!shared) throw new Error('the sharing has gone');
        moved = shared.use.used;
        const room = shared.sharing.cap;
        if (room !== null) expect(shared.use.used + shared.use.reserved <= room).toBe(true);
        expect(mainOf(shared.purse).remaining).toBe(yuan(others) - moved);
        expect(mainOf(shared.purse).remaining >= mainOf(shared.purse).reserved).toBe(true);
        const { remaining, overrun } = mainOf(funds.purse);
        expect(remaining - overrun).toBe(yuan(own) + moved - used);
      }
    },
  );
  fc.assert(property);
});

it('has one payer in a period, and refuses circles, chains and a second one', () => {
  const ended = sharing({ toPeriod: '2026-08' });
  const next = sharing({ sharingId: 't', ownerAccountId: 'other', fromPeriod: '2026-08' });
  expect(
    ['2026-06', '2026-07', '2026-08'].map((period) => payerOf([ended, next], 'member', period)?.sharingId),
  ).toEqual([undefined, 's', 't']);
  const wanted = (ownerAccountId: string, memberAccountId: string) =>
    moneyConflictOf({ ownerAccountId, memberAccountId, fromPeriod: '2026-08' }, [sharing()]);
  expect(wanted('owner', 'third')).toBeNull();
  expect(wanted('owner', 'owner')).toBe('itself');
  expect(wanted('third', 'member')).toBe('member-already');
  expect(wanted('member', 'third')).toBe('owner-is-member');
  expect(wanted('third', 'owner')).toBe('member-is-owner');
  expect(
    moneyConflictOf({ ownerAccountId: 'third', memberAccountId: 'member', fromPeriod: '2026-08' }, [ended]),
  ).toBeNull();
});
