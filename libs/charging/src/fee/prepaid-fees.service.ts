import { Injectable } from '@nestjs/common';
import {
  billPeriodAt,
  minInstant,
  nextBillPeriod,
  previousBillPeriod,
  type BillPeriod,
  type Instant,
  groupBy,
} from '@ronghe/kernel';
import { heldTerms, isHeldIn, type PurseChange } from '@ronghe/rating';
import type { Tx } from '@ronghe/platform';
import type { AccountBook, BookedAccount } from '../balance/account-book';
import { lockPurses, savePurses } from '../money/purse.store';
import {
  correctFees,
  feeId,
  feesOf,
  refundFee,
  withKnownStops,
  type FeeCorrection,
  type PrepaidFee,
} from './prepaid-fee';
import { findPaidOfFees } from './fee-payment.store';
import { turnStops } from './fee-stop.store';
import { insertFees, lockFees, saveFees, scheduleTries } from './prepaid-fee.store';

export const DEBIT_FEES = 'charging.debitFees';

/** One account's fees of a period that are charged at one time. */
interface FeeWish {
  account: BookedAccount;
  period: BillPeriod;
  timing: 'advance' | 'arrears';
}

/** Says what recurring fees prepaid accounts owe, as periods begin and products come and go. */
@Injectable()
export class PrepaidFees {
  /** Periods have begun: fees in advance for them, fees in arrears for those before. */
  async periodsBegun(
    tx: Tx,
    begun: readonly { accountId: string; period: BillPeriod }[],
    book: AccountBook,
  ): Promise<void> {
    const wishes = begun.flatMap(({ accountId, period }): FeeWish[] => {
      const account = prepaidIn(book, accountId);
      if (!account) return [];
      const before = previousBillPeriod(period, account);
      const wishes: FeeWish[] = [
        { account, period, timing: 'advance' },
        { account, period: before, timing: 'arrears' },
      ];
      // How long a stop of the period before took is known now.
      const isStopped = book
        .holdingsOf(accountId)
        .some(({ blocks }) => blocks?.some(({ to }) => to === null));
      return isStopped ? [...wishes, { account, period: before, timing: 'advance' }] : wishes;
    });
    await this.bring(tx, wishes, book);
  }

  /** A product came or went: the fees of every period from the change to the present one follow. */
  async productChanged(tx: Tx, accountId: string, changedAt: Instant, book: AccountBook): Promise<void> {
    await this.bring(tx, wishesSince(tx, accountId, changedAt, book), book);
  }

  /** Prices were mended: the fees of every period since products of theirs began follow. */
  async pricesChanged(
    tx: Tx,
    accounts: readonly { accountId: string; since: Instant }[],
    book: AccountBook,
  ): Promise<void> {
    const wishes = accounts.flatMap(({ accountId, since }) => wishesSince(tx, accountId, since, book));
    await this.bring(tx, wishes, book);
  }

  private async bring(tx: Tx, wishes: readonly FeeWish[], book: AccountBook): Promise<void> {
    const held = wishes.filter(({ account, period }) =>
      book.holdingsOf(account.accountId).some((holding) => isHeldIn(holding, period)),
    );
    if (held.length === 0) return;
    const wanted = held.flatMap(({ account, period, timing }) =>
      feesOf({
        account: { accountId: account.accountId, lane: account.lane },
        cycle: account,
        holdings: withKnownStops(book.holdingsOf(account.accountId), period, tx.now),
        offers: book.offers,
        period,
        timing,
      }),
    );
    const places = held.map(({ account: { lane, accountId }, period }) => ({
      lane,
      accountId,
      period: period.key,
    }));
    const stored = await lockFees(tx, [
      ...new Map(places.map((at) => [`${at.accountId}/${at.period}`, at])).values(),
    ]);
    const { added, corrections } = correctFees(ofTimings(stored, held, book), wanted, tx.now);
    await insertFees(tx, added);
    await scheduleTries(tx, added);
    await saveFees(
      tx,
      corrections.map(({ fee }) => fee),
    );
    await turnStops(
      tx,
      corrections.map(({ fee }) => fee),
    );
    await this.refund(tx, corrections);
    if (added.length > 0 || corrections.length > 0) tx.enqueue(DEBIT_FEES, {});
  }

  private async refund(tx: Tx, corrections: readonly FeeCorrection[]): Promise<void> {
    const refunds = corrections.filter(({ refund }) => refund > 0n);
    const fees = refunds.map(({ fee }) => fee);
    const purses = await lockPurses(tx, fees);
    const paid = await findPaidOfFees(tx, fees);
    const changes: (PurseChange & { reference: string })[] = [];
    for (const [accountId, own] of groupBy(refunds, ({ fee }) => fee.accountId)) {
      let purse = purses.get(accountId);
      for (const refund of own) {
        if (!purse) continue;
        const change = refundFee(purse, refund, paid.get(feeId(refund.fee)) ?? new Map(), tx.now);
        purse = change.purse;
        changes.push({ ...change, reference: feeId(refund.fee) });
      }
    }
    await savePurses(tx, changes, 'fee');
  }
}

/** Fees of every period from an instant to the present one. */
function wishesSince({ now }: Tx, accountId: string, since: Instant, book: AccountBook): FeeWish[] {
  const account = prepaidIn(book, accountId);
  if (!account) return [];
  const present = billPeriodAt(now, account);
  const wishes: FeeWish[] = [];
  const first = billPeriodAt(minInstant(since, now), account);
  for (let period = first; period.from <= present.from; period = nextBillPeriod(period, account)) {
    wishes.push({ account, period, timing: 'advance' });
    if (period.to <= now) wishes.push({ account, period, timing: 'arrears' });
  }
  return wishes;
}

/** Stored fees at whose time was looked: those in arrears are left alone where only fees in advance were asked for. */
function ofTimings(
  stored: readonly PrepaidFee[],
  wishes: readonly FeeWish[],
  book: AccountBook,
): PrepaidFee[] {
  const asked = new Set(
    wishes.map(({ account, period, timing }) => `${account.accountId}/${period.key}/${timing}`),
  );
  return stored.filter((fee) => {
    return asked.has(`${fee.accountId}/${fee.period}/${timingOf(fee, book)}`);
  });
}

/**
 * When the price of a fee is charged, by any of the offers under which the product was held. A price that is gone, as
 * its offer was mended: before a period is over only fees in advance are stored, and then both are asked for.
 */
function timingOf({ productId, priceCode }: PrepaidFee, book: AccountBook): FeeWish['timing'] {
  const product = book.productOf(productId);
  const prices = (product ? heldTerms(product) : []).flatMap(
    ({ offeringCode, offeringVersion }) => book.offers(offeringCode, offeringVersion).recurringPrices,
  );
  return prices.find(({ code }) => code === priceCode)?.timing ?? 'advance';
}

function prepaidIn(book: AccountBook, accountId: string): BookedAccount | undefined {
  const account = book.cycleOf(accountId);
  return account?.paymentMode === 'prepaid' ? account : undefined;
}
