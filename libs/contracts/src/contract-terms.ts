import type { AmountText, LocalizedText } from './text';

/**
 * A contract (合约): the product is kept for so many months. It begins where the product begins to be held on an offer with
 * this contract and goes on through changes to other offers that have it too; a month ends on the day of the month on which it
 * began (clamped where a month is shorter).
 */
export interface ContractTerms {
  /** Stable over offers and versions: offers with the same code continue the same contract. */
  code: string;
  label: LocalizedText;
  months: number;
  /** What becomes of it at its end: nothing more is owed, or it begins anew for as many months, without benefits. */
  afterEnd: 'ends' | 'renews';
  /** Contracts that this one renews before their end: who moves on to it owes no penalty for them. Absent: none. */
  takesPlaceOf?: string[];
  benefits: ContractBenefit[];
  earlyTermination: EarlyTerminationTerms;
}

/** What a contract gives in bill periods counted from the one in which it begins (0); a part period gets its share. */
export interface ContractBenefit {
  code: string;
  label: LocalizedText;
  /** `fee`: so much less of the recurring price, never more than it; `gift`: money on the bill, whatever the fee. */
  kind: 'fee' | 'gift';
  /** Code of the recurring price, for `fee`: what it takes from; for `gift`: whose line it stands on. */
  price: string;
  /** For a whole bill period, tax included. */
  amount: AmountText;
  periods: number;
  /** 0: in the period in which the contract begins. */
  startsAfterPeriods: number;
}

/** What it costs to end the product, or to move it to an offer without the contract, before the contract's end. */
export interface EarlyTerminationTerms {
  label: LocalizedText;
  chargeClass: string;
  taxClass: string;
  /** By full months served, ascending; the first row whose `servedBelow` is above them applies. */
  table: EarlyTerminationRow[];
}

export interface EarlyTerminationRow {
  /** Full months served, fewer than this. */
  servedBelow: number;
  /** A sum; or a share of the recurring prices' list amounts for the months that are left (a begun month counts whole). */
  charge: { amount: AmountText } | { percentOfRemaining: string };
}
