import { Injectable } from '@nestjs/common';
import type { AccountOpened, EventEnvelope } from '@ronghe/contracts';
import {
  addDays,
  amountFromDecimal,
  billPeriodAt,
  localDateOf,
  maxInstant,
  zeroAmount,
  type Amount,
} from '@ronghe/kernel';
import { OnEvent, type Tx } from '@ronghe/platform';
import { feesChangedFrom } from '@ronghe/rating';
import { Balances } from '../balance/balance.service';
import { chargingError } from '../charging.errors';
import { BalancePolicies } from '../money/balance-policies.service';
import { insertPostingZone } from '../consumption/consumption.store';
import { openPurse, type PurseKey } from '../money/purse.store';
import { CORRECT_FEES, insertFeeCorrection } from '../fee/fee-correction.store';
import { lookAtStop } from '../fee/fee-stop.store';
import { noteCreditChanges } from '../session/notification/session-notification.store';
import { findAccounts, insertAccount, insertBillCycle } from './account.store';
import { saveBalanceGroups } from './balance-group.store';
import { saveOffer, savePolicy } from './document.store';
import { insertProductVersion, saveProductKeys } from './product.store';

/** Keeps what other domains say about accounts, products and documents. */
@Injectable()
export class ProjectionSubscriber {
  constructor(
    private readonly balances: Balances,
    private readonly policies: BalancePolicies,
  ) {}

  @OnEvent('account.opened.v1')
  async accountOpened({ payload }: EventEnvelope<'account.opened.v1'>, tx: Tx): Promise<void> {
    const cycle = { zone: payload.zone, billDay: payload.billDay };
    const period = billPeriodAt(maxInstant(payload.openedAt, tx.now), cycle);
    // One that was opened before groups were kept may have a stand-in.
    if (!(await insertAccount(tx, payload, period.to))) await saveBalanceGroups(tx, [payload]);
    await insertPostingZone(tx, payload.zone, addDays(localDateOf(tx.now, payload.zone), -1));
    await openPurse(tx, payload, await this.creditLimitOf(tx, payload));
    if (await insertBillCycle(tx, cycle)) {
      await tx.schedule('charging.periodStart', `${cycle.zone}/${cycle.billDay}`, period.to, { ...cycle });
    }
  }

  @OnEvent('offering.published.v1')
  async offeringPublished({ payload }: EventEnvelope<'offering.published.v1'>, tx: Tx): Promise<void> {
    await saveOffer(tx, payload);
    const { code, version, document } = payload;
    if (document.corrects !== undefined && (await insertFeeCorrection(tx, { code, version })))
      tx.enqueue(CORRECT_FEES, { code, version });
  }

  @OnEvent('policy.published.v1')
  async policyPublished({ payload }: EventEnvelope<'policy.published.v1'>, tx: Tx): Promise<void> {
    await savePolicy(tx, payload);
  }

  /** Sessions of other products that may use what it brings, such as a pack of data, may go on. */
  @OnEvent('product.activated.v1')
  async productActivated(event: EventEnvelope<'product.activated.v1'>, tx: Tx): Promise<void> {
    await noteCreditChanges(tx, await this.productChanged(event, tx, event.payload.effectiveFrom));
  }

  /** Sessions that run get no more, and their network functions are told. */
  @OnEvent('product.terminated.v1')
  async productTerminated(event: EventEnvelope<'product.terminated.v1'>, tx: Tx): Promise<void> {
    await this.productChanged(event, tx, event.payload.effectiveTo ?? event.occurredAt);
    await noteCreditChanges(tx, [event.payload]);
  }

  /** Sessions that run go on under the new terms: those of the days before are rated by what held then. */
  @OnEvent('product.changed.v1')
  async productMoved(event: EventEnvelope<'product.changed.v1'>, tx: Tx): Promise<void> {
    const { changedFrom, effectiveFrom } = event.payload;
    const sharers = await this.productChanged(event, tx, changedFrom ?? effectiveFrom);
    await noteCreditChanges(tx, [event.payload, ...sharers]);
  }

  @OnEvent('product.suspended.v1')
  async productSuspended(event: EventEnvelope<'product.suspended.v1'>, tx: Tx): Promise<void> {
    await this.blocksChanged(event, tx);
  }

  @OnEvent('product.resumed.v1')
  async productResumed(event: EventEnvelope<'product.resumed.v1'>, tx: Tx): Promise<void> {
    await this.blocksChanged(event, tx);
  }

  /**
   * Online sessions are decided by it from now on, and those that run are looked at. Allowances stay as they are: what the
   * network lets through is rated as ever.
   */
  private async blocksChanged(
    { payload: product, version, type }: EventEnvelope<'product.suspended.v1' | 'product.resumed.v1'>,
    tx: Tx,
  ): Promise<void> {
    if (!(await insertProductVersion(tx, product, version, type))) return;
    const changedAt = feesChangedFrom(product);
    if (changedAt !== null) await this.balances.blocksChanged(tx, product, changedAt);
    // Behind fees and money, as sessions do.
    await noteCreditChanges(tx, [product]);
    await lookAtStop(tx, product);
  }

  /** A prepaid account may go as far below zero as the policy says on the day on which it is opened. */
  private async creditLimitOf(tx: Tx, { paymentMode, zone }: AccountOpened): Promise<Amount> {
    if (paymentMode !== 'prepaid') return zeroAmount;
    return amountFromDecimal((await this.policies.inForce(tx, zone)).creditLimit);
  }

  /** @returns the accounts whose other products may use what it brings */
  private async productChanged(
    {
      payload: product,
      version,
      type,
    }: EventEnvelope<'product.activated.v1' | 'product.terminated.v1' | 'product.changed.v1'>,
    tx: Tx,
    changedAt: typeof tx.now,
  ): Promise<PurseKey[]> {
    const [account] = await findAccounts(tx, [product.accountId]);
    if (!account) {
      throw chargingError('projection_behind', 'the account has not arrived', {
        accountId: product.accountId,
      });
    }
    if (!(await insertProductVersion(tx, product, version, type))) return [];
    await saveProductKeys(tx, product);
    return this.balances.productChanged(tx, product, changedAt);
  }
}
