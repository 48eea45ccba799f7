import type { BillPublished } from '@ronghe/contracts';
import { localDateOf, moneyFromDecimal, moneyFromMinor, zeroMoney } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { LedgerChange } from '../account-ledger';
import type { OpenItem } from '../open-item';
import { findDunningPolicies, policyOn } from '../top-up/policy.store';
import { expectPayments, reviewSoon, type OpenedBill } from './dunning-account.store';

/** A bill that was posted, in its account's zone, and the item that it opened. */
export interface PostedBill {
  bill: BillPublished;
  account: { lane: number; zone: string };
  opened: LedgerChange['opened'];
}

/** Bills were posted: dunning looks at their accounts once they are late. What credit paid at once is never late. */
export async function expectDues(tx: Tx, posted: readonly PostedBill[]): Promise<void> {
  const policies = posted.some(({ bill }) => bill.oneTimeCharges) ? await findDunningPolicies(tx) : [];
  await expectPayments(
    tx,
    posted.flatMap((each) => openedBill(each, policies) ?? []),
  );
}

function openedBill(
  { bill, account, opened }: PostedBill,
  policies: Awaited<ReturnType<typeof findDunningPolicies>>,
): OpenedBill | null {
  if (!opened || opened.open <= zeroMoney) return null;
  const lateFrom = localDateOf(bill.dueAt, account.zone);
  const feeClass = policyOn(policies, lateFrom)?.lateFee.chargeClass;
  const lateFees = (bill.oneTimeCharges ?? [])
    .filter(({ chargeClass }) => chargeClass === feeClass)
    .reduce((sum, { amount }) => sum + moneyFromDecimal(amount), 0n);
  // What was settled is subtracted by its value date: the principal is the whole bill, less fees on others.
  const principal = opened.amount - (lateFees > 0n ? lateFees : 0n);
  return {
    ...{ lane: account.lane, accountId: opened.accountId, billId: bill.billId, number: bill.number },
    ...{ dueAt: bill.dueAt, lateFrom, taxes: bill.taxes.map(({ percent, gross }) => ({ percent, gross })) },
    principal: principal > 0n ? moneyFromMinor(principal) : zeroMoney,
  };
}

/** What is open of items changed: their accounts are looked at where something is late, or was. */
export async function reviewChanged(tx: Tx, lane: number, items: readonly OpenItem[]): Promise<void> {
  await reviewSoon(tx, lane, [...new Set(items.map(({ accountId }) => accountId))], {
    isLate: items.some(({ dueAt, open }) => dueAt <= tx.now && open > zeroMoney),
    billIds: items.map(({ billId }) => billId),
  });
}
