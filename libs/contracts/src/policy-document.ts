import type { LocalDate } from '@ronghe/kernel';
import type { BillDeliveryPolicy } from './bill-delivery-policy';
import type { BalancePolicy } from './balance-policy';
import type { BankStatementPolicy } from './bank-statement-policy';
import type { DunningPolicy } from './dunning-policy';
import type { NumberGradePolicy } from './number-grade-policy';
import type { OnlineChargingPolicy } from './online-charging-policy';
import type { PolicyHead } from './policy-head';
import type { CalendarPolicy, DiscountPolicy, ZonePlanPolicy } from './rating-policy';
import type { LocalizedText } from './text';
import type { UsageSourcePolicy } from './usage-source-policy';

/** A business parameter as a document, versioned and effective-dated like a price. */
export type PolicyDocument =
  | TaxPolicy
  | RoundingPolicy
  | BillingPolicy
  | BalancePolicy
  | BillDeliveryPolicy
  | BankStatementPolicy
  | OrderingPolicy
  | InventoryPolicy
  | UsageSourcePolicy
  | ProvisioningPolicy
  | ZonePlanPolicy
  | CalendarPolicy
  | DiscountPolicy
  | NumberGradePolicy
  | OnlineChargingPolicy
  | DunningPolicy;

export type PolicyKind = PolicyDocument['kind'];

export interface TaxRate {
  /** By date of service: first day, and the first day no longer (null: open). */
  from: LocalDate;
  to: LocalDate | null;
  /** `9`, `6`, `13`. */
  percent: string;
}

export interface TaxPolicy extends PolicyHead<'tax'> {
  /** Prices include the tax. */
  pricesIncludeTax: true;
  classes: { code: string; name: LocalizedText; rates: TaxRate[] }[];
}

/** States what the engine does; other values are refused until it can. */
export interface RoundingPolicy extends PolicyHead<'rounding'> {
  currency: 'CNY';
  amountDecimals: 6;
  moneyDecimals: 2;
  mode: 'half-away-from-zero';
}

export interface BillingPolicy extends PolicyHead<'billing'> {
  /** Hours after the end of the period before which a run does not start. */
  cutOffHours: number;
  /**
   * Who confirms a run with clean checks: nobody, or a person other than the one who asked for it (a run of the schedule:
   * anybody). `automatic` when absent; a forced run or one with a difference always waits for a person.
   */
  confirmation?: 'automatic' | 'second-person' | undefined;
  /** Due so many days after the day on which the period ended. */
  dueDays: number;
  /** Bill numbers: `{period}` (202606) and `{sequence:8}` (gap-free, zero-padded) are replaced. */
  billNumberFormat: string;
  /** Charge classes in the order in which a bill shows them. */
  chargeClasses: { code: string; name: LocalizedText }[];
}

export interface OrderingPolicy extends PolicyHead<'ordering'> {
  /** Real-name rule: at most so many numbers on one identity document. */
  numbersPerIdentityDocument: number;
  /** How long held stock waits for its order. */
  holdMinutes: number;
  /** How many days back an order may count, with a reason; left out: none. */
  backdateDays?: number | undefined;
}

export interface InventoryPolicy extends PolicyHead<'inventory'> {
  /** A released number rests so long before it is sold again. */
  numberQuarantineDays: number;
}

/** From a service to the tasks that carry it out. */
export interface ProvisioningPolicy extends PolicyHead<'provisioning'> {
  maximumAttempts: number;
  decomposition: { specification: string; tasks: ProvisioningTask[] }[];
}

/** One task; deactivation carries out the undo of each in reverse order. */
export interface ProvisioningTask {
  /** Stable within the specification: `subscriber`. */
  code: string;
  /** The network element: `hlr`, `pcrf`, `olt`, `aaa`, `iptv-platform`, `softswitch`. */
  element: string;
  activate: ElementCall;
  deactivate: ElementCall;
}

/** `{mobile_number}`, `{sim}`, `{productId}` or a characteristic in braces is replaced. */
export interface ElementCall {
  action: string;
  method: 'PUT' | 'POST' | 'DELETE';
  path: string;
  /** Names of characteristics and resource kinds that go into the body. */
  body: string[];
}
