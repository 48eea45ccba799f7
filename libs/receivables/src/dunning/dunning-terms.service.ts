import { Injectable } from '@nestjs/common';
import {
  addDays,
  isCalendarDay,
  isId,
  localDateOf,
  minMoney,
  moneyFromMinor,
  subtractMoney,
  zeroMoney,
} from '@ronghe/kernel';
import { Transactions, type Tx } from '@ronghe/platform';
import { findAccount, type KnownAccount } from '../account.store';
import { paymentAmount } from '../payment';
import { accountNotFound } from '../receivables.errors';
import { findDunningPolicies, policyOn } from '../top-up/policy.store';
import { actorId, reasonOf } from './dispute.service';
import { endPromise, reviewNow, savePromise, saveTerms, type DunningTerms } from './dunning-terms.store';
import { accountNeverBilled, lateFeeNotThere, promiseDateInvalid } from './dunning.errors';
import { feeThrough } from './late-fee-turn';
import { insertWaiver, lockLateBill } from './late-fee.store';

/** A quarter: no promise to pay holds longer. */
const PROMISE_DAYS_MAXIMUM = 92;

/** What clerks agree with customers who do not pay in time, each with its reason. */
@Injectable()
export class DunningTermsService {
  constructor(private readonly transactions: Transactions) {}

  /**
   * Has dunning keep still through a day; with `releases` what is stopped goes on meanwhile.
   * @throws DomainError `account_not_found`, `account_never_billed`, `promise_date_invalid`, `reason_missing`.
   */
  async promise(
    request: { accountId: string; until: string; releases: boolean; reason: string },
    key: string,
  ): Promise<void> {
    await this.once('promisePayment', request, key, async (tx, account) => {
      const today = localDateOf(tx.now, account.zone);
      const latest = addDays(today, PROMISE_DAYS_MAXIMUM);
      const { until, releases } = request;
      if (!isCalendarDay(until) || until < today || until > latest) throw promiseDateInvalid(until, latest);
      const reason = reasonOf(request.reason);
      if (!(await reviewNow(tx, keyOf(account)))) throw accountNeverBilled(request.accountId);
      await savePromise(tx, keyOf(account), { until, releases, reason, givenBy: actorId() });
    });
  }

  /** Ends a promise before its day. @throws DomainError `account_not_found`. */
  async endPromise(request: { accountId: string }, key: string): Promise<void> {
    await this.once('endPaymentPromise', request, key, async (tx, account) => {
      await reviewNow(tx, keyOf(account));
      await endPromise(tx, keyOf(account));
    });
  }

  /** Says in which class a customer is, and what does not concern it. @throws DomainError `account_not_found`, `reason_missing`. */
  async setTerms(request: DunningTerms & { accountId: string }, key: string): Promise<void> {
    await this.once('setDunningTerms', { ...request }, key, async (tx, account) => {
      await saveTerms(tx, keyOf(account), { ...request, reason: reasonOf(request.reason) });
      await reviewNow(tx, keyOf(account));
    });
  }

  /**
   * Waives a part of a bill's late fee, or all that has accrued. What was charged already goes back with the next bill.
   * @throws DomainError `account_not_found`, `late_fee_not_there`, `payment_amount_invalid`, `reason_missing`.
   */
  async waive(
    request: { accountId: string; billId: string; amount?: string | null | undefined; reason: string },
    key: string,
  ): Promise<void> {
    await this.once(
      'waiveLateFee',
      { ...request, amount: request.amount ?? null },
      key,
      async (tx, account) => {
        const reason = reasonOf(request.reason);
        await reviewNow(tx, keyOf(account));
        const bill = isId(request.billId) ? await lockLateBill(tx, account.lane, request.billId) : null;
        const today = localDateOf(tx.now, account.zone);
        const policy = bill ? policyOn(await findDunningPolicies(tx), bill.facts.lateFrom) : undefined;
        if (!bill || !policy || bill.accountId !== account.account_id)
          throw lateFeeNotThere(request.billId, zeroMoney);
        const { fee } = feeThrough(bill, policy.lateFee.perMille, today);
        const left = subtractMoney(fee, minMoney(fee, bill.waived));
        const amount = request.amount == null ? left : paymentAmount(request.amount);
        if (amount === zeroMoney || amount > left) throw lateFeeNotThere(request.billId, left);
        await insertWaiver(tx, bill, {
          amountFen: moneyFromMinor(amount),
          reason,
          by: actorId(),
          at: tx.now,
        });
      },
    );
  }

  private async once<R extends { accountId: string }>(
    operation: string,
    request: R,
    key: string,
    work: (tx: Tx, account: KnownAccount) => Promise<void>,
  ): Promise<void> {
    await this.transactions.once(`receivables.${operation}`, key, request, async (tx) => {
      const account = isId(request.accountId) ? await findAccount(tx, request.accountId) : null;
      if (!account) throw accountNotFound(request.accountId);
      await work(tx, account);
      return { accountId: request.accountId };
    });
  }
}

function keyOf({ lane, account_id: accountId }: KnownAccount) {
  return { lane, accountId };
}
