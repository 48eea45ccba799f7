import { Injectable } from '@nestjs/common';
import { billPeriodOf, isDomainError } from '@ronghe/kernel';
import { SystemClock, Transactions, type Tx } from '@ronghe/platform';
import { recurringCharges } from '@ronghe/rating';
import type { AccountBook, BookedAccount } from '../balance/account-book';
import { AccountBooks } from '../balance/account-books.service';
import { groupPeriodId, groupsAt, type GroupPeriod } from '../balance/group-period';
import { findGroupPeriods } from '../balance/group-period.store';
import { laterKeysOf, laterPeriodsOf } from '../balance/later-periods';
import { settleGroup } from '../balance/settle-group';
import { wantedGrants } from '../balance/wanted-grants';
import { groupBy } from '../group-by';
import { previousKeysOf } from '../sharing/unit-neighbours';
import type { StoredUsage } from '../usage/rated-usage';
import { findUsageOf } from '../usage/rated-usage.store';
import { findTotals } from '../usage/usage-total.store';
import type { TotalChange } from '../usage/usage-totals';
import { draftedLookup, draftedPolicies, type Draft, type WhatIf } from './what-if';
import { WhatIfSums } from './what-if-result';
import {
  addLines,
  advanceTrial,
  beginTrial,
  endTrial,
  findAccountsAfter,
  findOpenGroups,
  findWhatIf,
  insertAccounts,
} from './what-if.store';

/** Accounts that are computed at once: what memory has to hold of their usage. */
const ACCOUNTS_AT_ONCE = 50;

/** What the database holds of a batch of accounts. */
interface BatchData {
  groups: readonly GroupPeriod[];
  around: ReadonlyMap<string, GroupPeriod>;
  usage: ReadonlyMap<string, StoredUsage[]>;
}

/** Rates a period's real usage by draft documents, reading only; what it comes to is added up batch by batch. */
@Injectable()
export class WhatIfRun {
  constructor(
    private readonly transactions: Transactions,
    private readonly books: AccountBooks,
    private readonly clock: SystemClock,
  ) {}

  /** Works a trial off from where it stands; ends early where another worker does. */
  async work(whatIfId: string): Promise<void> {
    await this.transactions.run((tx) => beginTrial(tx, whatIfId, this.clock.now()));
    while (await this.workBatch(whatIfId));
  }

  private async workBatch(whatIfId: string): Promise<boolean> {
    const batch = await this.transactions.read(async (tx) => {
      const trial = await findWhatIf(tx, whatIfId);
      if (trial?.state !== 'running') return null;
      const page = { after: trial.cursor, limit: ACCOUNTS_AT_ONCE };
      const accountIds = await findAccountsAfter(tx, page);
      return { trial, accountIds, sums: await this.compute(tx, trial, accountIds) };
    });
    if (!batch) return false;
    return this.transactions.run(async (tx) => {
      const last = batch.accountIds.at(-1);
      if (last === undefined) {
        await endTrial(tx, whatIfId, 'done');
        return false;
      }
      if (!(await advanceTrial(tx, batch.trial, { last, accounts: batch.accountIds.length }))) return false;
      await addLines(tx, whatIfId, batch.sums.lines);
      await insertAccounts(tx, whatIfId, batch.sums.accounts);
      return true;
    });
  }

  private async compute(
    tx: Tx,
    { period, draft }: WhatIf,
    accountIds: readonly string[],
  ): Promise<WhatIfSums> {
    const sums = new WhatIfSums(draft);
    if (accountIds.length === 0) return sums;
    const book = await this.books.open(tx, accountIds);
    const accounts = accountIds.flatMap((accountId) => book.cycleOf(accountId) ?? []);
    const totals = await findTotals(
      tx,
      accounts.map((account) => ({ ...account, period })),
    );
    const drafted = book.under(draftedLookup(book.offers, draft), draftedPolicies(draft));
    const touched = accounts.filter((account) => isTouched(account, book, draft));
    const data = await readBatch(tx, touched, period, book);
    const groupsOf = groupBy(data.groups, (group) => group.accountId);
    for (const account of accounts) {
      const { accountId, lane } = account;
      const before = chargesOf(account, [], data, book, period);
      const after = touched.includes(account)
        ? tried(() => chargesOf(account, groupsOf.get(accountId) ?? [], data, drafted, period))
        : before;
      sums.add({
        ...{ lane, accountId, feesBefore: before.fees, totals: totals.get(`${accountId}/${period}`) ?? [] },
        feesAfter: 'problem' in after ? before.fees : after.fees,
        totalChanges: 'problem' in after ? [] : after.totalChanges,
        problem: 'problem' in after ? after.problem : null,
        offeringOf: (productId) => book.productOf(productId)?.offeringCode ?? '',
      });
    }
    return sums;
  }
}

/** Whether any document of the account is drafted. */
function isTouched({ accountId }: BookedAccount, book: AccountBook, draft: Draft): boolean {
  if (draft.arePoliciesDrafted) return true;
  return book
    .holdingsOf(accountId)
    .some(
      ({ offeringCode, bundleOfferingCode }) =>
        draft.offers[offeringCode] !== undefined ||
        (bundleOfferingCode !== null && draft.offers[bundleOfferingCode] !== undefined),
    );
}

async function readBatch(
  tx: Tx,
  accounts: readonly BookedAccount[],
  period: string,
  book: AccountBook,
): Promise<BatchData> {
  const groups = await findGroupPeriods(tx, await findOpenGroups(tx, accounts, period));
  const neighbours = groups.flatMap((group) => [...previousKeysOf(group, book), ...laterKeysOf(group, book)]);
  const around = await findGroupPeriods(tx, neighbours);
  return {
    groups,
    around: new Map(around.map((group) => [groupPeriodId(group), group])),
    usage: groupBy(await findUsageOf(tx, groups), groupPeriodId),
  };
}

/** An account's fees for the period and what rating the usage of its card groups again changes, by a book's documents. */
function chargesOf(
  account: BookedAccount,
  groups: readonly GroupPeriod[],
  { around, usage }: BatchData,
  book: AccountBook,
  periodKey: string,
): { fees: ReturnType<typeof recurringCharges>; totalChanges: TotalChange[] } {
  const period = billPeriodOf(periodKey, account);
  const fees = recurringCharges({
    holdings: book.holdingsOf(account.accountId),
    offers: book.offers,
    period,
    cycle: account,
  });
  const totalChanges = groups.flatMap((group) => {
    return settleGroup({
      group,
      later: laterPeriodsOf(group, around, book),
      grants: wantedGrants(group, groupsAt(previousKeysOf(group, book), around), book),
      usage: usage.get(groupPeriodId(group)) ?? [],
      planOf: (event) => book.planOf(event),
    }).totalChanges;
  });
  return { fees, totalChanges };
}

/** What cannot be charged by the drafts is told, not thrown. */
function tried<T>(work: () => T): T | { problem: string } {
  try {
    return work();
  } catch (error) {
    if (!isDomainError(error) || error.kind === 'unavailable') throw error;
    return { problem: `${error.code}: ${error.message}` };
  }
}
