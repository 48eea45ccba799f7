import type { AccountOpened, AccountRelation, PolicyDocument, UsageTotal } from '@ronghe/contracts';
import {
  addDays,
  billPeriodOf,
  nextBillPeriod,
  zeroMoney,
  type BillCycle,
  type BillPeriod,
  type Money,
} from '@ronghe/kernel';
import { computeTaxes, type BillTax, type Holding, type LineTax, type OfferLookup } from '@ronghe/rating';
import { billingErrors } from '../billing.errors';
import { assertRounding, taxPolicies } from '../policy';
import { totalOf, type BilledCharge, type ChargeLine, type DraftLine } from './charge-line';
import { groupCharges } from './group-charges';
import { onceLineOf, type OneTimeCharge } from './one-time-charge';
import { limitRepairs } from '../credit/limit-repairs';
import { paidOnce } from '../sharing/paid-charges';
import { quietStatement, statementOf, type PrepaidInputs, type Statement } from '../statement/statement';
import { isExemptOn, type TaxExemption } from '../tax/tax-exemption';
import { subtractBilled } from './subtract-billed';

/** All that a bill depends on, besides the same of the other accounts of its billing group. */
export interface DraftQuestion {
  accountId: string;
  /** The accounts that share group discounts and price changes; left out: all that are asked for together. */
  balanceGroupId?: string;
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
  /** When the account is free of tax; left out: never. */
  exemptions?: readonly Pick<TaxExemption, 'from' | 'to'>[];
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
 * The bills of the accounts of a billing group for a period, in their order; null where there is nothing to write, or
 * another account pays it all. Lines of the period first, then fees in advance, late differences of earlier periods,
 * one-time charges; what an account pays for others behind its own. Where accounts are tied, a period that was reopened
 * for one is looked at for all of them, so that both sides of a transfer are written at once.
 * Throws DomainError (`offer_unknown`, `policy_missing`, `tax_rate_missing`, `rounding_unsupported`,
 * `account_relations_loop`, `payer_not_billed`): the caller quarantines the group.
 */
export function draftBills(
  questions: readonly DraftQuestion[],
  given: readonly AccountRelation[] = [],
): (BillDraft | null)[] {
  const relations = ofPostpaid(given, questions);
  const charges = groupCharges(questions, relations);
  const once = onceLines(questions, relations);
  const reopened = questions.flatMap((question) => question.reopened);
  const written = questions.map((question, index) => {
    const asked = relations.length > 0 ? { ...question, reopened } : question;
    return [
      ...chargesWritten(asked, (period, part) => charges(period, part)[index] ?? []),
      ...(once[index] ?? []),
    ];
  });
  assertPayersHere(questions, written);
  return questions.map((question) => billOf(question, linesPaidBy(question.accountId, questions, written)));
}

/** A line that no bill of the group takes would be lost. */
function assertPayersHere(questions: readonly DraftQuestion[], written: readonly ChargeLine[][]): void {
  const isHere = (payer: string) => questions.some(({ accountId }) => accountId === payer);
  for (const lines of written)
    for (const { payer } of lines)
      if (payer !== undefined && !isHere(payer)) throw billingErrors.payerNotBilled(payer);
}

/** What a prepaid account used was paid as it came: nobody else pays it, and it pays for nobody. */
function ofPostpaid(
  relations: readonly AccountRelation[],
  questions: readonly DraftQuestion[],
): readonly AccountRelation[] {
  const prepaid = new Set(
    questions.filter(({ paymentMode }) => paymentMode === 'prepaid').map(({ accountId }) => accountId),
  );
  return relations.filter(
    ({ ownerAccountId, memberAccountId }) => !prepaid.has(ownerAccountId) && !prepaid.has(memberAccountId),
  );
}

type AccountCharges = (period: BillPeriod, part: 'all' | 'advance') => ChargeLine[];

function chargesWritten(question: DraftQuestion, charges: AccountCharges): ChargeLine[] {
  const { period, cycle, policies } = question;
  assertRounding(policies, addDays(period.endDay, -1));
  return [
    ...differences(question, period, charges),
    ...(question.hasAdvanceFees ? inAdvance(question, nextBillPeriod(period, cycle), charges) : []),
    ...earlierPeriods(question).flatMap((earlier) => differences(question, earlier, charges)),
  ];
}

function onceLines(
  questions: readonly DraftQuestion[],
  relations: readonly AccountRelation[],
): ChargeLine[][] {
  const accounts = questions.map(({ accountId, oneTimeCharges, cycle }) => ({
    accountId,
    lines: oneTimeCharges.map((charge) => onceLineOf(charge, cycle)),
  }));
  return paidOnce(accounts, relations);
}

/** The account's own lines that it pays itself, then what it pays for others, account by account. */
function linesPaidBy(
  payer: string,
  questions: readonly DraftQuestion[],
  written: readonly ChargeLine[][],
): readonly (ChargeLine & { accountId?: string })[] {
  const [alone] = written;
  if (alone && written.length === 1) return alone;
  const own = questions.findIndex(({ accountId }) => accountId === payer);
  const others = questions.flatMap(({ accountId }, index) =>
    (written[index] ?? []).filter((line) => line.payer === payer).map((line) => ({ ...line, accountId })),
  );
  return [...(written[own] ?? []).filter((line) => line.payer === undefined), ...others];
}

function billOf(
  { policies, prepaid, exemptions = [] }: DraftQuestion,
  lines: readonly (ChargeLine & { accountId?: string })[],
): BillDraft | null {
  const moved = prepaid ? statementOf(prepaid) : null;
  if (lines.length === 0 && moved === null) return null;
  const taxable = lines.map(({ net, taxClass, serviceDate }) => ({
    net,
    taxClass,
    serviceDate,
    isExempt: exemptions.length > 0 && isExemptOn(exemptions, serviceDate),
  }));
  const { taxes, lineTaxes } = computeTaxes(taxable, taxPolicies(policies));
  const taxed = lines.map((line, index) => taxedLine(line, lineTaxes[index]));
  const statement = prepaid ? (moved ?? quietStatement(prepaid)) : null;
  return { lines: taxed, taxes, total: totalOf(taxed), statement };
}

/** Written out: a spread of so many fields costs more than all that was worked out for the line. */
function taxedLine(line: ChargeLine & { accountId?: string }, share: LineTax | undefined): DraftLine {
  const taxed: DraftLine = {
    servicePeriod: line.servicePeriod,
    key: line.key,
    card: line.card,
    productId: line.productId,
    chargeClass: line.chargeClass,
    chargeCode: line.chargeCode,
    label: line.label,
    amount: line.amount,
    discount: line.discount,
    net: line.net,
    discounts: line.discounts,
    exact: line.exact,
    exactUsage: line.exactUsage,
    exactSettled: line.exactSettled,
    taxClass: line.taxClass,
    serviceDate: line.serviceDate,
    references: line.references,
    explanation: line.explanation,
    taxPercent: share?.percent ?? '0',
    tax: share?.tax ?? zeroMoney,
  };
  if (line.payer !== undefined) taxed.payer = line.payer;
  if (line.accountId !== undefined) taxed.accountId = line.accountId;
  return taxed;
}

function earlierPeriods({ reopened, period, cycle }: DraftQuestion): BillPeriod[] {
  return [...new Set(reopened)]
    .filter((key) => key < period.key)
    .sort()
    .map((key) => billPeriodOf(key, cycle));
}

function differences(question: DraftQuestion, period: BillPeriod, charges: AccountCharges): ChargeLine[] {
  const { billed } = question;
  return limitRepairs(subtractBilled(charges(period, 'all'), billedOf(question, period)), billed);
}

/** A fee in advance is written once; its repair waits until its own period is billed and every charge is known. */
function inAdvance(question: DraftQuestion, period: BillPeriod, charges: AccountCharges): ChargeLine[] {
  const billed = billedOf(question, period);
  return charges(period, 'advance').filter(
    (line) => !billed.some((charge) => charge.key === line.key && charge.payer === line.payer),
  );
}

function billedOf({ billed }: DraftQuestion, period: BillPeriod): BilledCharge[] {
  return billed.filter((charge) => charge.servicePeriod === period.key && charge.productId !== null);
}
