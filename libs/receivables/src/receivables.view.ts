import { moneyFromMinor, moneyToDecimal } from '@ronghe/kernel';
import type { OpenItem } from './open-item';
import type { Payment, RecordedPayment } from './payment';
import { methodName, type PaymentMethodName } from './payment-method-name';
import type { TrialBalanceRow } from './ledger-account';

/** GraphQL type OpenItem. */
export interface OpenItemView {
  bill: { id: string };
  number: string;
  period: string;
  amount: string;
  open: string;
  disputed: string;
  instalment: string;
  dueAt: string;
}

/** GraphQL type Payment. */
export interface PaymentView {
  paymentId: string;
  account: { accountId: string };
  amount: string;
  method: PaymentMethodName;
  receivedAt: string;
  valueDate: string;
  reference: string | null;
}

/** An open item as GraphQL shows it. */
export function openItemView(item: OpenItem): OpenItemView {
  const { billId, number, period, amount, open, dueAt } = item;
  return {
    bill: { id: billId },
    number,
    period,
    amount: moneyToDecimal(amount),
    open: moneyToDecimal(open),
    disputed: moneyToDecimal(item.disputed),
    instalment: moneyToDecimal(item.instalment),
    dueAt,
  };
}

/** A stored payment as GraphQL shows it. */
export function paymentView(payment: Payment): PaymentView {
  return recordedPaymentView({ ...payment, amount: moneyToDecimal(payment.amount) });
}

/** A payment as it was answered, as GraphQL shows it. */
export function recordedPaymentView(payment: RecordedPayment): PaymentView {
  const { paymentId, accountId, amount, method, receivedAt, valueDate, reference } = payment;
  return {
    ...{ paymentId, account: { accountId }, amount, method: methodName(method) },
    ...{ receivedAt, valueDate, reference },
  };
}

/** A row of the trial balance; its name is resolved by language. */
export function trialBalanceRowView(row: TrialBalanceRow) {
  return {
    code: row.account.code,
    names: row.account.name,
    debit: moneyToDecimal(row.debit),
    credit: moneyToDecimal(row.credit),
    balance: moneyToDecimal(moneyFromMinor(row.debit - row.credit)),
  };
}
