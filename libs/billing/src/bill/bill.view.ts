import { productLanguage, type ExplainedUsage, type LocalizedText } from '@ronghe/contracts';
import { addDays, addMs, localDateOf, moneyToDecimal, type BillPeriod, type LocalDate } from '@ronghe/kernel';
import { explanationText, type BillTax, type Explanation, type LineDiscount } from '@ronghe/rating';
import { lineIdOf, sectionsOf, type Bill, type BillLine } from './bill';
import type { ChargeReference, DraftLine } from './charge-line';
import type { BillDraft } from './draft-bill';
import { statementView, type StatementView } from '../statement/statement-view';
import { appliedDiscounts } from './line-discount';

/** A bill as GraphQL shows it; `lines` and texts are resolved from the domain's own objects. */
export interface BillView {
  id: string;
  number: string;
  kind: 'BILL' | 'CREDIT_NOTE' | 'STATEMENT';
  period: string;
  firstDay: LocalDate;
  lastDay: LocalDate;
  accountId: string;
  account: { accountId: string };
  customer: { customerId: string };
  total: string;
  lines: LineView[];
  sections: SectionView[];
  discounts: DiscountView[];
  taxes: TaxView[];
  issuedAt: string;
  dueOn: LocalDate;
  statement: StatementView | null;
  credits: { billId: string; reason: string } | null;
}

/** What is charged to one account. */
export interface SectionView {
  accountId: string;
  total: string;
  lines: LineView[];
}

export interface LineView {
  id: string | null;
  accountId: string;
  card: string;
  chargeClass: string;
  labels: LocalizedText;
  servicePeriod: string;
  amount: string;
  discount: string;
  discounts: DiscountView[];
  net: string;
  taxPercent: string;
  tax: string;
  creditsLine: { billId: string; no: number } | null;
  explanation: Explanation;
}

export interface DiscountView {
  code: string;
  version: number;
  labels: LocalizedText;
  scope: 'ACCOUNT' | 'BALANCE_GROUP';
  amount: string;
}

export interface TaxView {
  percent: string;
  gross: string;
  tax: string;
}

/** A published bill as GraphQL shows it. */
export function billView(bill: Bill): BillView {
  const { billId, number, period, accountId, customerId, zone, total, issuedAt } = bill;
  return {
    id: billId,
    number,
    kind: bill.statement ? 'STATEMENT' : total < 0n ? 'CREDIT_NOTE' : 'BILL',
    period,
    firstDay: localDateOf(bill.periodFrom, zone),
    lastDay: addDays(localDateOf(bill.periodTo, zone), -1),
    accountId,
    account: { accountId },
    customer: { customerId },
    total: moneyToDecimal(total),
    lines: bill.lines.map((line) => lineView(line, accountId)),
    sections: sectionsOf(bill).map((section) => ({
      accountId: section.accountId,
      total: moneyToDecimal(section.total),
      lines: section.lines.map((line) => lineView(line, accountId)),
    })),
    discounts: appliedDiscounts(bill.lines).map(discountView),
    taxes: bill.taxes.map(taxView),
    issuedAt,
    dueOn: lastDayToPayOf(bill),
    statement: bill.statement && statementView(bill.statement, bill.lines),
    credits: bill.credits ?? null,
  };
}

/** The last local day to pay. */
export function lastDayToPayOf(bill: Bill): LocalDate {
  return localDateOf(addMs(bill.dueAt, -1), bill.zone);
}

/** A line of an account's bill as GraphQL shows it; one that is on no bill yet has no id. */
export function lineView(line: BillLine | DraftLine, billedTo: string): LineView {
  return {
    id: 'billId' in line ? lineIdOf(line) : null,
    accountId: line.accountId ?? billedTo,
    card: line.card,
    chargeClass: line.chargeClass,
    labels: line.label,
    servicePeriod: line.servicePeriod,
    amount: moneyToDecimal(line.amount),
    discount: moneyToDecimal(line.discount),
    discounts: line.discounts.map(discountView),
    net: moneyToDecimal(line.net),
    taxPercent: line.taxPercent,
    tax: moneyToDecimal(line.tax),
    creditsLine: 'creditsLine' in line ? (line.creditsLine ?? null) : null,
    explanation: line.explanation,
  };
}

/** What a run would write; nothing is a total of 0.00. */
export function previewView(accountId: string, period: BillPeriod, draft: BillDraft | null) {
  return {
    accountId,
    period: period.key,
    total: draft ? moneyToDecimal(draft.total) : '0.00',
    lines: draft ? draft.lines.map((line) => lineView(line, accountId)) : [],
    discounts: draft ? appliedDiscounts(draft.lines).map(discountView) : [],
    taxes: draft ? draft.taxes.map(taxView) : [],
  };
}

/** The sentences of an explanation, one after the other. */
export function explanationIn(explanation: Explanation, language: string): string {
  return explanationText(explanation, productLanguage(language));
}

/** A usage event behind a line as GraphQL shows it. */
export function usageView(event: ExplainedUsage) {
  const { usageId, recordId, usedAt, quantity, unit, unitsCharged, amount, text } = event;
  return { usageId, recordId, usedAt, quantity, unit, unitsCharged, amount, text };
}

function discountView({ code, version, label, scope, amount }: LineDiscount): DiscountView {
  return {
    code,
    version,
    labels: label,
    scope: scope === 'account' ? 'ACCOUNT' : 'BALANCE_GROUP',
    amount: moneyToDecimal(amount),
  };
}

/** What a line was made from as GraphQL shows it. */
export function referenceView(reference: ChargeReference) {
  switch (reference.kind) {
    case 'fee':
      return { ...reference, kind: 'FEE' as const };
    case 'usage':
      return { ...reference, kind: 'USAGE' as const, priceCode: reference.chargeCode };
    case 'minimum':
      return { ...reference, kind: 'MINIMUM' as const, priceCode: reference.chargeCode };
    case 'once':
      return { ...reference, kind: 'ONCE' as const };
    case 'credit':
      return { kind: 'CREDIT' as const, lineId: lineIdOf(reference) };
    case 'transfer':
      return {
        kind: 'TRANSFER' as const,
        relationId: reference.relationId,
        otherAccountId: reference.accountId,
      };
  }
}

function taxView(tax: BillTax): TaxView {
  return { percent: tax.percent, gross: moneyToDecimal(tax.gross), tax: moneyToDecimal(tax.tax) };
}
