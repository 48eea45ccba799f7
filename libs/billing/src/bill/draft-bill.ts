import type { PolicyDocument, UsageTotal } from '@ronghe/contracts';
import {
  addDays,
  billPeriodOf,
  nextBillPeriod,
  zeroMoney,
  type BillCycle,
  type BillPeriod,
  type Money,
} from '@ronghe/kernel';
import { computeTaxes, type BillTax, type Holding, type OfferLookup } from '@ronghe/rating';
import { billingPolicyOn, taxPolicies } from '../policy';
import { totalOf, type BilledCharge, type ChargeLine, type DraftLine } from './charge-line';
import { onceLineOf, type OneTimeCharge } from './one-time-charge';
import { shouldBill } from './should-bill';
import { subtractBilled } from './subtract-billed';

/** All that a bill depends on; nothing else is looked at. */
export interface DraftQuestion {
  cycle: BillCycle;
  /** The period that is billed. */
  period: BillPeriod;
  /** Periods that were billed before and of which an input has changed since. */
  reopened: readonly string[];
  holdings: readonly Holding[];
  offers: OfferLookup;
  /** Whether any offer of the holdings has a fee in advance. */
  hasAdvanceFees: boolean;
  policies: readonly PolicyDocument[];
  /** Charging's totals by period. */
  usageTotals: ReadonlyMap<string, readonly UsageTotal[]>;
  /** What bills that stand hold for the periods concerned. */
  billed: readonly BilledCharge[];
  /** Not billed yet, with a service date before the end of the period. */
  oneTimeCharges: readonly OneTimeCharge[];
}

export interface BillDraft {
  lines: DraftLine[];
  taxes: BillTax[];
  total: Money;
}

/**
 * The bill of an account for a period; null when there is nothing to write. Lines of the period first, then fees in
 * advance, late differences of earlier periods, one-time charges.
 * Throws DomainError (`offer_unknown`, `policy_missing`, `tax_rate_missing`): the caller quarantines the group.
 */
export function draftBill(question: DraftQuestion): BillDraft | null {
  const lines = [
    ...differences(question, question.period, 'all'),
    ...(question.hasAdvanceFees
      ? differences(question, nextBillPeriod(question.period, question.cycle), 'advance')
      : []),
    ...earlierPeriods(question).flatMap((period) => differences(question, period, 'all')),
    ...question.oneTimeCharges.map((charge) => onceLineOf(charge, question.cycle)),
  ];
  if (lines.length === 0) return null;
  const { taxes, lineTaxes } = computeTaxes(lines, taxPolicies(question.policies));
  const taxed = lines.map((line, index): DraftLine => {
    const share = lineTaxes[index];
    return { ...line, taxPercent: share?.percent ?? '0', tax: share?.tax ?? zeroMoney };
  });
  return { lines: taxed, taxes, total: totalOf(taxed) };
}

function earlierPeriods({ reopened, period, cycle }: DraftQuestion): BillPeriod[] {
  return [...new Set(reopened)]
    .filter((key) => key < period.key)
    .sort()
    .map((key) => billPeriodOf(key, cycle));
}

function differences(question: DraftQuestion, period: BillPeriod, part: 'all' | 'advance'): ChargeLine[] {
  const { holdings, offers, cycle, policies, usageTotals } = question;
  const policy = billingPolicyOn(policies, addDays(period.endDay, -1));
  const totals = usageTotals.get(period.key) ?? [];
  const should = shouldBill({ holdings, offers, policy, cycle, period, usageTotals: totals, part });
  const billed = question.billed.filter(
    (charge) => charge.servicePeriod === period.key && charge.productId !== null,
  );
  // A fee in advance is written once; its repair waits until its own period is billed and every charge is known.
  if (part === 'advance') return should.filter((line) => !billed.some((charge) => charge.key === line.key));
  return subtractBilled(should, billed);
}
