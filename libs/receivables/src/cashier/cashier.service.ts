import { Injectable } from '@nestjs/common';
import { isId, moneyToDecimal, newId, subtractMoney, sumMoney, zeroMoney, type Money } from '@ronghe/kernel';
import { requestContext, Transactions, type Tx } from '@ronghe/platform';
import { insertEntries } from '../ledger.store';
import { bankedAmount, bankingEntry, cashAmount, differenceEntry, type CashierShift } from './cashier-shift';
import { exceedsCounted, shiftClerk, shiftNotFound, shiftOpen, shiftState } from './cashier.errors';
import {
  findReceipts,
  findShifts,
  insertBanking,
  insertShift,
  isTaken,
  lockShift,
  lockTill,
  sumOfReceipts,
  sumsBanked,
  updateNeedsShift,
  updateShift,
} from './cashier.store';

/** Most shifts of one answer. */
const SHIFT_LIMIT = 100;

/** Shifts of cashiers: opened with a float, counted by the clerk, closed by a second person who approves. */
@Injectable()
export class CashierService {
  constructor(private readonly transactions: Transactions) {}

  /** Opens the clerk's shift. @throws DomainError `cash_amount_invalid`, `cashier_shift_open`. */
  open(request: { till: string; float: string }, key: string) {
    return this.transactions.once('receivables.openCashierShift', key, request, async (tx) => {
      const { till } = request;
      const clerk = actorId();
      const float = cashAmount(request.float);
      await lockTill(tx, till);
      if (await isTaken(tx, till, clerk)) throw shiftOpen(till);
      const shift: CashierShift = {
        ...{ shiftId: newId(), till, clerk, state: 'open', float, openedAt: tx.now },
        ...{ expected: null, counted: null, approvedBy: null },
      };
      await insertShift(tx, shift);
      return shiftView(shift);
    });
  }

  /** The clerk has counted the cash: nothing more comes into the shift. @throws DomainError `cash_amount_invalid`, `cashier_shift_not_found`, `cashier_shift_state`, `cashier_shift_clerk`. */
  count(request: { shiftId: string; counted: string }, key: string) {
    return this.transactions.once('receivables.countCashierShift', key, request, async (tx) => {
      const shift = await held(tx, request.shiftId, 'open');
      if (shift.clerk !== actorId()) throw shiftClerk();
      const expected = sumMoney([shift.float, await sumOfReceipts(tx, shift.shiftId)]);
      const counted: CashierShift = {
        ...shift,
        state: 'counted',
        expected,
        counted: cashAmount(request.counted),
      };
      await updateShift(tx, counted);
      return shiftView(counted);
    });
  }

  /** A second person closes it; what differs is booked. @throws DomainError `cashier_shift_not_found`, `cashier_shift_state`, `cashier_shift_clerk`. */
  approve(request: { shiftId: string }, key: string) {
    return this.transactions.once('receivables.approveCashierShift', key, request, async (tx) => {
      const shift = await held(tx, request.shiftId, 'counted');
      if (shift.clerk === actorId()) throw shiftClerk();
      const closed: CashierShift = { ...shift, state: 'closed', approvedBy: actorId() };
      await insertEntries(tx, differenceEntry(closed, tx.now));
      await updateShift(tx, closed);
      return shiftView(closed);
    });
  }

  /**
   * Cash of a closed shift was paid in at the bank; what stays is the float of the next one.
   * @throws DomainError `cash_amount_invalid`, `cash_exceeds_counted`, `cashier_shift_not_found`, `cashier_shift_state`.
   */
  bank(request: { shiftId: string; amount: string; reference: string }, key: string) {
    return this.transactions.once('receivables.bankCash', key, request, async (tx) => {
      const shift = await held(tx, request.shiftId, 'closed');
      const amount = bankedAmount(request.amount);
      const { shiftId } = shift;
      const before = (await sumsBanked(tx, [shiftId])).get(shiftId) ?? zeroMoney;
      const left = subtractMoney(shift.counted ?? zeroMoney, before);
      if (amount > left) throw exceedsCounted(left);
      const banked = { bankingId: newId(), shiftId, amount, at: tx.now };
      await insertBanking(tx, banked, { reference: request.reference, by: actorId() });
      await insertEntries(tx, [bankingEntry(banked)]);
      return shiftView(shift, sumMoney([before, amount]));
    });
  }

  /** Whether cash is taken in shifts only, as long as one till says so. */
  require(request: { till: string; isNeeded: boolean }, key: string) {
    return this.transactions.once('receivables.requireCashierShift', key, request, async (tx) => {
      await lockTill(tx, request.till);
      await updateNeedsShift(tx, request.till, request.isNeeded);
      return request.isNeeded;
    });
  }

  /** Shifts with their receipts, newest first: what is to be reconciled, or all. */
  list(isOpenOnly: boolean) {
    return this.transactions.read(async (tx) => {
      const shifts = await findShifts(tx, isOpenOnly, SHIFT_LIMIT);
      const ids = shifts.map(({ shiftId }) => shiftId);
      const receipts = await findReceipts(tx, ids);
      const banked = await sumsBanked(tx, ids);
      return shifts.map((shift) => ({
        ...shiftView(shift, banked.get(shift.shiftId)),
        receipts: receipts
          .filter(({ shiftId }) => shiftId === shift.shiftId)
          .map(({ amount, ...receipt }) => ({ ...receipt, amount: moneyToDecimal(amount) })),
      }));
    });
  }
}

function actorId(): string {
  return requestContext().actor?.id ?? 'system';
}

async function held(tx: Tx, shiftId: string, expected: CashierShift['state']): Promise<CashierShift> {
  const shift = isId(shiftId) ? await lockShift(tx, shiftId) : null;
  if (!shift) throw shiftNotFound(shiftId);
  if (shift.state !== expected) throw shiftState(shift.state);
  return shift;
}

function shiftView(shift: CashierShift, banked: Money = zeroMoney) {
  const { float, expected, counted, ...rest } = shift;
  const difference =
    expected === null || counted === null
      ? null
      : moneyToDecimal(subtractMoney(counted, expected ?? zeroMoney));
  return {
    ...rest,
    float: moneyToDecimal(float),
    expected: expected === null ? null : moneyToDecimal(expected),
    counted: counted === null ? null : moneyToDecimal(counted),
    difference,
    banked: moneyToDecimal(banked),
    receipts: [] as {
      number: string;
      kind: string;
      referenceId: string;
      accountId: string;
      amount: string;
    }[],
  };
}
