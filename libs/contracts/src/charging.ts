import type { Instant, LocalDate } from '@ronghe/kernel';
import type { UsageClass, UsageUnit } from './offer-document';
import type { AmountText, LocalizedText, MoneyText } from './text';

/** The state of one total after a committed batch; replaces the one before (same key, higher version). */
export interface UsageTotal {
  accountId: string;
  productId: string;
  card: string;
  /** Bill period in which the usage started: `2026-06`. */
  period: string;
  /** Stable code of the price: `voice-out`, `data-out`. */
  chargeCode: string;
  chargeClass: string;
  taxClass: string;
  offeringCode: string;
  offeringVersion: number;
  /** Exact, micro-units. */
  amount: AmountText;
  eventCount: number;
  /** Units as counted by the tariff (started minutes, KB, messages) inside and outside allowances. */
  unit: string;
  unitsTotal: string;
  unitsFromAllowance: string;
  unitsCharged: string;
}

/** What a customer is told of a balance. */
export interface BalanceNotice {
  noticeId: string;
  accountId: string;
  kind: 'allowance-used' | 'money-low' | 'spend-cap' | 'fee-unpaid' | 'product-blocked';
  /** Percent of an allowance, or yuan: `80`, `10.00`; the amount of a fee. */
  threshold: string;
  /** The one product that may use the allowance; null: its card group, or it is about money. */
  productId: string | null;
  cardGroupId: string | null;
  /** Bill period; null for money that is low. */
  period: string | null;
  /** The allowance; null for money. */
  label: LocalizedText | null;
  /** Unit of `remaining`: `kb`, `minute`, …, or `yuan`. */
  unit: string;
  /** What is left; of a spend cap what was spent. */
  remaining: string;
  raisedAt: Instant;
}

/**
 * What became of an account's own money on a local day, complete, in place of earlier versions; bonuses stand beside
 * it. Money paid in − used − expired + transferred + adjusted = what is there less what is owed.
 */
export interface ConsumptionPosted {
  accountId: string;
  /** Local day in the account's zone. */
  day: LocalDate;
  /** Usage and fees by tax class, less what was given back. */
  used: { taxClass: string; amount: AmountText }[];
  expired: AmountText;
  /** In less out, shared money too. */
  transferred: AmountText;
  /** Of `transferred`, what shared money came to: above zero what the other account paid, below it what it was paid. */
  shared?: { accountId: string; amount: AmountText }[];
  adjusted: AmountText;
  /** Bill period in which the day lies: `2026-06`. */
  period?: string;
  /** What the customer paid in. */
  paidIn?: AmountText;
  /** What bonuses paid of usage and fees, beside `used`, less what was given back to them. */
  usedOfBonuses?: AmountText;
  /** Bonuses that were given, less what staff took of them. */
  bonusesGiven?: AmountText;
  /** What of bonuses was lost at their end. */
  bonusesExpired?: AmountText;
}

/** What was debited of a recurring fee of a prepaid account, less what was given back; in place of earlier versions. */
export interface PrepaidFeeDebited {
  accountId: string;
  productId: string;
  priceCode: string;
  /** Bill period of the service. */
  period: string;
  label: LocalizedText;
  taxClass: string;
  /** 0 when all of it was given back. */
  amount: AmountText;
}

export interface ChargingEvents {
  /** A local day of a prepaid account is over. */
  'consumption.posted.v1': ConsumptionPosted;
  /** Every day of prepaid accounts of a zone, up to this one, has been told. */
  'consumption.closed.v1': { zone: string; through: LocalDate };
  /** Money moved for a recurring fee of a prepaid account. */
  'prepaid-fee.debited.v1': PrepaidFeeDebited;
  /** Totals of one (account, period) after a commit: complete, in place of all earlier ones. */
  'usage-totals.published.v1': { accountId: string; period: string; totals: UsageTotal[] };
  /** A customer is to be told something of a balance; each threshold once. */
  'balance-notice.raised.v1': BalanceNotice;
  /** A usage source has delivered everything for periods that end at or before `through`. */
  'usage-source.closed.v1': { source: string; through: Instant };
}

export interface ChargingCommands {
  /** Money that was paid and booked may be spent from now on. Key: the payment's id. */
  'charging.topUp': {
    input: { accountId: string; paymentId: string; amount: MoneyText };
    answer: ToppedUp;
  };
  /**
   * What is known only when a period is over moves a prepaid account's money with its statement: discounts are given back, what
   * is missing to a minimum is taken. Key: the bill's id.
   */
  'charging.settleStatement': {
    input: {
      accountId: string;
      billId: string;
      /** By tax class, exact; positive is taken from the account's money. */
      amounts: { taxClass: string; amount: AmountText }[];
    };
    /** What its money did not cover: owed, and taken from the next top-up. */
    answer: { owed: AmountText };
  };
  /** Units are given once, beside what offers include. Key: the id of the payment or voucher that they come with. */
  'charging.grantUnits': {
    input: {
      /** Who gets it; its card group may use it, unless `isForProductOnly`. */
      productId: string;
      isForProductOnly?: boolean;
      label: LocalizedText;
      usageClasses: UsageClass[];
      unit: UsageUnit;
      /** Whole units, as decimal text. */
      quantity: string;
      /** Absent or null: now. */
      validFrom?: Instant | null;
      /** Absent or null: the end of the bill period in which it begins. */
      validTo?: Instant | null;
      /** Among add-ons, lower first. Absent or null: 0. */
      priority?: number | null;
      reason: string;
    };
    answer: UnitsGranted;
  };
}

export interface UnitsGranted {
  grantId: string;
  /** The bucket's code. */
  bucket: string;
  validFrom: Instant;
  validTo: Instant;
}

export interface ToppedUp {
  /** What was used beyond all funds before, and is paid with it. */
  repaidOverrun: AmountText;
  /** What the operator gave with it. */
  bonus: AmountText;
  /** The end of the account's own money; null: it has none. */
  validTo: Instant | null;
  /** Units that came with it. */
  units?: UnitsGranted[];
}

/** A usage source that bill runs wait for. */
export interface ChargingQueries {
  /** Sources and how far each is closed; a run waits for all of them. */
  'charging.listSources': {
    input: Record<string, never>;
    answer: { source: string; through: Instant | null }[];
  };
  /** Why a usage total is what it is: its events, exactly. */
  'charging.explainTotal': {
    input: { accountId: string; productId: string; period: string; chargeCode: string; limit: number };
    answer: { events: ExplainedUsage[]; total: AmountText; eventCount: number };
  };
}

export interface ExplainedUsage {
  usageId: string;
  recordId: string;
  usedAt: Instant;
  quantity: string;
  unit: string;
  allowanceTakes: { bucket: string; units: string }[];
  unitsCharged: string;
  amount: AmountText;
  text: string;
}
