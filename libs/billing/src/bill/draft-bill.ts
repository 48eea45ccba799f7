import type { AccountOpened, PolicyDocument, UsageTotal } from '@ronghe/contracts';
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
import { assertRounding, taxPolicies } from '../policy';
import { totalOf, type BilledCharge, type ChargeLine, type DraftLine } from './charge-line';
import { groupCharges } from './group-charges';
import { onceLineOf, type OneTimeCharge } from './one-time-charge';
import { quietStatement, statementOf, type PrepaidInputs, type Statement } from '../statement/statement';
import { subtractBilled } from './subtract-billed';

/** All that a bill depends on, besides the same of the other accounts of its billing group. */
export interface DraftQuestion {
  accountId: string;
  paymentMode: AccountOpened['paymentMode'];
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
  /** Of a prepaid account: what was debited, and what became of its money. */
  prepaid?: PrepaidInputs | undefined;
}

export interface BillDraft {
  lines: DraftLine[];
  taxes: BillTax[];
  total: Money;
  /** The money part, where the bill is a prepaid account's statement; null: it is to be paid. */
  statement: Statement | null;
}

/** The bill of an account that is a billing group by itself, as draftBills. */
export function draftBill(question: DraftQuestion): BillDraft | null {
  return draftBills([question])[0] ?? null;
}

/**
 * The bills of the accounts of a billing group for a period, in their order; null where there is nothing to write.
 * Lines of the period first, then fees in advance, late differences of earlier periods, one-time charges.
 * Throws DomainError (`offer_unknown`, `policy_missing`, `tax_rate_missing`, `rounding_unsupported`): the caller
 * quarantines the group.
 */
export function draftBills(questions: readonly DraftQuestion[]): (BillDraft | null)[] {
  const charges = groupCharges(questions);
  return questions.map((question, index) =>
    draftOf(question, (period, part) => charges(period, part)[index] ?? []),
  );
}

type AccountCharges = (period: BillPeriod, part: 'all' | 'advance') => ChargeLine[];

function draftOf(question: DraftQuestion, charges: AccountCharges): BillDraft | null {
  const { period, cycle, policies, prepaid } = question;
  assertRounding(policies, addDays(period.endDay, -1));
  const lines = [
    ...differences(question, period, charges),
    ...(question.hasAdvanceFees ? inAdvance(question, nextBillPeriod(period, cycle), charges) : []),
    ...earlierPeriods(question).flatMap((earlier) => differences(question, earlier, charges)),
    ...question.oneTimeCharges.map((charge) => onceLineOf(charge, cycle)),
  ];
  const moved = prepaid ? statementOf(prepaid) : null;
  if (lines.length === 0 && moved === null) return null;
  const { taxes, lineTaxes } = computeTaxes(lines, taxPolicies(policies));
  const taxed = lines.map((line, index): DraftLine => {
    const share = lineTaxes[index];
    return { ...line, taxPercent: share?.percent ?? '0', tax: share?.tax ?? zeroMoney };
  });
  const statement = prepaid ? (moved ?? quietStatement(prepaid)) : null;
  return { lines: taxed, taxes, total: totalOf(taxed), statement };
}

function earlierPeriods({ reopened, period, cycle }: DraftQuestion): BillPeriod[] {
  return [...new Set(reopened)]
    .filter((key) => key < period.key)
    .sort()
    .map((key) => billPeriodOf(key, cycle));
}

function differences(question: DraftQuestion, period: BillPeriod, charges: AccountCharges): ChargeLine[] {
  return subtractBilled(charges(period, 'all'), billedOf(question, period));
}

/** A fee in advance is written once; its repair waits until its own period is billed and every charge is known. */
function inAdvance(question: DraftQuestion, period: BillPeriod, charges: AccountCharges): ChargeLine[] {
  const billed = billedOf(question, period);
  return charges(period, 'advance').filter((line) => !billed.some((charge) => charge.key === line.key));
}

function billedOf({ billed }: DraftQuestion, period: BillPeriod): BilledCharge[] {
  return billed.filter((charge) => charge.servicePeriod === period.key && charge.productId !== null);
}
