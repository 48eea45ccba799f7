import { instantFromIso, moneyFromMinor, parseLocalDate, zeroMoney } from '@ronghe/kernel';
import fc from 'fast-check';
import { afterAllocations, settleOldestFirst, type OpenItem } from '../open-item';
import { hold, itemsOfPlan, paidOf, readParts, release, standingOf } from './instalment-plan';

const now = instantFromIso('2026-07-20T00:00:00+08:00');
const item = (number: number, fen: bigint, more: Partial<OpenItem> = {}): OpenItem => ({
  ...{
    billId: `b${number}`,
    accountId: 'a',
    number: String(number),
    period: '2026-05',
    issuedAt: now,
    dueAt: now,
  },
  ...{ amount: moneyFromMinor(fen), open: moneyFromMinor(fen), disputed: zeroMoney, instalment: zeroMoney },
  ...more,
});
const part = (dueOn: string, fen: bigint) => ({ dueOn: parseLocalDate(dueOn), amount: moneyFromMinor(fen) });

it('takes what is late and free, and asks that the parts add up to it', () => {
  const items = [
    item(1, 5000n, { disputed: moneyFromMinor(1000n) }),
    item(2, 3000n, { instalment: moneyFromMinor(3000n) }),
    item(3, 700n, { dueAt: instantFromIso('2026-08-01T00:00:00Z') }),
  ];
  const parts = [part('2026-08-01', 2500n), part('2026-09-01', 1500n)];
  expect(itemsOfPlan(items, { billIds: null, parts, now })).toEqual([{ billId: 'b1', amount: 4000n }]);
  const less = { billIds: null, parts: parts.slice(1), now };
  expect(() => itemsOfPlan(items, less)).toThrow(expect.objectContaining({ code: 'instalment_sum_differs' }));
  expect(() => itemsOfPlan(items, { billIds: ['b3'], parts, now })).toThrow(
    expect.objectContaining({ code: 'nothing_overdue' }),
  );
});

it.each([
  [[]],
  [[part('2026-07-20', 1n)]],
  [[part('2026-08-02', 1n), part('2026-08-02', 1n)]],
  [[{ dueOn: '2026-02-30', amount: moneyFromMinor(1n) }]],
  [[part('2036-08-02', 1n)]],
])('refuses the parts %j', (parts) => {
  expect(() => readParts(parts, parseLocalDate('2026-07-20'))).toThrow(
    expect.objectContaining({ code: 'instalment_parts_invalid' }),
  );
});

it('is kept while each part is paid by the end of its day, and broken on the next', () => {
  const plan = { parts: [part('2026-08-01', 100n), part('2026-09-01', 50n)] };
  const on = (day: string, paid: bigint) => standingOf(plan, moneyFromMinor(paid), parseLocalDate(day));
  expect(on('2026-08-01', 0n)).toEqual({ state: 'active', nextDueOn: '2026-08-01' });
  expect(on('2026-08-02', 99n)).toEqual({ state: 'broken', nextDueOn: null });
  expect(on('2026-08-02', 100n)).toEqual({ state: 'active', nextDueOn: '2026-09-01' });
  expect(on('2026-08-02', 150n)).toEqual({ state: 'kept', nextDueOn: null });
});

it('counts as paid what payments take, and never holds more than is open', () => {
  const fens = fc.array(fc.bigInt({ min: 1n, max: 9999n }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(fens, fc.bigInt({ min: 0n, max: 60_000n }), (opens, funds) => {
      const late = opens.map((fen, index) => item(index, fen));
      const plan = { items: late.map(({ billId, open }) => ({ billId, amount: open })) };
      const held = hold(late, plan);
      const { allocations, rest } = settleOldestFirst(held, moneyFromMinor(funds));
      const after = afterAllocations(held, allocations);
      expect(paidOf(plan, after)).toBe(funds - rest);
      for (const { open, instalment } of after) expect(instalment).toBe(open);
      for (const { instalment } of release(after, plan)) expect(instalment).toBe(0n);
    }),
  );
});
