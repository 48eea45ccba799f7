import type { LocalizedText } from '@ronghe/contracts';
import {
  addMoney,
  moneyToAmount,
  negateMoney,
  subtractAmounts,
  subtractMoney,
  sumAmounts,
  zeroAmount,
  zeroMoney,
  type Amount,
  type BillPeriod,
  type LocalDate,
  type Money,
} from '@ronghe/kernel';
import type { ChargedLine, Explanation, LineDiscount, LineSource } from '@ronghe/rating';
import { lessDiscounts } from './line-discount';

/** What a line was made from: enough to find and recompute it. */
export type ChargeReference =
  | { kind: 'fee'; productId: string; priceCode: string; offeringCode: string; offeringVersion: number }
  | { kind: 'usage'; productId: string; chargeCode: string; offeringCode: string; offeringVersion: number }
  | { kind: 'minimum'; productId: string; chargeCode: string; offeringCode: string; offeringVersion: number }
  | { kind: 'once'; chargeId: string }
  /** The line that a credit note takes back, in part or whole. */
  | { kind: 'credit'; billId: string; no: number }
  /** `accountId` is the other side: the sponsor of what goes out, the member of what comes in. */
  | { kind: 'transfer'; direction: 'in' | 'out'; relationId: string; accountId: string };

/** What an account should be charged, or has been, for one thing in one service period. */
export interface ChargeLine {
  /** The account on whose bill it stands, where that is not the account's own. */
  payer?: string;
  /** Bill period in which the service was given: `2026-06`. */
  servicePeriod: string;
  /** Identity inside (account, service period); should and has are compared by it. */
  key: string;
  card: string;
  /** Null for one-time charges. */
  productId: string | null;
  chargeClass: string;
  chargeCode: string;
  label: LocalizedText;
  amount: Money;
  /** All that was taken off, `discounts` among it. */
  discount: Money;
  /** amount − discount. */
  net: Money;
  /** The share of discounts of the account and the group, in the order in which they were taken. */
  discounts: LineDiscount[];
  /** The exact charges behind `net`, before rounding, less the share of discounts. */
  exact: Amount;
  /** The part of `exact` that is usage, as charging told it: before price changes and discounts. */
  exactUsage: Amount;
  /**
   * Of a prepaid account: the part of `exact` that was not paid as it came, and is settled with the statement: discounts
   * (negative), what is missing to minimums. Zero where all is to be paid.
   */
  exactSettled: Amount;
  taxClass: string;
  serviceDate: LocalDate;
  references: ChargeReference[];
  explanation: Explanation;
}

/** A line as it stands on a bill, with its share of the bill's tax. */
export interface DraftLine extends ChargeLine {
  /** Whose charge it is, where it stands on another account's bill. */
  accountId?: string;
  taxPercent: string;
  tax: Money;
}

/** What a service period should be charged for one thing, as a line. */
export function shouldBeLine(charged: ChargedLine, period: BillPeriod, isPrepaid: boolean): ChargeLine {
  return {
    servicePeriod: period.key,
    key: charged.key,
    card: charged.card,
    productId: charged.productId,
    chargeClass: charged.chargeClass,
    chargeCode: charged.chargeCode,
    label: charged.label,
    amount: charged.amount,
    discount: charged.discount,
    net: charged.net,
    discounts: charged.discounts,
    exact: charged.exact,
    exactUsage: charged.exactUsage,
    exactSettled: isPrepaid ? subtractAmounts(charged.exact, paidOf(charged)) : zeroAmount,
    taxClass: charged.taxClass,
    serviceDate: charged.serviceDate,
    references: charged.sources.map(referenceOf),
    explanation: charged.explanation,
  };
}

/** What a prepaid account has paid as it came. */
function paidOf({ sources }: ChargedLine): Amount {
  return sumAmounts(sources.filter(({ kind }) => kind !== 'minimum').map(({ amount }) => amount));
}

/** A one-time charge as a line; its money is exact by nature. */
export function onceLine(
  charge: Omit<ChargeLine, 'discounts' | 'exact' | 'exactUsage' | 'exactSettled' | 'references'> & {
    chargeId: string;
  },
): ChargeLine {
  const { chargeId, ...line } = charge;
  return {
    ...line,
    discounts: [],
    exact: moneyToAmount(line.net),
    exactUsage: zeroAmount,
    exactSettled: zeroAmount,
    references: [{ kind: 'once', chargeId }],
  };
}

function referenceOf({ kind, productId, code, offeringCode, offeringVersion }: LineSource): ChargeReference {
  return kind === 'fee'
    ? { kind, productId, offeringCode, offeringVersion, priceCode: code }
    : { kind, productId, offeringCode, offeringVersion, chargeCode: code };
}

/** The identity of a one-time charge. */
export function onceKey(chargeId: string): string {
  return `once/${chargeId}`;
}

/** What has been billed of one key, over all bills that stand. */
export type BilledCharge = Omit<ChargeLine, 'references' | 'explanation'>;

/** What a line comes to, in every respect. */
type LineMoney = Pick<
  ChargeLine,
  'amount' | 'discount' | 'net' | 'discounts' | 'exact' | 'exactUsage' | 'exactSettled'
>;

/** The money of a line turned round: what takes it back. */
export function negated(line: BilledCharge): LineMoney {
  return {
    amount: negateMoney(line.amount),
    discount: negateMoney(line.discount),
    net: negateMoney(line.net),
    discounts: lessDiscounts([], line.discounts),
    exact: -line.exact as Amount,
    exactUsage: -line.exactUsage as Amount,
    exactSettled: -line.exactSettled as Amount,
  };
}

/** The money of a line less what was billed of it. */
export function less(line: ChargeLine, billed: BilledCharge): LineMoney {
  return {
    amount: subtractMoney(line.amount, billed.amount),
    discount: subtractMoney(line.discount, billed.discount),
    net: subtractMoney(line.net, billed.net),
    discounts: lessDiscounts(line.discounts, billed.discounts),
    exact: (line.exact - billed.exact) as Amount,
    exactUsage: (line.exactUsage - billed.exactUsage) as Amount,
    exactSettled: (line.exactSettled - billed.exactSettled) as Amount,
  };
}

/** Σ net. */
export function totalOf(lines: readonly { net: Money }[]): Money {
  return lines.reduce((sum, line) => addMoney(sum, line.net), zeroMoney);
}
