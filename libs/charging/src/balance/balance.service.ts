import { Injectable } from '@nestjs/common';
import type { ProductState } from '@ronghe/contracts';
import { billPeriodAt, maxInstant, nextBillPeriod, type BillPeriod, type Instant } from '@ronghe/kernel';
import { Transactions, type Tx } from '@ronghe/platform';
import { heldTerms } from '@ronghe/rating';
import {
  holdProducts,
  lockAccountsToOpen,
  saveOpenedThrough,
  type ChargingAccount,
} from '../projection/account.store';
import { PrepaidFees } from '../fee/prepaid-fees.service';
import type { PurseKey } from '../money/purse.store';
import { unitSharers } from '../session/notification/credit-back.store';
import type { AccountBook } from './account-book';
import { AccountBooks } from './account-books.service';
import type { GroupPeriodKey } from './group-period';
import { findMarked } from './group-period.store';
import { PeriodOpening } from './period-opening.service';
import { RERATE_SHARD_COUNT } from './rerate-shards';
import { Settlements } from './settlement.service';
import { cycleOf, type GrantQuestion } from './wanted-grants';

/** Accounts that are opened, and marked periods that are rated again, in one transaction. */
const ACCOUNTS_AT_ONCE = 200;
const PERIODS_AT_ONCE = 50;

/** Keeps balances in step with what accounts hold: as products come and go, as periods begin, as usage is put in order. */
@Injectable()
export class Balances {
  constructor(
    private readonly transactions: Transactions,
    private readonly books: AccountBooks,
    private readonly opening: PeriodOpening,
    private readonly settlements: Settlements,
    private readonly fees: PrepaidFees,
  ) {}

  /**
   * Opens or corrects the balances of every card group that a change of this product may touch: its own, and with a
   * bundle all groups of the bundle; from the period of the change to the present one.
   * @returns the accounts whose other products draw on these groups now: their sessions may get more
   */
  async productChanged(tx: Tx, product: ProductState, changedAt: Instant): Promise<PurseKey[]> {
    const { accountId, lane } = product;
    const bundles = new Set(heldTerms(product).flatMap(({ bundleId }) => bundleId ?? []));
    const book = await this.books.open(tx, [accountId]);
    const cycle = cycleOf(accountId, book);
    const present = billPeriodAt(maxInstant(changedAt, tx.now), cycle);
    const touched = book
      .holdingsOf(accountId)
      .filter(
        (other) =>
          other.productId === product.productId ||
          heldTerms(other).some(({ bundleId }) => bundleId !== null && bundles.has(bundleId)),
      );
    const unitsIn = (period: BillPeriod): GrantQuestion[] =>
      [...new Set(touched.map((other) => book.ratingUnitOf(other, period.from)))].map((cardGroupId) => ({
        ...{ lane, cardGroupId, accountId, period: period.key },
      }));
    await this.opening.ensure(tx, unitsIn(present), book);
    const keys: GroupPeriodKey[] = [];
    for (
      let period = billPeriodAt(changedAt, cycle);
      period.from <= present.from;
      period = nextBillPeriod(period, cycle)
    ) {
      keys.push(...unitsIn(period));
    }
    await this.settlements.settle(tx, keys, book, `product ${product.productId}`);
    await this.fees.productChanged(tx, accountId, changedAt, book);
    const isOtherOf = (unitId: string) => (other: ProductState) =>
      other.productId !== product.productId && book.ratingUnitOf(other, present.from) === unitId;
    const shared = unitsIn(present)
      .map(({ cardGroupId }) => cardGroupId)
      .filter((unitId) => book.holdingsOfUnit(unitId).some(isOtherOf(unitId)));
    return unitSharers(lane, shared, book);
  }

  /** A product was stopped or goes on: fees that pause meanwhile follow, from the period of the change on. */
  async blocksChanged(tx: Tx, { accountId }: ProductState, changedAt: Instant): Promise<void> {
    const book = await this.books.open(tx, [accountId]);
    await this.fees.productChanged(tx, accountId, changedAt, book);
  }

  /** Opens or corrects the balances under which a product's usage of the present period is rated. */
  async grantsChanged(tx: Tx, product: ProductState, at: Instant): Promise<void> {
    const { accountId, lane } = product;
    const book = await this.books.open(tx, [accountId]);
    const period = billPeriodAt(at, cycleOf(accountId, book));
    const cardGroupId = book.ratingUnitOf(product, period.from);
    const unit = { lane, cardGroupId, accountId, period: period.key };
    await this.opening.ensure(tx, [unit], book);
    await this.settlements.settle(tx, [unit], book, `grant ${product.productId}`);
  }

  /** Opens the balances of all accounts whose next period has begun. */
  async openPeriods(): Promise<void> {
    while (await this.transactions.run((tx) => this.openSome(tx)));
  }

  /** Rates the marked periods of a share of the lanes again, until none is left or a usage file is half way. */
  async rerate(shard: number): Promise<void> {
    while (await this.transactions.run((tx) => this.rerateSome(tx, shard)));
  }

  private async openSome(tx: Tx): Promise<boolean> {
    const accounts = await lockAccountsToOpen(tx, ACCOUNTS_AT_ONCE);
    if (accounts.length === 0) return false;
    const book = await this.books.open(
      tx,
      accounts.map((account) => account.accountId),
    );
    const begun = accounts.map((account) => ({
      account,
      period: billPeriodAt(account.openedThrough, account),
    }));
    await this.opening.ensure(
      tx,
      begun.flatMap(({ account, period }) => groupsIn(account, period, book)),
      book,
    );
    await this.fees.periodsBegun(
      tx,
      begun.map(({ account: { accountId }, period }) => ({ accountId, period })),
      book,
    );
    await saveOpenedThrough(
      tx,
      begun.map(({ account, period }) => ({ accountId: account.accountId, openedThrough: period.to })),
    );
    return true;
  }

  private async rerateSome(tx: Tx, shard: number): Promise<boolean> {
    const marked = await findMarked(tx, { shard, of: RERATE_SHARD_COUNT }, PERIODS_AT_ONCE);
    if (marked.length === 0) return false;
    const accountIds = marked.map((group) => group.accountId);
    // What is granted meanwhile would be missing from the book, and so be withdrawn.
    await holdProducts(tx, accountIds);
    const book = await this.books.open(tx, accountIds);
    await this.settlements.settle(tx, marked, book, 'out of order');
    return true;
  }
}

function groupsIn(
  { accountId, lane }: ChargingAccount,
  period: BillPeriod,
  book: AccountBook,
): GrantQuestion[] {
  return book
    .unitsIn(accountId, period)
    .map((cardGroupId) => ({ lane, cardGroupId, accountId, period: period.key }));
}
