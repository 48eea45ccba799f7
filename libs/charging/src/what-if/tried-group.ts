import type { DiscountPolicy, NumberGradePolicy, UsageTotal } from '@ronghe/contracts';
import {
  addDays,
  billPeriodOf,
  groupBy,
  isDomainError,
  type BillCycle,
  type BillPeriod,
} from '@ronghe/kernel';
import {
  discountPoliciesOn,
  findNumberGrades,
  groupCharges,
  type ChargedLine,
  type DebitedFee,
} from '@ronghe/rating';
import type { AccountBook, BookedAccount } from '../balance/account-book';
import { feesOf } from '../fee/prepaid-fee';
import { sumChanges, toUsageTotal, totalChangeOf, type TotalChange } from '../usage/usage-totals';

/** What accounts are charged by. */
export interface TriedTerms {
  book: AccountBook;
  discounts: readonly DiscountPolicy[];
  /** Every version of the minimums of sought-after numbers. */
  numberGrades?: readonly NumberGradePolicy[];
}

/** What an account is charged for a period: the lines of its bill, and the usage behind them. */
export interface AccountCharges {
  lines: readonly ChargedLine[];
  totals: readonly UsageTotal[];
}

/** An account's charges as they are and as the drafts would have them. */
export interface ComparedAccount {
  account: BookedAccount;
  before: AccountCharges;
  /** The same as before where there is a problem. */
  after: AccountCharges;
  /** Why the drafts cannot charge its balance group. */
  problem: string | null;
}

/** The accounts of a balance group and the usage of a period. */
export interface TriedGroup {
  accounts: readonly BookedAccount[];
  /** Bill period. */
  period: string;
  /** As they were rated. */
  totals: ReadonlyMap<string, readonly UsageTotal[]>;
  /** What rating by the drafts changes of them; throws where they cannot. */
  changesOf: () => readonly TotalChange[];
}

/**
 * What the accounts of a balance group are charged under the documents in force and under drafts, as bills would say it:
 * with what other products change, minimum spends, discounts of account and group, and rounded to fen.
 */
export function compareGroup(group: TriedGroup, live: TriedTerms, drafted: TriedTerms): ComparedAccount[] {
  const before = chargesOf(group, group.totals, live);
  const after = tried(() => chargesOf(group, changedTotals(group), drafted));
  const problem = 'problem' in after ? after.problem : null;
  return group.accounts.map((account) => {
    const now = before.get(account.accountId) ?? { lines: [], totals: [] };
    const then = 'charges' in after ? after.charges.get(account.accountId) : undefined;
    return { account, before: now, after: then ?? now, problem };
  });
}

function chargesOf(
  { accounts, period: key }: TriedGroup,
  totals: ReadonlyMap<string, readonly UsageTotal[]>,
  { book, discounts, numberGrades = [] }: TriedTerms,
): Map<string, AccountCharges> {
  const charges = new Map<string, AccountCharges>();
  for (const members of groupBy(accounts, billedTogether).values()) {
    const [first] = members;
    if (!first) continue;
    const period = billPeriodOf(key, first);
    const lastDay = addDays(period.endDay, -1);
    const lines = groupCharges({
      accounts: members.map(({ accountId, lane, paymentMode }) => ({
        accountId,
        isPrepaid: paymentMode === 'prepaid',
        holdings: book.holdingsOf(accountId),
        usageTotals: totals.get(accountId) ?? [],
        ...(paymentMode === 'prepaid' && { debitedFees: debitsOf({ accountId, lane }, period, first, book) }),
      })),
      ...{ offers: book.offers, cycle: first, period, part: 'all' as const },
      discounts: discountPoliciesOn(discounts, lastDay),
      numberGrades: findNumberGrades(numberGrades, lastDay),
      // Names and order are for bills that are shown.
      chargeClasses: [],
    });
    members.forEach(({ accountId }, index) =>
      charges.set(accountId, { lines: lines[index] ?? [], totals: totals.get(accountId) ?? [] }),
    );
  }
  return charges;
}

/** What is debited for the fees of a period of a prepaid account: nothing of the rest of its group changes them. */
function debitsOf(
  account: { accountId: string; lane: number },
  period: BillPeriod,
  cycle: BillCycle,
  book: AccountBook,
): DebitedFee[] {
  const question = {
    account,
    cycle,
    holdings: book.holdingsOf(account.accountId),
    offers: book.offers,
    period,
  };
  return (['advance', 'arrears'] as const).flatMap((timing) => feesOf({ ...question, timing }));
}

/** Accounts of a balance group that are drafted at once: of one cycle, prepaid or not. */
function billedTogether({ billDay, zone }: BookedAccount): string {
  return `${billDay} ${zone}`;
}

function changedTotals({ accounts, totals, changesOf }: TriedGroup): Map<string, UsageTotal[]> {
  const changes = changesOf();
  return new Map(
    accounts.map(({ accountId, lane }) => {
      const rated = (totals.get(accountId) ?? []).map((total) => totalChangeOf(total, lane));
      const changed = changes.filter((change) => change.accountId === accountId);
      return [accountId, sumChanges([...rated, ...changed]).map(toUsageTotal)];
    }),
  );
}

/** What cannot be charged by the drafts is told, not thrown. */
function tried<T>(work: () => T): { charges: T } | { problem: string } {
  try {
    return { charges: work() };
  } catch (error) {
    if (!isDomainError(error) || error.kind === 'unavailable') throw error;
    return { problem: `${error.code}: ${error.message}` };
  }
}
