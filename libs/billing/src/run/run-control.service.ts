import { Injectable } from '@nestjs/common';
import { addDays, isId } from '@ronghe/kernel';
import { Transactions, type Tx } from '@ronghe/platform';
import { billingErrors } from '../billing.errors';
import { billingPolicyOn } from '../policy';
import { findAccount } from '../projection/account.store';
import { readPolicies } from '../projection/projection.store';
import { isOver, isRevocable, type BillRun } from './bill-run';
import { enqueueWorkers, lockCurrentRun, lockRun, updateRun } from './bill-run.store';
import { releaseGroup } from './claim.store';
import { beginStage } from './lane-range.store';
import { actorId } from './run-actor.service';
import { doneOf } from './run-progress';
import { RunStages } from './run-stages.service';

/** What staff decide about a run: confirm, reject, cancel, pause, resume, release from quarantine. */
@Injectable()
export class RunControl {
  constructor(
    private readonly transactions: Transactions,
    private readonly stages: RunStages,
  ) {}

  /** @throws DomainError `bill_run_not_found`, `bill_run_state`, `bill_run_checks_failed`, `second_person_needed`. */
  async confirm(runId: string, idempotencyKey: string): Promise<{ runId: string }> {
    return this.transactions.once('billing.confirmBillRun', idempotencyKey, { runId }, async (tx) => {
      const run = await this.awaiting(tx, runId);
      const failed = run.checks.filter((check) => check.left !== check.right).map((check) => check.name);
      if (failed.length > 0) throw billingErrors.checksFailed(runId, failed);
      if (run.requestedBy === actorId() && (await needsSecondPerson(tx, run)))
        throw billingErrors.secondPersonNeeded(runId, run.requestedBy);
      await updateRun(tx, { ...run, state: 'numbering', ...this.stages.stageBeginning() });
      await beginStage(tx, runId, 'with-drafts');
      enqueueWorkers(tx, run);
      return { runId };
    });
  }

  /** Voids a run's drafts; the period can be run again. @throws DomainError `bill_run_not_found`, `bill_run_state`, `reason_missing`. */
  async reject(runId: string, reason: string, idempotencyKey: string): Promise<{ runId: string }> {
    return this.transactions.once('billing.rejectBillRun', idempotencyKey, { runId, reason }, async (tx) => {
      if (reason.trim() === '') throw billingErrors.reasonMissing();
      await this.giveUp(tx, await this.awaiting(tx, runId), reason);
      return { runId };
    });
  }

  /**
   * Gives a run up before its bills have numbers: its drafts are void, what was on them can be billed by another run.
   * @throws DomainError `bill_run_not_found`, `bill_run_state` once numbers are given, `reason_missing`.
   */
  async cancel(runId: string, reason: string, idempotencyKey: string): Promise<{ runId: string }> {
    return this.transactions.once('billing.cancelBillRun', idempotencyKey, { runId, reason }, async (tx) => {
      if (reason.trim() === '') throw billingErrors.reasonMissing();
      const run = await held(tx, runId);
      if (!isRevocable(run.state)) throw billingErrors.runState(runId, run.state);
      await this.giveUp(tx, run, reason);
      return { runId };
    });
  }

  /**
   * Has a run stand still where it is: batches that are being worked on end, no other begins.
   * @throws DomainError `bill_run_not_found`, `bill_run_state` when it is over or stands still already.
   */
  async pause(runId: string, idempotencyKey: string): Promise<{ runId: string }> {
    return this.transactions.once('billing.pauseBillRun', idempotencyKey, { runId }, async (tx) => {
      const run = await held(tx, runId);
      if (run.pausedBy !== null) throw billingErrors.runState(runId, 'paused');
      if (isOver(run.state)) throw billingErrors.runState(runId, run.state);
      await updateRun(tx, { ...run, pausedBy: actorId() });
      return { runId };
    });
  }

  /** Has a paused run go on. @throws DomainError `bill_run_not_found`, `bill_run_state` when it is not paused. */
  async resume(runId: string, idempotencyKey: string): Promise<{ runId: string }> {
    return this.transactions.once('billing.resumeBillRun', idempotencyKey, { runId }, async (tx) => {
      const run = await held(tx, runId);
      if (run.pausedBy === null) throw billingErrors.runState(runId, run.state);
      await updateRun(tx, { ...run, pausedBy: null, ...this.stages.stageBeginning(doneOf(run)) });
      enqueueWorkers(tx, run);
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
        const run = await held(tx, runId);
        const account = await findAccount(tx, accountId);
        if (!account) throw billingErrors.accountNotFound(accountId);
        const other = await lockCurrentRun(tx, run.period.key, run.cycle);
        if (other && other.runId !== runId) throw billingErrors.runInProgress(other.runId, other.state);
        const isRejected = run.state === 'rejecting' || run.state === 'rejected';
        const released = isRejected ? 0 : await releaseGroup(tx, account.lane, runId, account.groupId);
        if (released === 0) throw billingErrors.notQuarantined(accountId, runId);
        await updateRun(tx, {
          ...run,
          state: 'drafting',
          completedAt: null,
          ...this.stages.stageBeginning(run.accounts),
        });
        await beginStage(tx, runId, 'all');
        enqueueWorkers(tx, run);
        return { runId };
      },
    );
  }

  private async giveUp(tx: Tx, run: BillRun, reason: string): Promise<void> {
    await updateRun(tx, { ...run, state: 'rejecting', reason, pausedBy: null });
    await beginStage(tx, run.runId, 'all');
    enqueueWorkers(tx, run);
  }

  private async awaiting(tx: Tx, runId: string): Promise<BillRun> {
    const run = await held(tx, runId);
    if (run.state !== 'awaiting_confirmation') throw billingErrors.runState(runId, run.state);
    return run;
  }
}

async function held(tx: Tx, runId: string): Promise<BillRun> {
  const run = isId(runId) ? await lockRun(tx, runId) : null;
  if (!run) throw billingErrors.runNotFound(runId);
  return run;
}

async function needsSecondPerson(tx: Tx, run: BillRun): Promise<boolean> {
  const policy = billingPolicyOn(await readPolicies(tx), addDays(run.period.endDay, -1));
  return policy.confirmation === 'second-person';
}
