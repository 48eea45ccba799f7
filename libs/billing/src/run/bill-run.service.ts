import { Injectable } from '@nestjs/common';
import { billPeriodOf, isId, type BillCycle, type BillPeriod } from '@ronghe/kernel';
import { FeedProgress, Transactions, type Tx } from '@ronghe/platform';
import { billingErrors } from '../billing.errors';
import type { BillRun, Quarantined } from './bill-run';
import { advanceRunJob, findRun, insertRun, listRuns, lockCurrentRun } from './bill-run.store';
import type { RunReport } from './run-report';
import { readReport } from './run-report.store';
import { RunStages } from './run-stages.service';
import { listQuarantined } from './claim.store';
import { readInputsOf } from './run-inputs.store';
import { newRun } from './new-run.service';
import { actorId } from './run-actor.service';
import type { RunInput } from './run-inputs';

export interface StartRequest {
  period: string;
  billDay: number;
  zone: string;
  force: boolean;
  reason: string | null;
}

/** Runs are made by the schedule and by staff, and looked at; what staff decide about one is in run-control. */
@Injectable()
export class BillRunService {
  constructor(
    private readonly transactions: Transactions,
    private readonly feedProgress: FeedProgress,
    private readonly stages: RunStages,
  ) {}

  /**
   * Starts a run by hand; a scheduled one that waits is taken over.
   * @throws DomainError `inputs_not_closed` unforced before the cut-off; `reason_missing`, `period_not_ended`
   * forced; `bill_run_in_progress`, `invalid_bill_period`, `invalid_day_of_month`, `invalid_zone`.
   */
  async start(request: StartRequest, idempotencyKey: string): Promise<{ runId: string }> {
    const behind = await this.feedProgress.behind();
    return this.transactions.once('billing.startBillRun', idempotencyKey, request, async (tx) => {
      const cycle: BillCycle = { billDay: request.billDay, zone: request.zone };
      const period = billPeriodOf(request.period, cycle);
      const waiting = await lockCurrentRun(tx, period.key, cycle);
      if (waiting && waiting.state !== 'waiting')
        throw billingErrors.runInProgress(waiting.runId, waiting.state);
      const waitingFor = await readInputsOf(tx, { period, cycle }, behind);
      assertMayStart(request, period, waitingFor, tx);
      const run: BillRun = {
        ...(waiting ?? newRun(period, cycle, tx)),
        pausedBy: null,
        isForced: request.force && waitingFor.length > 0,
        reason: request.reason,
        requestedBy: actorId(),
        waitingFor: [],
      };
      if (!waiting) await insertRun(tx, run);
      await this.stages.beginDrafting(tx, run);
      return { runId: run.runId };
    });
  }

  /**
   * The run of a period that has just ended. One that lacks an input waits until the input wakes it: nobody has to look. One that
   * is under way is left alone.
   */
  async createScheduled(tx: Tx, period: BillPeriod, cycle: BillCycle): Promise<void> {
    if (await lockCurrentRun(tx, period.key, cycle)) return;
    const run: BillRun = { ...newRun(period, cycle, tx), trigger: 'scheduled' };
    const waitingFor = await readInputsOf(tx, run, []);
    await insertRun(tx, { ...run, waitingFor });
    if (waitingFor.length === 0) tx.enqueue(advanceRunJob, { runId: run.runId });
  }

  /** Null when there is none. */
  async find(runId: string): Promise<BillRun | null> {
    return isId(runId) ? this.transactions.read((tx) => findRun(tx, runId)) : null;
  }

  /** Newest first. */
  async list(page: { period: string | null; after: string | null; limit: number }): Promise<BillRun[]> {
    return this.transactions.read((tx) => listRuns(tx, page));
  }

  /** What the run did. @throws DomainError `bill_run_not_found`. */
  async report(runId: string): Promise<RunReport> {
    return this.transactions.read(async (tx) => {
      const run = await findRun(tx, runId);
      if (!run) throw billingErrors.runNotFound(runId);
      return readReport(tx, run);
    });
  }

  /** Accounts that the run could not bill, in the order of their ids behind one. */
  async quarantined(runId: string, page: { after: string | null; limit: number }): Promise<Quarantined[]> {
    return this.transactions.read((tx) => listQuarantined(tx, runId, page));
  }
}

function assertMayStart(
  request: StartRequest,
  period: BillPeriod,
  waitingFor: readonly RunInput[],
  tx: Tx,
): void {
  if (!request.force) {
    if (waitingFor.length > 0) throw billingErrors.inputsNotClosed(waitingFor);
    return;
  }
  if ((request.reason ?? '').trim() === '') throw billingErrors.reasonMissing();
  // A period that goes on has no last day yet: what it costs is not decided, forced or not.
  if (tx.now < period.to) throw billingErrors.periodNotEnded(period.key, period.to);
}
