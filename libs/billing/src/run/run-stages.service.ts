import { Injectable } from '@nestjs/common';
import { addDays, assertNever, isDomainError } from '@ronghe/kernel';
import { DomainLogger, FeedProgress, Transactions, type Tx } from '@ronghe/platform';
import type { AccountResult } from '../bill/draft.store';
import { DraftService, type BillingGroup } from '../bill/draft.service';
import { BILLS_PER_BATCH, numberBatch, publishBatch } from '../bill/issue.store';
import { billingPolicyOn } from '../policy';
import { nextGroups } from '../projection/account.store';
import { readPolicies } from '../projection/projection.store';
import { isOver, laneFrom, stateAfterChecks, stateAfterLanes, type BillRun } from './bill-run';
import { advanceRunJob, lockRun, updateRun } from './bill-run.store';
import { countClaims, releasedGroups, voidLane } from './claim.store';
import { readOpenInputs } from './run-inputs.store';
import { readChecks } from './run-sums.store';

/** Most billing groups that one transaction drafts. */
const GROUPS_PER_BATCH = 200;
/** How soon a run looks again that waits for nothing but facts on their way. */
const FACTS_RETRY_MS = 200;

type Progress = 'more' | 'stop';

/**
 * Brings a run forward, one short transaction at a time. Where the run stands is written with what was done, so that
 * it goes on from there after any crash, and two workers at once do nothing twice.
 */
@Injectable()
export class RunStages {
  constructor(
    private readonly transactions: Transactions,
    private readonly feedProgress: FeedProgress,
    private readonly drafts: DraftService,
    private readonly logger: DomainLogger,
  ) {}

  /** One step; `stop` when the run is over or waits for something. */
  async step(runId: string): Promise<Progress> {
    let isDrafting = false;
    try {
      const progress = await this.transactions.run(async (tx) => {
        const run = await lockRun(tx, runId);
        isDrafting = run?.state === 'drafting';
        return run ? this.advance(tx, run) : 'stop';
      });
      return progress === 'begin' ? await this.begin(runId) : progress;
    } catch (error) {
      if (!isDrafting || (isDomainError(error) && error.kind === 'unavailable')) throw error;
      this.logger.warn('A batch of bills could not be written; it is tried group by group', error);
      return this.draftOneGroup(runId);
    }
  }

  private async advance(tx: Tx, run: BillRun): Promise<Progress | 'begin'> {
    switch (run.state) {
      case 'waiting':
        return 'begin';
      case 'drafting':
        return this.draftBatch(tx, run, await this.batchOf(tx, run, GROUPS_PER_BATCH));
      case 'checking':
        return this.check(tx, run);
      case 'numbering':
      case 'publishing':
      case 'rejecting':
        return this.nextLane(tx, run, run.state);
      case 'awaiting_confirmation':
      case 'completed':
      case 'rejected':
        return 'stop';
      default:
        return assertNever(run.state);
    }
  }

  private async begin(runId: string): Promise<Progress> {
    // Asked before the transaction: the answer may come from other processes.
    const behind = await this.feedProgress.behind();
    return this.transactions.run(async (tx) => {
      const run = await lockRun(tx, runId);
      if (run?.state !== 'waiting') return run ? 'more' : 'stop';
      const waitingFor = await readOpenInputs(tx, run, behind);
      const isReady = waitingFor.length === 0;
      await updateRun(tx, { ...run, waitingFor, state: isReady ? 'drafting' : 'waiting' });
      if (isReady) return 'more';
      this.logger.warn(`The bill run of ${run.period.key} waits for its inputs`, { runId, waitingFor });
      if (waitingFor.length === behind.length) {
        tx.enqueue(advanceRunJob, { runId }, { delayMs: FACTS_RETRY_MS });
      }
      return 'stop';
    });
  }

  /** One group on its own, so that only the guilty one of a batch goes to quarantine. */
  private async draftOneGroup(runId: string): Promise<Progress> {
    let tried: string | undefined;
    const draft = (reason?: string) =>
      this.transactions.run(async (tx) => {
        const run = await lockRun(tx, runId);
        if (run?.state !== 'drafting') return 'more';
        const batch = await this.batchOf(tx, run, 1);
        const groupId = batch?.groups[0]?.groupId;
        // Another worker met the same group and has put it aside: the one that comes next is not guilty.
        if (reason !== undefined && groupId !== tried) return 'more';
        tried = groupId;
        return this.draftBatch(tx, run, batch, reason);
      });
    try {
      return await draft();
    } catch (error) {
      if (isDomainError(error) && error.kind === 'unavailable') throw error;
      return draft(error instanceof Error ? error.message : String(error));
    }
  }

