import { Injectable } from '@nestjs/common';
import { billPeriodOf, isId, newId, type BillCycle, type BillPeriod } from '@ronghe/kernel';
import { FeedProgress, requestContext, Transactions, type Tx } from '@ronghe/platform';
import { billingErrors } from '../billing.errors';
import { findAccount } from '../projection/account.store';
import { startCursor, type BillRun, type Quarantined } from './bill-run';
import {
  advanceRunJob,
  findRun,
  insertRun,
  listRuns,
  lockCurrentRun,
  lockRun,
  updateRun,
} from './bill-run.store';
import { listQuarantined, releaseGroup } from './claim.store';
import { readOpenInputs } from './run-inputs.store';
import type { RunInput } from './run-inputs';

export interface StartRequest {
  period: string;
  billDay: number;
  zone: string;
  force: boolean;
  reason: string | null;
}

/** What staff and the schedule do with runs: start, confirm, reject, release from quarantine. */
@Injectable()
export class BillRunService {
  constructor(
    private readonly transactions: Transactions,
    private readonly feedProgress: FeedProgress,
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
      const waitingFor = await readOpenInputs(tx, { period, cycle }, behind);
      assertMayStart(request, period, waitingFor, tx);
      const run: BillRun = {
        ...(waiting ?? newRun(period, cycle, tx)),
        state: 'drafting',
        isForced: request.force && waitingFor.length > 0,
        reason: request.reason,
        requestedBy: actorId(),
        waitingFor: [],
      };
      await (waiting ? updateRun(tx, run) : insertRun(tx, run));
      tx.enqueue(advanceRunJob, { runId: run.runId });
      return { runId: run.runId };
    });
  }

  /** The run of a period that has just ended: it waits for its inputs by itself. One that is under way is left alone. */
  async createScheduled(tx: Tx, period: BillPeriod, cycle: BillCycle): Promise<void> {
    if (await lockCurrentRun(tx, period.key, cycle)) return;
    const run = newRun(period, cycle, tx);
    await insertRun(tx, { ...run, waitingFor: await readOpenInputs(tx, run, []) });
    tx.enqueue(advanceRunJob, { runId: run.runId });
  }

  /** @throws DomainError `bill_run_not_found`, `bill_run_state`, `bill_run_checks_failed`. */
  async confirm(runId: string, idempotencyKey: string): Promise<{ runId: string }> {
    return this.transactions.once('billing.confirmBillRun', idempotencyKey, { runId }, async (tx) => {
      const run = await this.awaiting(tx, runId);
      const failed = run.checks.filter((check) => check.left !== check.right).map((check) => check.name);
      if (failed.length > 0) throw billingErrors.checksFailed(runId, failed);
      await updateRun(tx, { ...run, state: 'numbering', stageLane: 0 });
      tx.enqueue(advanceRunJob, { runId });
      return { runId };
    });
  }

  /** Voids a run's drafts; the period can be run again. @throws DomainError `bill_run_not_found`, `bill_run_state`, `reason_missing`. */
  async reject(runId: string, reason: string, idempotencyKey: string): Promise<{ runId: string }> {
    return this.transactions.once('billing.rejectBillRun', idempotencyKey, { runId, reason }, async (tx) => {
      if (reason.trim() === '') throw billingErrors.reasonMissing();
      const run = await this.awaiting(tx, runId);
      await updateRun(tx, { ...run, state: 'rejecting', stageLane: 0, reason });
      tx.enqueue(advanceRunJob, { runId });
      return { runId };
    });
  }

  /**
   * Has the billing group of a quarantined account tried again by the same run, once its cause was mended.
   * @throws DomainError `bill_run_not_found`, `account_not_found`, `not_quarantined`, `bill_run_in_progress`.
   */
  async release(runId: string, accountId: string, idempotencyKey: string): Promise<{ runId: string }> {
    return this.transactions.once(
      'billing.releaseQuarantine',
      idempotencyKey,
      { runId, accountId },
      async (tx) => {
        const run = isId(runId) ? await lockRun(tx, runId) : null;
        if (!run) throw billingErrors.runNotFound(runId);
        const account = await findAccount(tx, accountId);
        if (!account) throw billingErrors.accountNotFound(accountId);
        const other = await lockCurrentRun(tx, run.period.key, run.cycle);
        if (other && other.runId !== runId) throw billingErrors.runInProgress(other.runId, other.state);
        const isRejected = run.state === 'rejecting' || run.state === 'rejected';
        const released = isRejected ? 0 : await releaseGroup(tx, account.lane, runId, account.groupId);
        if (released === 0) throw billingErrors.notQuarantined(accountId, runId);
        await updateRun(tx, { ...run, state: 'drafting', completedAt: null });
        tx.enqueue(advanceRunJob, { runId });
        return { runId };
      },
    );
  }

  /** Null when there is none. */
  async find(runId: string): Promise<BillRun | null> {
    return isId(runId) ? this.transactions.read((tx) => findRun(tx, runId)) : null;
  }

  /** Newest first. */
  async list(page: { period: string | null; after: string | null; limit: number }): Promise<BillRun[]> {
    return this.transactions.read((tx) => listRuns(tx, page));
  }

  /** Accounts that the run could not bill. */
  async quarantined(runId: string, limit: number): Promise<Quarantined[]> {
    return this.transactions.read((tx) => listQuarantined(tx, runId, limit));
  }

  private async awaiting(tx: Tx, runId: string): Promise<BillRun> {
    const run = isId(runId) ? await lockRun(tx, runId) : null;
    if (!run) throw billingErrors.runNotFound(runId);
    if (run.state !== 'awaiting_confirmation') throw billingErrors.runState(runId, run.state);
    return run;
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

function newRun(period: BillPeriod, cycle: BillCycle, tx: Tx): BillRun {
  return {
    runId: newId(),
    period,
    cycle,
    trigger: requestContext().channel === 'schedule' ? 'scheduled' : 'requested',
    isForced: false,
    reason: null,
    requestedBy: actorId(),
    state: 'waiting',
    waitingFor: [],
    checks: [],
    cursor: startCursor,
    lanes: [],
    stageLane: 0,
    accounts: 0,
    added: 0,
    quarantined: 0,
    createdAt: tx.now,
    completedAt: null,
  };
}

function actorId(): string {
  return requestContext().actor?.id ?? 'system';
}
