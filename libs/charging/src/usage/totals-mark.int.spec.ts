import { newId } from '@ronghe/kernel';
import { Transactions, type Tx } from '@ronghe/platform';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from '../charging.domain';
import { markTotals, takeMarks, type AccountPeriod } from './totals-mark.store';

let operator: TestOperator;
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain] });
});
afterAll(() => operator?.stop());

const run = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => operator.get(Transactions).run(work);
const account = (lane: number): AccountPeriod => ({ lane, accountId: newId(), period: '2026-06' });
const mark = (...changed: AccountPeriod[]) => run((tx) => markTotals(tx, changed));

it('names each account once, in order of lanes, and takes every mark once', async () => {
  const [a, b] = [account(3), account(1)];
  await mark(a);
  await mark(b, a);
  expect(await run((tx) => takeMarks(tx, 10))).toEqual({ count: 2, changed: [b, a] });
  expect(await run((tx) => takeMarks(tx, 10))).toEqual({ count: 0, changed: [] });
});

it('leaves the mark of a change that is committed later, and what another one is taking', async () => {
  const [taken, later] = [account(1), account(1)];
  await mark(taken);
  await run(async (tx) => {
    await markTotals(tx, [later]);
    await run(async (other) => {
      expect(await takeMarks(other, 10)).toEqual({ count: 1, changed: [taken] });
      expect(await run((third) => takeMarks(third, 10))).toEqual({ count: 0, changed: [] });
    });
  });
  expect(await run((tx) => takeMarks(tx, 10))).toEqual({ count: 1, changed: [later] });
});

it('marks more accounts than are published at once, the oldest first', async () => {
  const many = Array.from({ length: 600 }, (_, n) => account(n));
  await mark(...many);
  const counts: number[] = [];
  for (let at = 0; at < 3; at += 1) {
    const { changed } = await run((tx) => takeMarks(tx, 1));
    expect(changed).toEqual(many.slice(at * 250, (at + 1) * 250));
    counts.push(changed.length);
  }
  expect(counts).toEqual([250, 250, 100]);
});
