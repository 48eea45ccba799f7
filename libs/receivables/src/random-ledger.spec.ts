import type { BillPublished } from '@ronghe/contracts';
import { instantFromIso, moneyFromMinor, moneyToDecimal, sumMoney, zeroMoney } from '@ronghe/kernel';
import { includedTax } from '@ronghe/rating';
import { applyBill, applyPayment, type AccountLedger } from './account-ledger';
import { balanceOf } from './journal-entry';

const OPERATIONS = 100_000;
const ACCOUNTS = 50;
const at = instantFromIso('2026-07-01T00:00:00+08:00');

/** A small repeatable generator (mulberry32): whole numbers below `limit`. */
function randomFrom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

function billOf(accountId: string, index: number, fen: bigint): BillPublished {
  const gross = moneyFromMinor(fen);
  const tax = moneyToDecimal(includedTax(gross, '9'));
  return {
    billId: `bill-${index}`,
    number: String(index).padStart(8, '0'),
    customerId: 'c',
    accountId,
    lane: 0,
    period: '2026-06',
    total: moneyToDecimal(gross),
    taxes: [{ percent: '9', gross: moneyToDecimal(gross), tax }],
    issuedAt: at,
    dueAt: at,
  };
}

it(`stays at zero through ${OPERATIONS} random bills, credit notes and payments`, () => {
  const seed = Number(process.env['SEED'] ?? 20260701);
  const random = randomFrom(seed);
  const ledgers = Array.from({ length: ACCOUNTS }, (_, index): AccountLedger => ({
    accountId: `a${index}`,
    lane: 0,
    openItems: [],
    credit: zeroMoney,
    deposit: zeroMoney,
  }));
  let receivable = 0n;
  let credit = 0n;
  for (let index = 0; index < OPERATIONS; index += 1) {
    const place = random(ACCOUNTS);
    const ledger = ledgers[place];
    if (!ledger) continue;
    const fen = BigInt(1 + random(60_000));
    const kind = random(10);
    const paymentId = `p${index}`;
    const change =
      kind < 5
        ? applyPayment(ledger, { paymentId, amount: moneyFromMinor(fen), method: 'cash', receivedAt: at })
        : applyBill(ledger, billOf(ledger.accountId, index, kind === 9 ? -fen : fen));
    const lines = change.entries.flatMap((entry) => entry.lines);
    if (balanceOf(lines) !== zeroMoney) throw new Error(`seed ${seed}: operation ${index} is not balanced`);
    receivable += balanceOf(lines, 'receivable');
    credit -= balanceOf(lines, 'customerCredit');
    ledgers[place] = { ...change.after, openItems: change.after.openItems.filter((item) => item.open > 0n) };
  }
  expect([seed, receivable]).toEqual([
    seed,
    sumMoney(ledgers.flatMap((ledger) => ledger.openItems.map((item) => item.open))),
  ]);
  expect([seed, credit]).toEqual([seed, sumMoney(ledgers.map((ledger) => ledger.credit))]);
});
