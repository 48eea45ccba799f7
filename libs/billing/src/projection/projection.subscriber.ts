import { Injectable } from '@nestjs/common';
import type { EventEnvelope } from '@ronghe/contracts';
import { billPeriodAt, type BillCycle, type Instant } from '@ronghe/kernel';
import { OnEvent, type Tx } from '@ronghe/platform';
import { feesChangedFrom } from '@ronghe/rating';
import { billingErrors } from '../billing.errors';
import { insertCorrection } from '../correction/correction.store';
import { reopenCorrectedJob } from '../correction/correction.worker';
import { enqueueWaitingRuns } from '../run/bill-run.store';
import { scheduleCycle } from '../run/cycle-schedule.store';
import { insertAccount, insertCycle, shareAccount, type BilledAccount } from './account.store';
import {
  advanceWatermark,
  reopenPeriods,
  saveOffer,
  savePolicy,
  saveProduct,
  saveUsageStatement,
} from './projection.store';

/** What billing hears, kept as the small projections that a bill needs. */
@Injectable()
export class ProjectionSubscriber {
  /** Keeps the account; the first one of a cycle starts the cycle's schedule. */
  @OnEvent('account.opened.v1')
  async accountOpened({ payload }: EventEnvelope<'account.opened.v1'>, tx: Tx): Promise<void> {
    await insertAccount(tx, payload);
    const cycle: BillCycle = { billDay: payload.billDay, zone: payload.zone };
    if (await insertCycle(tx, cycle)) await scheduleCycle(tx, cycle, billPeriodAt(payload.openedAt, cycle));
  }

  /** A correction opens again what was billed under the version that it mends. */
  @OnEvent('offering.published.v1')
  async offeringPublished({ payload }: EventEnvelope<'offering.published.v1'>, tx: Tx): Promise<void> {
    await saveOffer(tx, payload);
    const { code, version, document } = payload;
    if (document.corrects === undefined || !(await insertCorrection(tx, { code, version }))) return;
    tx.enqueue(reopenCorrectedJob, { code, version });
  }

  /** A policy may be what a run waits for. */
  @OnEvent('policy.published.v1')
  async policyPublished({ payload }: EventEnvelope<'policy.published.v1'>, tx: Tx): Promise<void> {
    await savePolicy(tx, payload);
    await enqueueWaitingRuns(tx);
  }

  @OnEvent('product.activated.v1')
  async productActivated(event: EventEnvelope<'product.activated.v1'>, tx: Tx): Promise<void> {
    await this.productChanged(event, event.payload.effectiveFrom, tx);
  }

  @OnEvent('product.terminated.v1')
  async productTerminated(event: EventEnvelope<'product.terminated.v1'>, tx: Tx): Promise<void> {
    await this.productChanged(event, event.payload.effectiveTo ?? event.payload.effectiveFrom, tx);
  }

  @OnEvent('product.changed.v1')
  async productMoved(event: EventEnvelope<'product.changed.v1'>, tx: Tx): Promise<void> {
    await this.productChanged(event, event.payload.changedFrom ?? event.payload.effectiveFrom, tx);
  }

  @OnEvent('product.suspended.v1')
  async productSuspended(event: EventEnvelope<'product.suspended.v1'>, tx: Tx): Promise<void> {
    await this.productChanged(event, feesChangedFrom(event.payload), tx);
  }

  @OnEvent('product.resumed.v1')
  async productResumed(event: EventEnvelope<'product.resumed.v1'>, tx: Tx): Promise<void> {
    await this.productChanged(event, feesChangedFrom(event.payload), tx);
  }

  /** Keeps the totals; where their period was billed already, the difference goes on the next bill. */
  @OnEvent('usage-totals.published.v1')
  async usageTotalsPublished(event: EventEnvelope<'usage-totals.published.v1'>, tx: Tx): Promise<void> {
    const { accountId, period, totals } = event.payload;
    const account = await this.held(tx, accountId);
    if (!(await saveUsageStatement(tx, account, { period, version: event.version, totals }))) return;
    await reopenPeriods(tx, account, { fromPeriod: period, toPeriod: period, cause: 'late usage' });
  }

  /** A closed source may be what a run waits for. */
  @OnEvent('usage-source.closed.v1')
  async usageSourceClosed({ payload }: EventEnvelope<'usage-source.closed.v1'>, tx: Tx): Promise<void> {
    await advanceWatermark(tx, payload.source, payload.through);
    await enqueueWaitingRuns(tx);
  }

  private async productChanged(
    event: EventEnvelope<
      | 'product.activated.v1'
      | 'product.terminated.v1'
      | 'product.suspended.v1'
      | 'product.resumed.v1'
      | 'product.changed.v1'
    >,
    changedAt: Instant | null,
    tx: Tx,
  ): Promise<void> {
    const account = await this.held(tx, event.payload.accountId);
    if (!(await saveProduct(tx, event.payload, event.version))) return;
    if (changedAt === null) return;
    const { key } = billPeriodAt(changedAt, account.cycle);
    await reopenPeriods(tx, account, { fromPeriod: key, toPeriod: null, cause: event.type });
  }

  private async held(tx: Tx, accountId: string): Promise<BilledAccount> {
    const account = await shareAccount(tx, accountId);
    if (!account) throw billingErrors.projectionBehind(accountId);
    return account;
  }
}
