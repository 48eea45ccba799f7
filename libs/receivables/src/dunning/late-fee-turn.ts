import type { DunningPolicy } from '@ronghe/contracts';
import {
  allocate,
  moneyFromDecimal,
  moneyFromMinor,
  moneyToDecimal,
  zeroMoney,
  type LocalDate,
  type Money,
} from '@ronghe/kernel';
import { dayBefore, feeOf, feeRateOf, feeSpans, type FeeFacts } from './late-fee';

/** A bill whose late fee is looked at. */
export interface LateBill {
  billId: string;
  number: string;
  facts: FeeFacts;
  /** What of the bill is still open; the fee runs on until nothing is. */
  open: Money;
  waived: Money;
  taxes: readonly { percent: string; gross: string }[];
  /** What was charged so far, by rate. */
  charged: readonly { percent: string; amount: Money }[];
}

/** A part of a late fee that goes on the next bill: one for each rate of what is late. */
export interface FeeCharge {
  percent: string;
  taxClass: string;
  /** Negative where more was charged than should have been. */
  amount: Money;
  /** The last day that it counts. */
  serviceDate: LocalDate;
}

/** What a late fee is reckoned from, as text. */
export interface FeeExplanation {
  perMille: string;
  spans: { from: LocalDate; to: LocalDate; days: number; principal: string }[];
  fee: string;
  waived: string;
}

export interface FeeTurn {
  charges: FeeCharge[];
  explanation: FeeExplanation;
  /** Nothing more can come unless a fact changes. */
  isSettled: boolean;
}

/**
 * What is to be charged now: what should have accrued less what was charged. A bill that is paid is charged through the
 * value date of its payment at once; one that is not, through the last day of the month before.
 */
export function feeTurn(bill: LateBill, { lateFee }: DunningPolicy, today: LocalDate): FeeTurn {
  const isPaid = bill.open === zeroMoney;
  const until = isPaid ? today : firstOfMonth(today);
  const { fee, explanation } = feeThrough(bill, lateFee.perMille, until);
  const should = fee > bill.waived ? fee - bill.waived : 0n;
  const weights = bill.taxes.map(({ gross }) => moneyFromDecimal(gross));
  const hasWeight = weights.reduce<bigint>((sum, weight) => sum + weight, 0n) !== 0n;
  const shares = hasWeight ? allocate(should, weights) : weights.map(() => 0n);
  const lastSpan = explanation.spans.at(-1);
  const serviceDate = dayBefore(lastSpan?.to ?? (until > bill.facts.lateFrom ? until : bill.facts.lateFrom));
  const charges = bill.taxes.flatMap(({ percent }, index): FeeCharge[] => {
    const has = bill.charged
      .filter((each) => each.percent === percent)
      .reduce((sum, { amount }) => sum + amount, 0n);
    const amount = moneyFromMinor((shares[index] ?? 0n) - has);
    if (amount === zeroMoney) return [];
    // A rate that the policy does not know is refused by billing, and shown as refused.
    const taxClass =
      lateFee.taxClasses.find((each) => each.percent === percent)?.taxClass ?? `rate-${percent}`;
    return [{ percent, taxClass, amount, serviceDate }];
  });
  return { charges, explanation, isSettled: isPaid };
}

/** The late fee of all whole days before a day, with how it came about. */
export function feeThrough(
  { facts, waived }: LateBill,
  perMille: string,
  until: LocalDate,
): { fee: Money; explanation: FeeExplanation } {
  const spans = feeSpans(facts, until);
  const fee = feeOf(spans, feeRateOf(perMille));
  const explanation = {
    perMille,
    spans: spans.map((span) => ({ ...span, principal: moneyToDecimal(span.principal) })),
    fee: moneyToDecimal(fee),
    waived: moneyToDecimal(waived),
  };
  return { fee, explanation };
}

/** The first day of the month after the one of a day. */
export function firstOfNextMonth(day: LocalDate): LocalDate {
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7));
  const next =
    month === 12
      ? `${String(year + 1).padStart(4, '0')}-01-01`
      : `${day.slice(0, 4)}-${String(month + 1).padStart(2, '0')}-01`;
  return next as LocalDate;
}

function firstOfMonth(day: LocalDate): LocalDate {
  return `${day.slice(0, 8)}01` as LocalDate;
}
