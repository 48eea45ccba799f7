import { Injectable } from '@nestjs/common';
import { addDays, billPeriodOf, nextBillPeriod, type BillCycle } from '@ronghe/kernel';
import { OnDue, OnJob, PendingWork, Transactions, type DueRow, type Tx } from '@ronghe/platform';
import { readPolicies } from '../projection/projection.store';
import {
  advanceRunJob,
  enqueueWaitingRuns,
  findFirstWaiting,
  findMovingRuns,
  workersOf,
} from './bill-run.store';
import { BillRunService } from './bill-run.service';
import { cutOffReached, cycleEnded, scheduleCycle } from './cycle-schedule.store';
import { cutOffOf } from './run-inputs';
import { cutOffHoursOn, readOpenInputs } from './run-inputs.store';
import { RunStages } from './run-stages.service';

/** Most moving runs that one look for pending work lists. */
const PENDING_LIMIT = 100;

/** Runs come from the schedule and are carried out as jobs. */
@Injectable()
export class BillRunWorker {
  constructor(
    private readonly transactions: Transactions,
    private readonly runs: BillRunService,
    private readonly stages: RunStages,
  ) {}

  /** A period has ended: its run is made, and the next end is scheduled. */
  @OnDue(cycleEnded)
  async periodEnded(row: DueRow, tx: Tx): Promise<void> {
    const cycle: BillCycle = { billDay: Number(row.data['billDay']), zone: String(row.data['zone']) };
    const period = billPeriodOf(String(row.data['period']), cycle);
    await this.runs.createScheduled(tx, period, cycle);
    await scheduleCycle(tx, cycle, nextBillPeriod(period, cycle));
    const hours = cutOffHoursOn(await readPolicies(tx), addDays(period.endDay, -1)) ?? 0;
    if (hours > 0) await tx.schedule(cutOffReached, `${row.key}/${period.key}`, cutOffOf(period.to, hours));
  }

  /** The cut-off of a run that waits has come. */
  @OnDue(cutOffReached)
  async cutOff(_row: DueRow, tx: Tx): Promise<void> {
    await enqueueWaitingRuns(tx);
  }

  /** Brings a run as far as it can go now. */
  @OnJob(advanceRunJob)
  async advanceRun(data: { runId: string; worker?: number }): Promise<void> {
    while ((await this.stages.step(data.runId)) === 'more');
  }

  /** Runs that can go on without anybody's decision; a waiting one only once its inputs are closed. */
  @PendingWork(advanceRunJob)
  async pendingRuns(): Promise<{ runId: string; worker?: number }[]> {
    return this.transactions.read(async (tx) => {
      const moving = (await findMovingRuns(tx, PENDING_LIMIT)).flatMap(workersOf);
      const waiting = await findFirstWaiting(tx);
      const inputs = await readOpenInputs(tx, waiting, []);
      const ready = waiting.filter((_, index) => inputs[index]?.length === 0);
      return [...moving, ...ready.map(({ runId }) => ({ runId }))];
    });
  }
}
