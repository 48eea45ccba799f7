import { Injectable } from '@nestjs/common';
import { addDays, assertNever } from '@ronghe/kernel';
import { DomainLogger, FeedProgress, SystemClock, Transactions, type Tx } from '@ronghe/platform';
import { billingPolicyOn } from '../policy';
import { countDue } from '../projection/account.store';
import { readPolicies } from '../projection/projection.store';
import { isOver, stateAfterChecks, stateAfterLanes, type BillRun, type LaneStage } from './bill-run';
import {
  advanceRunJob,
  enqueueWaitingRuns,
  enqueueOtherWorkers,
  enqueueWorkers,
  findRun,
  lockRun,
  updateRun,
} from './bill-run.store';
import { countClaims, hasIssued, hasUnpublished } from './claim.store';
import { divideLanes } from './lane-range';
import { beginStage, insertRanges, readRanges } from './lane-range.store';
import { LaneWork } from './lane-work.service';
import { readInputsOf } from './run-inputs.store';
import { readChecks } from './run-sums.store';

/** How soon a run looks again that waits for nothing but facts on their way. */
const FACTS_RETRY_MS = 200;

type Progress = 'more' | 'stop';

/**
 * Brings a run forward, one short transaction at a time. Where the run stands is written with what was done, so that
 * it goes on from there after any crash. Any number of workers may call this at once: they share the ranges of lanes,
 * and the one that finds a stage through begins the next.
 */
@Injectable()
export class RunStages {
  constructor(
    private readonly transactions: Transactions,
    private readonly feedProgress: FeedProgress,
    private readonly laneWork: LaneWork,
    private readonly systemClock: SystemClock,
    private readonly logger: DomainLogger,
  ) {}

  /** One step; `stop` when the run is over, waits for something, or other workers have all that is left of its stage. */
  async step(runId: string): Promise<Progress> {
    const run = await this.transactions.read((tx) => findRun(tx, runId));
    if (!run || run.pausedBy !== null) return 'stop';
    switch (run.state) {
      case 'waiting':
        return this.begin(runId);
      case 'checking':
        return this.held(runId, 'checking', (tx, held) => this.check(tx, held));
      case 'drafting':
      case 'numbering':
      case 'publishing':
      case 'rejecting': {
        if ((await this.laneWork.batch(runId)) === 'worked') return 'more';
        const { state } = run;
        return this.held(runId, state, (tx, held) => this.endStage(tx, held, state));
      }
      case 'awaiting_confirmation':
      case 'completed':
      case 'rejected':
        return 'stop';
      default:
        return assertNever(run.state);
    }
  }

  /** Holds the run while its stage changes; another worker may have changed it before. */
  private held(
    runId: string,
    expected: BillRun['state'],
    work: (tx: Tx, run: BillRun) => Promise<Progress>,
  ): Promise<Progress> {
    return this.transactions.run(async (tx) => {
      const run = await lockRun(tx, runId);
      if (!run || run.pausedBy !== null) return 'stop';
      return run.state === expected ? work(tx, run) : 'more';
    });
  }

  private async begin(runId: string): Promise<Progress> {
    // Asked before the transaction: the answer may come from other processes.
    const behind = await this.feedProgress.behind();
    return this.held(runId, 'waiting', async (tx, run) => {
      const waitingFor = await readInputsOf(tx, run, behind);
      if (waitingFor.length === 0) {
        await this.beginDrafting(tx, { ...run, waitingFor }, enqueueOtherWorkers);
        return 'more';
      }
      await updateRun(tx, { ...run, waitingFor });
      this.logger.warn(`The bill run of ${run.period.key} waits for its inputs`, { runId, waitingFor });
      if (waitingFor.length === behind.length) {
        tx.enqueue(advanceRunJob, { runId }, { delayMs: FACTS_RETRY_MS });
      }
      return 'stop';
    });
  }

  /** The run is divided, and its workers are called: all, or those beside the caller. The caller holds it or has just made it. */
  async beginDrafting(tx: Tx, run: BillRun, call = enqueueWorkers): Promise<void> {
    const dueAccounts = Number(await countDue(tx, run.cycle, run.period.to));
    await updateRun(tx, { ...run, dueAccounts, state: 'drafting', ...this.stageBeginning() });
    await insertRanges(tx, divideLanes(run.runId, dueAccounts));
    call(tx, { ...run, dueAccounts });
  }

  /** Since when a stage goes on, for its progress. */
  stageBeginning(done = 0): Pick<BillRun, 'stageSince' | 'stageBase'> {
    return { stageSince: this.systemClock.now(), stageBase: done };
  }

  private async check(tx: Tx, run: BillRun): Promise<Progress> {
    const claims = await countClaims(tx, run.runId);
    const accounts = Object.values(claims).reduce((sum, count) => sum + count, 0);
    const { lanes } = await readRanges(tx, run.runId);
    const checks = await readChecks(tx, run, { lanes, accountsClaimed: accounts });
    const policy = billingPolicyOn(await readPolicies(tx), addDays(run.period.endDay, -1));
    const state = stateAfterChecks(run, checks, policy.confirmation);
    const counted = { accounts, added: claims['billed'] ?? 0, quarantined: claims['quarantined'] ?? 0 };
    await updateRun(tx, { ...run, ...counted, checks, state, ...this.stageBeginning() });
    if (state !== 'numbering') return 'stop';
    await beginStage(tx, run.runId, 'with-drafts');
    enqueueOtherWorkers(tx, run);
    return 'more';
  }

  /** The next stage, once all ranges are through this one; until then their workers go on. */
  private async endStage(tx: Tx, run: BillRun, stage: LaneStage): Promise<Progress> {
    const { open } = await readRanges(tx, run.runId);
    if (open > 0) return 'stop';
    const state = await this.stateAfter(tx, run, stage);
    if (isOver(state)) {
      await updateRun(tx, { ...run, state, stageSince: null, completedAt: tx.now });
      // The run of the period that follows may wait for this one.
      await enqueueWaitingRuns(tx, run.cycle);
      return 'stop';
    }
    await updateRun(tx, { ...run, state, ...this.stageBeginning() });
    if (state === 'publishing') {
      await beginStage(tx, run.runId, 'with-drafts');
      enqueueOtherWorkers(tx, run);
    }
    return 'more';
  }

  /**
   * A run whose bills are published in part, and whose rest was rejected, is completed: those bills stand. What was numbered is
   * published with it, so that mostly nothing is left to publish.
   */
  private async stateAfter(tx: Tx, run: BillRun, stage: LaneStage): Promise<BillRun['state']> {
    if (stage !== 'rejecting' && stage !== 'numbering') return stateAfterLanes(stage);
    const { lanes } = await readRanges(tx, run.runId);
    if (stage === 'numbering')
      return (await hasUnpublished(tx, run.runId, lanes)) ? 'publishing' : 'completed';
    return (await hasIssued(tx, run.runId, lanes)) ? 'completed' : 'rejected';
  }
}
