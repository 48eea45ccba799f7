import type { PolicyHead } from './policy-head';
import type { LocalizedText, MoneyText } from './text';

/** Services that the law and contracts stop by rules of their own. */
export type ServiceClass = 'mobile' | 'fixed' | 'broadband' | 'iptv';

/** From reminding a customer to ending the product; each is stricter than the one before. */
export type DunningEffect = 'notice' | 'outgoing-stop' | 'full-stop' | 'termination';

/** What becomes of accounts that do not pay in time: reminders, stops and terminations by service class, and the late fee. */
export interface DunningPolicy extends PolicyHead<'dunning'> {
  lateFee: LateFeeRules;
  /** Whether the days of a dispute that was decided against the customer count as overdue. */
  disputedDays: 'counted' | 'not-counted';
  /** Each service class once. */
  services: { service: ServiceClass; states: DunningState[] }[];
}

export interface LateFeeRules {
  /** Of the principal, for each whole local day: `3`. */
  perMille: string;
  /** The charge class and the text of its bill line. */
  chargeClass: string;
  label: LocalizedText;
  /** By the rate of what is late, the tax class that has this rate on the day of the fee. */
  taxClasses: { percent: string; taxClass: string }[];
}

/** One state of dunning. It holds while all of its conditions do. */
export interface DunningState {
  code: string;
  name: LocalizedText;
  effect: DunningEffect;
  /** Whole local days since the oldest overdue bill became late: 0 is its first late day. */
  overdueDays: number;
  /** Then on the next day of the month with this number; null: at once. */
  onDay: number | null;
  /** Termination: whole local days since the full stop took effect; null for the other effects. */
  stoppedDays: number | null;
  /** The overdue sum is at least so much, over at least so many bills. */
  minimumAmount: MoneyText;
  minimumBills: number;
  /** Classes of customers that it is for; null: all. */
  customerClasses: string[] | null;
}
