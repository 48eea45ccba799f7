import type { UsageClass, UsageUnit } from './offer-document';
import type { PolicyHead } from './policy-head';
import type { AmountText, LocalizedText, MoneyText } from './text';

/** How money and allowances that customers spend are looked after. Amounts are yuan. */
export interface BalancePolicy extends PolicyHead<'balance'> {
  /** How far a prepaid account may go below zero. */
  creditLimit: AmountText;
  topUp: TopUpRules;
  notices: NoticeRules;
  prepaidFee: PrepaidFeeRules;
}

export interface TopUpRules {
  minimum: MoneyText;
  maximum: MoneyText;
  /** All money of the account is good for so many days from each top-up; null: for ever. */
  validDays: number | null;
  /** The largest one whose `from` is reached is given. */
  bonuses: TopUpBonus[];
  /** Of those whose `from` is reached, the ones with the largest `from` are given. Absent: none. */
  units?: TopUpUnits[] | undefined;
}

/** Units that the operator gives with a top-up of at least `from`, to the account's oldest main card, else oldest product. */
export interface TopUpUnits {
  code: string;
  label: LocalizedText;
  from: MoneyText;
  usageClasses: UsageClass[];
  unit: UsageUnit;
  /** Whole units, as decimal text. */
  quantity: string;
  /** Good to the end of the local day so many days later. */
  validDays: number;
  /** Among add-ons: lower is used first. */
  priority: number;
}

/** Money that the operator gives with a top-up of at least `from`. */
export interface TopUpBonus {
  code: string;
  label: LocalizedText;
  from: MoneyText;
  amount: AmountText;
  validDays: number;
  /** Lower is spent first; the customer's own money is at 100. */
  priority: number;
}

export interface NoticeRules {
  /** Of an allowance, in percent of what was granted: `[50, 80, 100]`. */
  usedPercents: number[];
  /** Once free money falls below it, until there is more again; null: never. */
  lowMoney: AmountText | null;
  /** What an account may spend in a bill period before it is told, one notice each. */
  spendCaps: AmountText[];
  /** What one product may spend on usage in a bill period before its account is told. Absent: no limit. */
  productSpendCaps?: AmountText[] | undefined;
}

export interface PrepaidFeeRules {
  /** A fee that could not be debited is tried again with each top-up and so many hours later. */
  retryHours: number;
  /** So long after its due instant an unpaid fee stops the product; null: never. */
  graceHours: number | null;
}
