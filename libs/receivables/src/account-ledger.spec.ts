import type { BillPublished } from '@ronghe/contracts';
import {
  instantFromIso,
  moneyFromDecimal,
  moneyFromMinor,
  moneyToDecimal,
  sumMoney,
  zeroMoney,
} from '@ronghe/kernel';
import { includedTax } from '@ronghe/rating';
import fc from 'fast-check';
import { applyBill, applyPayment, type AccountLedger, type LedgerChange } from './account-ledger';
import { balanceOf, type JournalEntry } from './journal-entry';

const issuedAt = instantFromIso('2026-07-01T00:00:00+08:00');

function emptyLedger(): AccountLedger {
  return { accountId: 'a1', lane: 7, openItems: [], credit: zeroMoney, deposit: zeroMoney };
}

function billOf(sequence: number, fen: bigint): BillPublished {
  const gross = moneyFromMinor(fen);
  return {
    billId: `bill-${sequence}`,
    number: `N${String(sequence).padStart(6, '0')}`,
    customerId: 'c1',
    accountId: 'a1',
    lane: 7,
    period: '2026-06',
    total: moneyToDecimal(gross),
    taxes: [{ percent: '9', gross: moneyToDecimal(gross), tax: moneyToDecimal(includedTax(gross, '9')) }],
    issuedAt,
    dueAt: instantFromIso('2026-07-31T00:00:00+08:00'),
  };
}

function payment(id: string, text: string) {
  return { paymentId: id, amount: moneyFromDecimal(text), method: 'cash' as const, receivedAt: issuedAt };
}

const open = (ledger: AccountLedger) => sumMoney(ledger.openItems.map((item) => item.open));

describe('posting a bill', () => {
  it('debits the receivable and credits revenue and tax', () => {
    const { entries, after } = applyBill(emptyLedger(), {
      ...billOf(1, 13167n),
      taxes: [
        { percent: '9', gross: '125.00', tax: '10.32' },
        { percent: '6', gross: '6.67', tax: '0.38' },
      ],
    });
    expect(entries).toHaveLength(1);
    expect(balanceOf(entries[0]?.lines ?? [], 'receivable')).toBe(13167n);
    expect(balanceOf(entries[0]?.lines ?? [], 'taxPayable')).toBe(-1070n);
    expect(balanceOf(entries[0]?.lines ?? [], 'revenue')).toBe(-12097n);
    expect([open(after), after.credit]).toEqual([13167n, 0n]);
  });

  it('refuses a bill whose taxes do not cover its total', () => {
    const wrong = { ...billOf(1, 10000n), taxes: [{ percent: '9', gross: '90.00', tax: '7.43' }] };
    expect(() => applyBill(emptyLedger(), wrong)).toThrow(
      expect.objectContaining({ code: 'entry_not_balanced' }),
    );
  });

  it('turns what a credit note leaves over into credit, which the next bill uses', () => {
    const owing = applyBill(emptyLedger(), billOf(1, 3000n)).after;
    const credited = applyBill(owing, billOf(2, -5000n)).after;
    expect([open(credited), credited.credit]).toEqual([0n, 2000n]);
    const next = applyBill(credited, billOf(3, 5000n));
    expect([open(next.after), next.after.credit]).toEqual([3000n, 0n]);
    expect(next.allocations).toEqual([{ billId: 'bill-3', amount: 2000n }]);
  });
});

describe('posting a credit note of a named bill', () => {
  const owing = [billOf(1, 3000n), billOf(2, 4000n)].reduce(
    (ledger, bill) => applyBill(ledger, bill).after,
    emptyLedger(),
  );

  it('settles that bill before older ones, then the oldest', () => {
    const { allocations } = applyBill(owing, { ...billOf(3, -5000n), creditsBillId: 'bill-2' });
    expect(allocations).toEqual([
      { billId: 'bill-2', amount: 4000n },
      { billId: 'bill-1', amount: 1000n },
    ]);
  });

  it('settles others where it has been paid', () => {
    const { allocations } = applyBill(owing, { ...billOf(3, -500n), creditsBillId: 'bill-0' });
    expect(allocations).toEqual([{ billId: 'bill-1', amount: 500n }]);
  });
});

describe('posting a payment', () => {
  it('pays the oldest bill first and keeps the rest as credit', () => {
    let ledger = applyBill(emptyLedger(), billOf(2, 18900n)).after;
    ledger = applyBill(ledger, billOf(1, 13167n)).after;
    const partly = applyPayment(ledger, payment('p1', '150.00'));
    expect(partly.allocations).toEqual([
      { billId: 'bill-1', amount: 13167n },
      { billId: 'bill-2', amount: 1833n },
    ]);
    const over = applyPayment(partly.after, payment('p2', '200.00'));
    expect([open(over.after), over.after.credit]).toEqual([0n, 2933n]);
  });
});

describe('any sequence of bills, credit notes and payments', () => {
  const fact = fc.oneof(
    fc.record({ kind: fc.constant('bill' as const), fen: fc.bigInt({ min: -50_000n, max: 90_000n }) }),
    fc.record({ kind: fc.constant('payment' as const), fen: fc.bigInt({ min: 1n, max: 120_000n }) }),
  );

  it('keeps the ledger at zero, the sub-ledger equal to the open items and nothing negative', () => {
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 60 }), (facts) => {
        let ledger = emptyLedger();
        const entries: JournalEntry[] = [];
        facts.forEach(({ kind, fen }, index) => {
          const change: LedgerChange =
            kind === 'bill'
              ? applyBill(ledger, billOf(index, fen))
              : applyPayment(ledger, { ...payment(`p${index}`, '1.00'), amount: moneyFromMinor(fen) });
          ledger = change.after;
          entries.push(...change.entries);
          const lines = entries.flatMap((entry) => entry.lines);
          expect(balanceOf(lines)).toBe(zeroMoney);
          expect(balanceOf(lines, 'receivable')).toBe(open(ledger));
          expect(balanceOf(lines, 'customerCredit')).toBe(-ledger.credit);
          for (const item of ledger.openItems) expect(item.open >= 0n && item.open <= item.amount).toBe(true);
          expect(ledger.credit >= 0n).toBe(true);
          // Debt and credit never stand side by side: whichever comes second is used at once.
          expect(open(ledger) === 0n || ledger.credit === 0n).toBe(true);
        });
      }),
    );
  });
});