  private async batchOf(tx: Tx, run: BillRun, limit: number): Promise<Batch | null> {
    return (await releasedGroups(tx, run.runId, limit)) ?? (await this.nextBatch(tx, run, limit));
  }

  private async draftBatch(
    tx: Tx,
    run: BillRun,
    batch: Batch | null,
    quarantineReason?: string,
  ): Promise<Progress> {
    const { runId } = run;
    if (!batch) {
      await updateRun(tx, { ...run, state: 'checking' });
      return 'more';
    }
    const scope = { lane: batch.lane, runId, period: run.period };
    const results =
      quarantineReason === undefined
        ? await this.drafts.draftGroups(tx, scope, batch.groups)
        : await this.drafts.quarantine(tx, scope, batch.groups, quarantineReason);
    await updateRun(tx, afterBatch(run, batch, results));
    return 'more';
  }

  private async nextBatch(tx: Tx, run: BillRun, limit: number): Promise<Batch | null> {
    const groups = await nextGroups(tx, {
      cycle: run.cycle,
      periodEnd: run.period.to,
      after: run.cursor,
      limit,
    });
    const last = groups.at(-1);
    return last ? { lane: last.lane, groups, cursor: { lane: last.lane, groupId: last.groupId } } : null;
  }

  private async check(tx: Tx, run: BillRun): Promise<Progress> {
    const claims = await countClaims(tx, run.runId);
    const accounts = Object.values(claims).reduce((sum, count) => sum + count, 0);
    const checks = await readChecks(tx, run, accounts);
    const state = stateAfterChecks(run, checks);
    const counted = { accounts, added: claims['billed'] ?? 0, quarantined: claims['quarantined'] ?? 0 };
    await updateRun(tx, { ...run, ...counted, checks, state, stageLane: 0 });
    return state === 'numbering' ? 'more' : 'stop';
  }

  private async nextLane(
    tx: Tx,
    run: BillRun,
    state: 'numbering' | 'publishing' | 'rejecting',
  ): Promise<Progress> {
    const lane = laneFrom(run, run.stageLane);
    if (lane === null) {
      const next = stateAfterLanes(state);
      const completedAt = isOver(next) ? tx.now : null;
      await updateRun(tx, { ...run, state: next, stageLane: 0, completedAt });
      return isOver(next) ? 'stop' : 'more';
    }
    const isThrough = (await this.workOnLane(tx, run, state, lane)) < BILLS_PER_BATCH;
    await updateRun(tx, { ...run, stageLane: isThrough ? lane + 1 : lane });
    return 'more';
  }

  /** Returns how many bills were handled; fewer than a batch when the lane is through. */
  private async workOnLane(
    tx: Tx,
    run: BillRun,
    state: 'numbering' | 'publishing' | 'rejecting',
    lane: number,
  ): Promise<number> {
    if (state === 'rejecting') {
      await voidLane(tx, run.runId, lane);
      return 0;
    }
    const policy = billingPolicyOn(await readPolicies(tx), addDays(run.period.endDay, -1));
    const scope = { lane, runId: run.runId, period: run.period, policy };
    return state === 'numbering' ? numberBatch(tx, scope) : publishBatch(tx, scope, run.cycle);
  }
}

interface Batch {
  lane: number;
  groups: BillingGroup[];
  /** Where drafting stands afterwards; absent for released groups, which lie behind the cursor. */
  cursor?: BillRun['cursor'];
}

function afterBatch(run: BillRun, batch: Batch, results: readonly AccountResult[]): BillRun {
  const count = (kind: AccountResult['outcome']['kind']) =>
    results.filter(({ outcome }) => outcome.kind === kind).length;
  const lanes =
    count('billed') > 0 ? [...new Set([...run.lanes, batch.lane])].sort((a, b) => a - b) : run.lanes;
  // Released groups were counted when they were quarantined; the check stage counts everything anew.
  if (!batch.cursor) return { ...run, lanes };
  return {
    ...run,
    lanes,
    cursor: batch.cursor,
    accounts: run.accounts + results.length,
    added: run.added + count('billed'),
    quarantined: run.quarantined + count('quarantined'),
  };
}
