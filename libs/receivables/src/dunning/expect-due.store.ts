import type { BillPublished } from '@ronghe/contracts';
import { localDateOf, moneyFromDecimal, moneyFromMinor, zeroMoney } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { LedgerChange } from '../account-ledger';
import type { OpenItem } from '../open-item';
import { findDunningPolicies, policyOn } from '../top-up/policy.store';
import { expectPayment, reviewSoon } from './dunning-account.store';

/** A bill was posted: dunning looks at its account once it is late. What credit paid at once is never late. */
export async function expectDue(
  tx: Tx,
  bill: BillPublished,
  account: { lane: number; zone: string },
  { opened }: Pick<LedgerChange, 'opened'>,
): Promise<void> {
  if (!opened || opened.open <= zeroMoney) return;
  const lateFrom = localDateOf(bill.dueAt, account.zone);
  const policies = bill.oneTimeCharges ? await findDunningPolicies(tx) : [];
  const feeClass = policyOn(policies, lateFrom)?.lateFee.chargeClass;
  const lateFees = (bill.oneTimeCharges ?? [])
    .filter(({ chargeClass }) => chargeClass === feeClass)
    .reduce((sum, { amount }) => sum + moneyFromDecimal(amount), 0n);
  // What was settled is subtracted by its value date: the principal is the whole bill, less fees on others.
  const principal = opened.amount - (lateFees > 0n ? lateFees : 0n);
  await expectPayment(tx, {
    ...{ lane: account.lane, accountId: opened.accountId, billId: bill.billId, number: bill.number },
    ...{ dueAt: bill.dueAt, lateFrom, taxes: bill.taxes.map(({ percent, gross }) => ({ percent, gross })) },
    principal: principal > 0n ? moneyFromMinor(principal) : zeroMoney,
  });
}

/** What is open of items changed: their accounts are looked at where something is late, or was. */
export async function reviewChanged(tx: Tx, lane: number, items: readonly OpenItem[]): Promise<void> {
  await reviewSoon(tx, lane, [...new Set(items.map(({ accountId }) => accountId))], {
    isLate: items.some(({ dueAt, open }) => dueAt <= tx.now && open > zeroMoney),
    billIds: items.map(({ billId }) => billId),
  });
}
