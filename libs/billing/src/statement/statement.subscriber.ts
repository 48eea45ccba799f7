import { Injectable } from '@nestjs/common';
import type { EventEnvelope } from '@ronghe/contracts';
import { addDays, startOfLocalDate } from '@ronghe/kernel';
import { OnEvent, type Tx } from '@ronghe/platform';
import { billingErrors } from '../billing.errors';
import { shareAccount, type BilledAccount } from '../projection/account.store';
import { advanceWatermark, reopenPeriods } from '../projection/projection.store';
import { enqueueWaitingRuns } from '../run/bill-run.store';
import { consumptionInput } from '../run/run-inputs';
import { saveConsumptionDay, saveDebitedFee } from './statement.store';

/** What billing hears of prepaid accounts' money. What changes a period that has a statement goes on the next one. */
@Injectable()
export class StatementSubscriber {
  @OnEvent('prepaid-fee.debited.v1')
  async feeDebited({ payload, version }: EventEnvelope<'prepaid-fee.debited.v1'>, tx: Tx): Promise<void> {
    const account = await held(tx, payload.accountId);
    if (!(await saveDebitedFee(tx, account, payload, version))) return;
    const { period } = payload;
    await reopenPeriods(tx, account, { fromPeriod: period, toPeriod: period, cause: 'fee debited' });
  }

  /** A day without its period was told by an earlier release, and is in no statement. */
  @OnEvent('consumption.posted.v1')
  async consumptionPosted(
    { payload, version }: EventEnvelope<'consumption.posted.v1'>,
    tx: Tx,
  ): Promise<void> {
    const { accountId, period } = payload;
    if (period === undefined) return;
    const account = await held(tx, accountId);
    if (!(await saveConsumptionDay(tx, account, { ...payload, period }, version))) return;
    await reopenPeriods(tx, account, { fromPeriod: period, toPeriod: period, cause: 'late consumption' });
  }

  /** The last day of a period may be what a run waits for. */
  @OnEvent('consumption.closed.v1')
  async consumptionClosed({ payload }: EventEnvelope<'consumption.closed.v1'>, tx: Tx): Promise<void> {
    const { zone, through } = payload;
    await advanceWatermark(tx, consumptionInput(zone), startOfLocalDate(addDays(through, 1), zone));
    await enqueueWaitingRuns(tx);
  }
}

async function held(tx: Tx, accountId: string): Promise<BilledAccount> {
  const account = await shareAccount(tx, accountId);
  if (!account) throw billingErrors.projectionBehind(accountId);
  return account;
}
