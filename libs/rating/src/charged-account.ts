import type { DiscountPolicy, LocalizedText, UsageTotal } from '@ronghe/contracts';
import type { BillPeriod, Money } from '@ronghe/kernel';
import { formBillLines, type BillLine, type BillLineQuestion } from './bill-lines';
import { debitedCharges, type DebitedFee } from './debited-fees';
import type { Holding } from './holding';
import { recurringCharges, type RecurringCharge } from './recurring-charges';

/** An account of a billing group, as the bill of a period looks at it. */
export interface ChargedAccount {
  accountId: string;
  /** Accounts of one share group discounts and what changes the group's prices; left out: all are of one. */
  balanceGroupId?: string;
  /** Usage was paid as it came: it stays as charging told it; discounts and minimums are those that say so. */
  isPrepaid: boolean;
  /** Every product, also ended ones. */
  holdings: readonly Holding[];
  /** Charging's totals of the period. */
  usageTotals: readonly UsageTotal[];
  /** What was debited for the period's fees, where they are debited as they fall due. Default: they cost what they cost. */
  debitedFees?: readonly DebitedFee[];
}

/** What a discount of the account or its balance group took of a line. */
export interface LineDiscount {
  /** Of the discount policy. */
  code: string;
  version: number;
  label: LocalizedText;
  scope: DiscountPolicy['scope'];
  amount: Money;
}

/** What an account is charged for one product, charge class and tax class of a service period. */
export interface ChargedLine extends BillLine {
  /** Identity inside (account, service period). */
  key: string;
  /** The share of discounts of the account and the group, in the order in which they were taken; part of `discount`. */
  discounts: LineDiscount[];
}

/** The terms of charging a service period. */
export interface ChargeTerms extends Pick<
  BillLineQuestion,
  'groupHoldings' | 'offers' | 'cycle' | 'chargeClasses'
> {
  /** The service period. */
  period: BillPeriod;
  /** `advance`: only fees that are billed before their period (usage and the other fees come later). */
  part: 'all' | 'advance';
}

/**
 * What a service period of an account costs, whatever has been billed of it: fees and usage, one line per product,
 * charge class and tax class, before discounts of the account and its group. Throws what rating throws (`offer_unknown`, …).
 */
export function chargesOfAccount(account: ChargedAccount, terms: ChargeTerms): ChargedLine[] {
  const { holdings, usageTotals, isPrepaid } = account;
  const { part, offers, period, cycle, chargeClasses, groupHoldings = [] } = terms;
  const owed = recurringCharges({ holdings, groupHoldings, offers, period, cycle });
  // What is debited as it falls due is taxed as it was debited: whole.
  const fees = account.debitedFees
    ? debitedWhole(account.debitedFees, { owed, holdings, offers, firstDay: period.firstDay })
    : owed;
  const lines = formBillLines({
    period,
    cycle,
    offers,
    chargeClasses,
    groupHoldings,
    holdings,
    recurring: part === 'all' ? fees : fees.filter((fee) => fee.timing === 'advance'),
    usageTotals: part === 'all' ? usageTotals : null,
    isUsagePaid: isPrepaid,
  });
  return lines.map(chargedLine);
}

/** Written out: a spread of so many fields costs more than all that was worked out for the line. */
function chargedLine(line: BillLine): ChargedLine {
  return {
    card: line.card,
    productId: line.productId,
    chargeClass: line.chargeClass,
    chargeCode: line.chargeCode,
    label: line.label,
    amount: line.amount,
    discount: line.discount,
    net: line.net,
    taxClass: line.taxClass,
    serviceDate: line.serviceDate,
    exact: line.exact,
    exactUsage: line.exactUsage,
    sources: line.sources,
    explanation: line.explanation,
    key: productKey(line),
    discounts: [],
  };
}

function debitedWhole(...asked: Parameters<typeof debitedCharges>): RecurringCharge[] {
  return debitedCharges(...asked).map(({ taxParts: _, ...fee }) => fee);
}

/** The identity of what a product is charged for: the same three that form a line. */
export function productKey({
  productId,
  chargeClass,
  taxClass,
}: Pick<BillLine, 'productId' | 'chargeClass' | 'taxClass'>): string {
  return `${productId}/${chargeClass}/${taxClass}`;
}
