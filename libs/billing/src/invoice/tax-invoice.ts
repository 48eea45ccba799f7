import type { BillDeliveryPolicy, InvoiceSeller } from '@ronghe/contracts';
import {
  localDateOf,
  moneyToDecimal,
  subtractMoney,
  sumMoney,
  zeroMoney,
  type Instant,
  type LocalDate,
  type Money,
} from '@ronghe/kernel';
import type { Bill, BillLine } from '../bill/bill';
import { PermanentFailure, type AttemptState } from '../document/attempt';

/** Who buys. */
export interface InvoiceBuyer {
  name: string;
  taxNumber: string | null;
}

/** A buyer who has not said a title: an invoice to a person. */
export const PERSON: InvoiceBuyer = { name: '个人', taxNumber: null };

/** Net + tax = gross, exact to the fen: gross is what the bill says, tax its share of the bill's tax. */
export interface InvoiceLine {
  /** Place on the bill. */
  no: number;
  itemCode: string;
  itemName: string;
  description: string;
  servicePeriod: string;
  net: Money;
  taxPercent: string;
  tax: Money;
  gross: Money;
}

/** The data of one tax invoice (数电票). */
export interface TaxInvoice {
  /** `BILL.NO`: the same whenever it is sent. */
  requestId: string;
  kind: 'blue' | 'red';
  /** The number of the invoice that a red one takes back. */
  credits: string | null;
  billNumber: string;
  issuedOn: LocalDate;
  seller: InvoiceSeller;
  buyer: InvoiceBuyer;
  lines: InvoiceLine[];
  rates: { percent: string; net: Money; tax: Money; gross: Money }[];
  net: Money;
  tax: Money;
  gross: Money;
}

/** What is kept of an invoice that the tax platform has numbered; amounts as text. */
export interface IssuedInvoice {
  requestId: string;
  kind: TaxInvoice['kind'];
  number: string;
  issuedAt: string;
  credits: string | null;
  net: string;
  tax: string;
  gross: string;
  xml: string;
}

/** The tax invoices of a bill, and how far they are. */
export interface TaxInvoiceRequest {
  lane: number;
  billId: string;
  invoices: IssuedInvoice[];
  state: AttemptState;
  attempts: number;
  nextTryAt: Instant | null;
  lastError: string | null;
}

/** Lines of a bill that go on one invoice. */
export interface InvoicePart {
  no: number;
  /** The bill whose invoice a red one takes back; null: a blue invoice. */
  creditsBill: string | null;
  lines: BillLine[];
}

/**
 * How a bill is cut into invoices: one blue one of a bill to be paid; of a credit note a red one for each bill whose lines it takes
 * back, none where no bill is known. Lines of 0.00 are on none.
 * @param creditedBy the bill that charged what a line takes back; null where none is known
 */
export function invoiceParts(bill: Bill, creditedBy: (line: BillLine) => string | null): InvoicePart[] {
  const lines = bill.lines.filter((line) => line.net !== zeroMoney || line.tax !== zeroMoney);
  if (bill.statement !== null || lines.length === 0 || bill.total === zeroMoney) return [];
  if (bill.total > zeroMoney) return [{ no: 1, creditsBill: null, lines }];
  const credited = [...new Set(lines.flatMap((line) => creditedBy(line) ?? []))];
  // A line of which nobody knows what it takes back goes with the first bill that is taken back.
  return credited.map((creditsBill, index) => ({
    no: index + 1,
    creditsBill,
    lines: lines.filter((line) => (creditedBy(line) ?? credited[0]) === creditsBill),
  }));
}

export interface InvoiceParties {
  policy: Pick<BillDeliveryPolicy, 'seller' | 'items'>;
  buyer: InvoiceBuyer;
  /** The number of the invoice that a red one takes back. */
  credits: string | null;
}

/**
 * The data of an invoice.
 * @throws PermanentFailure when the policy does not say what the tax platform calls a line's tax class.
 */
export function taxInvoice(
  bill: Bill,
  part: InvoicePart,
  { policy, buyer, credits }: InvoiceParties,
): TaxInvoice {
  const lines = part.lines.map((line) => invoiceLine(line, policy.items));
  const percents = [...new Set(lines.map((line) => line.taxPercent))].sort((a, b) => Number(b) - Number(a));
  return {
    requestId: `${bill.billId}.${part.no}`,
    kind: credits === null ? 'blue' : 'red',
    credits,
    billNumber: bill.number,
    issuedOn: localDateOf(bill.issuedAt, bill.zone),
    seller: policy.seller,
    buyer,
    lines,
    rates: percents.map((percent) => ({
      percent,
      ...sumOf(lines.filter((line) => line.taxPercent === percent)),
    })),
    ...sumOf(lines),
  };
}

/** What is kept of it once it has a number. */
export function issuedInvoice(
  invoice: TaxInvoice,
  answer: { number: string; issuedAt: string },
  xml: string,
): IssuedInvoice {
  const { requestId, kind, credits, net, tax, gross } = invoice;
  return {
    requestId,
    kind,
    ...answer,
    credits,
    net: moneyToDecimal(net),
    tax: moneyToDecimal(tax),
    gross: moneyToDecimal(gross),
    xml,
  };
}

function invoiceLine(line: BillLine, items: BillDeliveryPolicy['items']): InvoiceLine {
  const item = items.find(({ taxClass }) => taxClass === line.taxClass);
  if (!item) throw new PermanentFailure(`the delivery policy has no item for the tax class ${line.taxClass}`);
  return {
    no: line.no,
    itemCode: item.code,
    itemName: item.name,
    description: line.label['zh-CN'],
    servicePeriod: line.servicePeriod,
    net: subtractMoney(line.net, line.tax),
    taxPercent: line.taxPercent,
    tax: line.tax,
    gross: line.net,
  };
}

function sumOf(lines: readonly InvoiceLine[]): { net: Money; tax: Money; gross: Money } {
  return {
    net: sumMoney(lines.map((line) => line.net)),
    tax: sumMoney(lines.map((line) => line.tax)),
    gross: sumMoney(lines.map((line) => line.gross)),
  };
}
