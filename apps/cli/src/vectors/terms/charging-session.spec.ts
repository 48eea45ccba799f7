import fc from 'fast-check';
import { ratioFromDecimal, ratioOf, type Ratio } from '@ronghe/kernel';
import { newSession, reservedOf, updateSession } from './charging-session';
import { priceEvent } from './event-price';
import { compileRateTable } from './rate-table';
import { usableAt, type MoneyBalance, type SpendableBalance } from './spendable-balances';
import { instantFromIso } from '@ronghe/kernel';

const price = priceEvent(
  compileRateTable([
    {
      prefixes: [],
      weekdays: null,
      months: null,
      monthDays: null,
      fromTimeMs: 0,
      weight: 0,
      connectFee: ratioOf(0n),
      steps: [{ from: 0n, price: ratioFromDecimal('3'), perUnits: 10n, increment: 10n }],
      maximum: null,
    },
  ]),
  { destination: '', startedAt: null, zone: 'UTC', isDuration: false },
);
const money = (fund: number): MoneyBalance => ({
  id: 'money',
  kind: 'money',
  remaining: ratioOf(BigInt(fund)),
  priority: 0,
  validity: null,
  band: null,
  mayBeNegative: false,
});
const left = (balances: readonly SpendableBalance[]) => balances[0]?.remaining;

it('sets aside whole increments, charges the total, gives back the rest', () => {
  const begun = updateSession(newSession, [money(100)], price, { used: 0n, reserve: 15n });
  expect(begun).toMatchObject({ granted: 20n, isOutOfCredit: false });
  expect([left(begun.balances), reservedOf(begun.session, 'money')]).toEqual([ratioOf(94n), ratioOf(6n)]);
  const ended = updateSession(begun.session, begun.balances, price, { used: 4n, reserve: null });
  expect(left(ended.balances)).toEqual(ratioOf(97n));
});

it('leaves all as it was where a request is not covered, but charges reported use', () => {
  const begun = updateSession(newSession, [money(8)], price, { used: 0n, reserve: 10n });
  const refused = updateSession(begun.session, begun.balances, price, { used: 0n, reserve: 40n });
  expect(refused).toMatchObject({ isOutOfCredit: true, session: begun.session, balances: begun.balances });
  const used = updateSession(begun.session, begun.balances, price, { used: 10n, reserve: 40n });
  expect(used).toMatchObject({ isOutOfCredit: true, granted: null, overrun: 0n });
  expect(left(used.balances)).toEqual(ratioOf(5n));
});

it('owes what was used beyond the funds', () => {
  const ended = updateSession(newSession, [money(4)], price, { used: 25n, reserve: null });
  expect(ended).toMatchObject({ overrun: 15n });
  expect(left(ended.balances)).toEqual(ratioOf(1n));
});

it('a session in many updates costs what it costs in one', () => {
  const reports = fc.array(
    fc.record({ used: fc.bigInt({ min: 0n, max: 40n }), reserve: fc.bigInt({ min: 1n, max: 60n }) }),
    {
      maxLength: 8,
    },
  );
  fc.assert(
    fc.property(reports, (updates) => {
      let [session, balances] = [newSession, [money(5000)] as SpendableBalance[]];
      for (const update of updates) ({ session, balances } = updateSession(session, balances, price, update));
      const ended = updateSession(session, balances, price, { used: 0n, reserve: null });
      const total = updates.reduce((sum, { used }) => sum + used, 0n);
      const expected = 5000n - ((total + 9n) / 10n) * 3n;
      expect(left(ended.balances) as Ratio).toEqual(ratioOf(expected));
    }),
  );
});

it('uses a balance within its validity and its band, which may go over midnight', () => {
  const night = { ...money(1), id: 'night', band: { fromMs: 23 * 3_600_000, toMs: 8 * 3_600_000 } };
  const october = {
    ...money(1),
    id: 'october',
    validity: { from: instantFromIso('2026-10-01T00:00:00Z'), to: instantFromIso('2026-11-01T00:00:00Z') },
  };
  const usable = (at: string) => usableAt([october, night], instantFromIso(at), 'UTC').map(({ id }) => id);
  expect(usable('2026-10-31T23:00:00Z')).toEqual(['night', 'october']);
  expect(usable('2026-11-01T00:00:00Z')).toEqual(['night']);
  expect(usable('2026-10-31T08:00:00Z')).toEqual(['october']);
});
