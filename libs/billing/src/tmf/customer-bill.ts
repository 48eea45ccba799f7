import type { HrefOf } from '@ronghe/contracts';
import { addMs, moneyFromMinor, moneyToDecimal, subtractMoney, zeroMoney, type Money } from '@ronghe/kernel';
import { lineIdOf, type Bill, type BillLine } from '../bill/bill';

/** Where the API lies: TMF678 Customer Bill Management, version 4. */
export const customerBillRoot = '/tmf-api/customerBillManagement/v4';
const BILLS = `${customerBillRoot}/customerBill`;
const RATES = `${customerBillRoot}/appliedCustomerBillingRate`;

/** Writes decimal text as a JSON number, digit by digit; the caller's JSON writer decides how. */
export type NumberWriter = (decimalText: string) => unknown;

/** How values are written that the edge decides on. */
export interface Writing {
  number: NumberWriter;
  hrefOf: HrefOf;
}

/** A bill as TMF678 CustomerBill. `posted`: what is due; null while receivables has not posted it. */
export function customerBill(
  bill: Bill,
  posted: Money | null,
  documents: { page: string; pdf: string },
  { number, hrefOf }: Writing,
) {
  // What a statement shows was paid as it was used.
  const isStatement = bill.statement !== null;
  const due = isStatement ? zeroMoney : posted;
  const money = moneyWriter(number);
  const tax = moneyFromMinor(bill.taxes.reduce((sum, each) => sum + each.tax, 0n));
  return {
    id: bill.billId,
    href: hrefOf(BILLS, bill.billId),
    billNo: bill.number,
    billDate: bill.issuedAt,
    category: 'normal',
    runType: 'onCycle',
    lastUpdate: bill.issuedAt,
    ...(isStatement ? {} : { paymentDueDate: addMs(bill.dueAt, -1) }),
    state: isStatement ? 'settled' : stateOf(bill, due),
    amountDue: money(isStatement ? zeroMoney : bill.total),
    ...(due === null ? {} : { remainingAmount: money(due) }),
    taxExcludedAmount: money(subtractMoney(bill.total, tax)),
    taxIncludedAmount: money(bill.total),
    taxItem: bill.taxes.map((each) => ({
      taxCategory: 'VAT',
      taxRate: number(each.percent),
      taxAmount: money(each.tax),
    })),
    billingAccount: { id: bill.accountId, '@referredType': 'BillingAccount' },
    relatedParty: [{ id: bill.customerId, role: 'customer', '@referredType': 'Customer' }],
    billingPeriod: { startDateTime: bill.periodFrom, endDateTime: bill.periodTo },
    billDocument: [
      { name: bill.number, mimeType: 'text/html', url: documents.page, '@type': 'Attachment' },
      { name: bill.number, mimeType: 'application/pdf', url: documents.pdf, '@type': 'Attachment' },
    ],
    '@type': 'CustomerBill',
  };
}

/** A bill line as TMF678 AppliedCustomerBillingRate. */
export function appliedBillingRate(bill: Bill, line: BillLine, { number, hrefOf }: Writing) {
  const money = moneyWriter(number);
  return {
    id: lineIdOf(line),
    href: hrefOf(RATES, lineIdOf(line)),
    date: bill.issuedAt,
    name: line.label.en,
    description: line.chargeClass,
    type: line.net < zeroMoney ? 'credit' : 'appliedBillingCharge',
    isBilled: true,
    appliedTax: [{ taxCategory: 'VAT', taxRate: number(line.taxPercent), taxAmount: money(line.tax) }],
    bill: {
      id: bill.billId,
      href: hrefOf(BILLS, bill.billId),
      '@referredType': 'CustomerBill',
    },
    billingAccount: { id: bill.accountId, '@referredType': 'BillingAccount' },
    characteristic: [
      { name: 'card', valueType: 'string', value: line.card },
      { name: 'chargeClass', valueType: 'string', value: line.chargeClass },
      ...line.discounts.map(({ code, amount }) => ({
        name: `discount:${code}`,
        valueType: 'number',
        value: number(moneyToDecimal(amount)),
      })),
    ],
    ...(line.productId === null ? {} : { product: { id: line.productId, '@referredType': 'Product' } }),
    taxExcludedAmount: money(subtractMoney(line.net, line.tax)),
    taxIncludedAmount: money(line.net),
    '@type': 'AppliedCustomerBillingRate',
  };
}

function stateOf(bill: Bill, due: Money | null): 'sent' | 'partiallyPaid' | 'settled' {
  if (due === null || (due === bill.total && due !== zeroMoney)) return 'sent';
  return due <= zeroMoney ? 'settled' : 'partiallyPaid';
}

function moneyWriter(number: NumberWriter) {
  return (value: Money) => ({ unit: 'CNY', value: number(moneyToDecimal(value)) });
}
