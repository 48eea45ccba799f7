import { groupBy } from '@ronghe/kernel';
import { Injectable } from '@nestjs/common';
import { SystemClock, Transactions, type Tx } from '@ronghe/platform';
import type { AccountBook, BookedAccount } from '../balance/account-book';
import { AccountBooks } from '../balance/account-books.service';
import { groupPeriodId, groupsAt, type GroupPeriod } from '../balance/group-period';
import { findGroupPeriods } from '../balance/group-period.store';
import { laterKeysOf, laterPeriodsOf } from '../balance/later-periods';
import { settleGroup } from '../balance/settle-group';
import { wantedGrants } from '../balance/wanted-grants';
import { findPoliciesOf } from '../projection/document.store';
import { previousKeysOf } from '../sharing/unit-neighbours';
import type { StoredUsage } from '../usage/rated-usage';
import { findUsageOf } from '../usage/rated-usage.store';
import { findTotals } from '../usage/usage-total.store';
import type { TotalChange } from '../usage/usage-totals';
import { compareGroup } from './tried-group';
import { draftedLookup, draftedPolicies, draftsUseDiscounts, type Draft, type WhatIf } from './what-if';
import { WhatIfSums } from './what-if-sums';
import {
  addLines,
  advanceTrial,
  beginTrial,
  endTrial,
  findGroupsAfter,
  findOpenGroups,
  findWhatIf,
  insertAccounts,
} from './what-if.store';

/** Balance groups that are computed at once: what memory has to hold of their usage. */
const GROUPS_AT_ONCE = 50;

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
      const groups = await findGroupsAfter(tx, { after: trial.cursor, limit: GROUPS_AT_ONCE });
      return { trial, groups, sums: await this.compute(tx, trial, groups) };
    });
    if (!batch) return false;
    const { trial, groups, sums } = batch;
    return this.transactions.run(async (tx) => {
      const last = groups.at(-1)?.groupId;
      if (last === undefined) {
        await endTrial(tx, whatIfId, 'done');
        return false;
      }
      const accounts = groups.flatMap(({ accountIds }) => accountIds).length;
      if (!(await advanceTrial(tx, trial, { last, accounts }))) return false;
      await addLines(tx, whatIfId, sums.lines);
      await insertAccounts(tx, whatIfId, sums.accounts);
      return true;
    });
  }

  private async compute(
    tx: Tx,
    { period, draft }: WhatIf,
    groups: readonly { accountIds: string[] }[],
  ): Promise<WhatIfSums> {
    const book = await this.books.open(
      tx,
      groups.flatMap(({ accountIds }) => accountIds),
    );
    const sums = new WhatIfSums(draft, (productId) => book.productOf(productId)?.offeringCode ?? '');
    const members = groups.map(({ accountIds }) => accountIds.flatMap((id) => book.cycleOf(id) ?? []));
    const accounts = members.flat();
    const live = {
      book,
      discounts: await findPoliciesOf(tx, 'discount'),
      numberGrades: await findPoliciesOf(tx, 'number-grade'),
    };
    const drafted = {
      book: book.under(draftedLookup(book.offers, draft), draftedPolicies(draft), draft.discounts),
      discounts: draft.discounts,
      numberGrades: draft.numberGrades ?? live.numberGrades,
    };
    const keys = accounts.map(({ accountId, lane }) => ({ accountId, lane, period }));
    const byPeriod = await findTotals(tx, keys);
    const totals = new Map(
      accounts.map(({ accountId }) => [accountId, byPeriod.get(`${accountId}/${period}`) ?? []]),
    );
    const areUsePricesDrafted = draftsUseDiscounts(draft, live.discounts);
    const touched = accounts.filter(
      (account) =>
        isTouched(account, book, draft) || (areUsePricesDrafted && hasPrepaidSharer(account, book)),
    );
    const data = await readBatch(tx, touched, period, book);
    const unitsOf = groupBy(data.groups, (group) => group.accountId);
    for (const group of members) {
      const units = group.flatMap(({ accountId }) => unitsOf.get(accountId) ?? []);
      const changesOf = () => changesIn(units, data, drafted.book);
      const compared = compareGroup({ accounts: group, period, totals, changesOf }, live, drafted);
      for (const each of compared) sums.add(each);
    }
    return sums;
  }
}

/** Whether any document that rates the account's usage is drafted. */
function isTouched({ accountId }: BookedAccount, book: AccountBook, draft: Draft): boolean {
  if (draft.arePoliciesDrafted) return true;
  // What is shared with it may change, too.
  return book
    .sharersOf(accountId)
    .flatMap((sharer) => book.holdingsOf(sharer))
    .some(
      ({ offeringCode, bundleOfferingCode }) =>
        draft.offers[offeringCode] !== undefined ||
        (bundleOfferingCode !== null && draft.offers[bundleOfferingCode] !== undefined),
    );
}

/** Whether the account's usage may be that of a prepaid one, whose prices hold discounts. */
function hasPrepaidSharer({ accountId }: BookedAccount, book: AccountBook): boolean {
  return book.sharersOf(accountId).some((sharer) => book.cycleOf(sharer)?.paymentMode === 'prepaid');
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

/** What rating the usage of card groups again changes, by a book's documents. */
function changesIn(
  groups: readonly GroupPeriod[],
  { around, usage }: BatchData,
  book: AccountBook,
): TotalChange[] {
  return groups.flatMap((group) => {
    const grants = wantedGrants(group, groupsAt(previousKeysOf(group, book), around), book);
    return settleGroup({
      ...{ group, grants, later: laterPeriodsOf(group, around, book) },
      usage: usage.get(groupPeriodId(group)) ?? [],
      planOf: (event) => book.planOf(event),
    }).totalChanges;
  });
}
