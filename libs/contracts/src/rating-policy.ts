import type { LocalDate } from '@ronghe/kernel';
import type { PolicyHead } from './policy-head';
import type { AmountText, LocalizedText } from './text';

/** Destinations by the beginnings of their numbers. The longest prefix wins, whichever zone has it. */
export interface ZonePlanPolicy extends PolicyHead<'zone-plan'> {
  /** Mends this earlier version: takes its place on every day on which that one was in force. Usage is re-rated on request. */
  corrects?: number | undefined;
  zones: {
    code: string;
    label: LocalizedText;
    /** Digits without `+`; an empty one is every destination. */
    prefixes: string[];
  }[];
}

/** ISO weekdays (1 = Monday), or `holiday`, which on a holiday stands in place of the weekday. */
export type BandDay = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 'holiday';

/** Times of day with a name. */
export interface TimeBand {
  code: string;
  label: LocalizedText;
  days: BandDay[];
  /** Only in these months (1–12) and on these days of the month (1–31); absent: in all. */
  months?: number[] | undefined;
  monthDays?: number[] | undefined;
  /** Local time `HH:MM`, half-open. `to` at or before `from`: over midnight, belonging to the day on which it begins. */
  from: string;
  to: string;
}

/** Bands of the week and holidays; the first band that fits an instant counts, none: the band ''. */
export interface CalendarPolicy extends PolicyHead<'calendar'> {
  /** Mends this earlier version: takes its place on every day on which that one was in force. Usage is re-rated on request. */
  corrects?: number | undefined;
  holidays: LocalDate[];
  bands: TimeBand[];
}

/** A discount on what an account or a balance group owes for a period. SEMANTICS §6. */
export interface DiscountPolicy extends PolicyHead<'discount'> {
  label: LocalizedText;
  scope: 'account' | 'balance-group';
  /** All must hold. */
  when: DiscountCondition[];
  takes: { percent: string } | { fixed: AmountText };
  /** Which lines it is taken from and spread over: by charge class, specification; null: all. */
  on: { chargeClasses: string[] | null; specifications: string[] | null };
  /** Percentages come before fixed amounts; among each, lower first. */
  priority: number;
  /** Of the discounts of one such group only the largest is given; null: it stacks. */
  exclusiveGroup: string | null;
  /** At most so much a period; null: no limit. */
  maximum: AmountText | null;
  /**
   * How prepaid accounts get it; left out: not at all. `at-period-end`: as on a bill, given back to their money with the statement.
   * `on-use`: in the prices of usage that starts while it is in force, and on fees at the period's end; only a share of an
   * account's own charges, by what it owns, without a maximum, can be.
   */
  prepaid?: 'on-use' | 'at-period-end';
}

export type DiscountCondition =
  /** Owns products of all of these specifications at once on some day of the period. */
  | { kind: 'owns'; specifications: string[] }
  /** Owns at least so many products of a specification. */
  | { kind: 'owns-at-least'; specification: string; count: number }
  /** What the lines in `on` come to before discounts is at least so much. */
  | { kind: 'total-at-least'; amount: AmountText };
