import type { HrefOf } from '@ronghe/contracts';
import { DomainError, moneyToDecimal } from '@ronghe/kernel';
import type { StandingAllocation } from '../account-ledger';
import { paymentMethods, type Payment, type PaymentMethod } from '../payment';
import type { PaymentRequest } from '../payment-request';
import type { MovementAnswer } from '../settlement/movement';

/** Where payments and refunds lie in TMF676 Payment Management, version 4. */
export const paymentRoot = '/tmf-api/paymentManagement/v4';
const payments = `${paymentRoot}/payment`;
const refunds = `${paymentRoot}/refund`;

/** How numbers and addresses are written into a body. */
export interface TmfWriting {
  number: (decimalText: string) => unknown;
  hrefOf: HrefOf;
}

/** A payment as TMF676 Payment; what it pays are its items, bills by id. The value date stands in the description. */
export function paymentResource(
  payment: Payment,
  paid: readonly StandingAllocation[],
  { number, hrefOf }: TmfWriting,
): { id: string } & Record<string, unknown> {
  const money = (decimalText: string) => ({ unit: 'CNY', value: number(decimalText) });
  return {
    id: payment.paymentId,
    href: hrefOf(payments, payment.paymentId),
    ...(payment.reference === null ? {} : { correlatorId: payment.reference }),
    description: `counts from ${payment.valueDate}`,
    paymentDate: payment.receivedAt,
    status: 'done',
    statusDate: payment.receivedAt,
    account: { id: payment.accountId, '@referredType': 'BillingAccount' },
    amount: money(moneyToDecimal(payment.amount)),
    totalAmount: money(moneyToDecimal(payment.amount)),
    paymentItem: paid.map(({ allocationId, billId, amount }) => ({
      id: allocationId,
      item: { id: billId, '@referredType': 'CustomerBill' },
      amount: money(moneyToDecimal(amount)),
      totalAmount: money(moneyToDecimal(amount)),
    })),
    paymentMethod: { id: payment.method, name: payment.method, '@referredType': 'PaymentMethod' },
    '@type': 'Payment',
  };
}

/** A refund as TMF676 Refund. */
export function refundResource(
  refund: MovementAnswer,
  { number, hrefOf }: TmfWriting,
): { id: string } & Record<string, unknown> {
  const money = { unit: 'CNY', value: number(refund.amount) };
  const method = refund.method ?? 'transfer';
  return {
    id: refund.movementId,
    href: hrefOf(refunds, refund.movementId),
    ...(refund.reason === null ? {} : { description: refund.reason }),
    refundDate: refund.recordedAt,
    status: 'done',
    statusDate: refund.recordedAt,
    account: { id: refund.accountId, '@referredType': 'BillingAccount' },
    amount: money,
    totalAmount: money,
    ...(refund.referenceId === null
      ? {}
      : { payment: { id: refund.referenceId, '@referredType': 'Payment' } }),
    paymentMethod: { id: method, name: method, '@referredType': 'PaymentMethod' },
    '@type': 'Refund',
  };
}

/** Reads a TMF676 Payment_Create. @throws DomainError `payment_body_invalid`. */
export function readPayment(body: unknown): PaymentRequest {
  const content = objectOf(body);
  const items = content['paymentItem'] ?? [];
  if (!Array.isArray(items)) throw bodyInvalid('paymentItem', 'a list');
  const { correlatorId } = content;
  return {
    ...readMoney(content),
    reference: typeof correlatorId === 'string' ? correlatorId.slice(0, 100) : null,
    allocations: items.map((each) => {
      const item = objectOf(each);
      return {
        billId: idOf(item['item'], 'paymentItem.item'),
        lineNo: null,
        amount: amountOf(item['totalAmount'] ?? item['amount'], 'paymentItem.totalAmount'),
      };
    }),
  };
}

/** Reads a TMF676 Refund_Create. @throws DomainError `payment_body_invalid`. */
export function readRefund(body: unknown) {
  const content = objectOf(body);
  const { description, payment } = content;
  return {
    ...readMoney(content),
    paymentId: payment === undefined ? null : idOf(payment, 'payment'),
    reason: typeof description === 'string' ? description.slice(0, 200) : '',
  };
}

function readMoney(content: Record<string, unknown>): {
  accountId: string;
  amount: string;
  method: PaymentMethod;
} {
  const { id, name } = objectOf(content['paymentMethod']);
  const method = paymentMethods.find((each) => each === name || each === id);
  if (!method) throw bodyInvalid('paymentMethod', `a reference named ${paymentMethods.join(', ')}`);
  const amount = amountOf(content['totalAmount'], 'totalAmount');
  return { accountId: idOf(content['account'], 'account'), amount, method };
}

function idOf(value: unknown, field: string): string {
  const { id } = objectOf(value);
  if (typeof id !== 'string' || !/^[0-9a-f-]{36}$/i.test(id))
    throw bodyInvalid(field, 'a reference with an id');
  return id;
}

function amountOf(value: unknown, field: string): string {
  const { unit, value: amount } = objectOf(value);
  const isNumber = typeof amount === 'number' || typeof amount === 'string';
  if (!isNumber || (unit !== undefined && unit !== 'CNY')) throw bodyInvalid(field, 'an amount of CNY');
  return String(amount);
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function bodyInvalid(field: string, wanted: string): DomainError {
  return new DomainError('payment_body_invalid', 'invalid', `${field} must be ${wanted}`, { field });
}
