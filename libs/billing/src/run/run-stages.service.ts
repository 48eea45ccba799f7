import { Injectable } from '@nestjs/common';
import { addDays, assertNever, isDomainError } from '@ronghe/kernel';
import { DomainLogger, FeedProgress, Transactions, type Tx } from '@ronghe/platform';
import type { AccountResult } from '../bill/draft.store';
import { DraftService, type BillingGroup } from '../bill/draft.service';
import { numberBatch, publishBatch } from '../bill/issue.store';
import { billingPolicyOn } from '../policy';
import { nextGroups } from '../projection/account.store';
import { readPolicies } from '../projection/projection.store';
import { isOver, laneFrom, stateAfterChecks, stateAfterLanes, type BillRun } from './bill-run';
import { advanceRunJob, findRun, lockRun, updateRun } from './bill-run.store';
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
    const seen = await this.transactions.read((tx) => findRun(tx, runId));
    if (!seen || isOver(seen.state)) return 'stop';
    if (seen.state === 'drafting') return this.draftStep(runId);
    const behind = seen.state === 'waiting' ? await this.feedProgress.behind() : [];
    return this.transactions.run(async (tx) => {
      const run = await lockRun(tx, runId);
      return run ? this.advance(tx, run, behind) : 'stop';
    });
  }

  private async advance(tx: Tx, run: BillRun, behind: readonly string[]): Promise<Progress> {
    switch (run.state) {
      case 'waiting':
        return this.begin(tx, run, behind);
      case 'checking':
        return this.check(tx, run);
      case 'numbering':
      case 'publishing':
      case 'rejecting':
        return this.nextLane(tx, run, run.state);
      case 'drafting':
        return 'more';
      case 'awaiting_confirmation':
      case 'completed':
      case 'rejected':
        return 'stop';
      default:
        return assertNever(run.state);
    }
  }

  private async begin(tx: Tx, run: BillRun, behind: readonly string[]): Promise<Progress> {
    const waitingFor = await readOpenInputs(tx, run.period, behind);
    const isReady = waitingFor.length === 0;
    await updateRun(tx, { ...run, waitingFor, state: isReady ? 'drafting' : 'waiting' });
    if (!isReady) {
      const { key } = run.period;
      this.logger.warn(`The bill run of ${key} waits for its inputs`, { runId: run.runId, waitingFor });
    }
    if (waitingFor.length === behind.length && !isReady) {
      tx.enqueue(advanceRunJob, { runId: run.runId }, { delayMs: FACTS_RETRY_MS });
    }
    return isReady ? 'more' : 'stop';
  }

  /** A batch that cannot be written is tried group by group, so that only the guilty group goes to quarantine. */
  private async draftStep(runId: string): Promise<Progress> {
    try {
      return await this.transactions.run((tx) => this.draftBatch(tx, runId, GROUPS_PER_BATCH));
    } catch (error) {
      if (isDomainError(error) && error.kind === 'unavailable') throw error;
      this.logger.warn('A batch of bills could not be written; it is tried group by group', error);
    }
    try {
      return await this.transactions.run((tx) => this.draftBatch(tx, runId, 1));
    } catch (error) {
      if (isDomainError(error) && error.kind === 'unavailable') throw error;
      const reason = error instanceof Error ? error.message : String(error);
      return this.transactions.run((tx) => this.draftBatch(tx, runId, 1, reason));
    }
  }

  private async draftBatch(
    tx: Tx,
    runId: string,
    limit: number,
    quarantineReason?: string,
  ): Promise<Progress> {
    const run = await lockRun(tx, runId);
    if (run?.state !== 'drafting') return run && !isOver(run.state) ? 'more' : 'stop';
    const batch = (await releasedGroups(tx, runId, limit)) ?? (await this.nextBatch(tx, run, limit));
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
    const isThrough = (await this.workOnLane(tx, run, state, lane)) === 0;
    await updateRun(tx, { ...run, stageLane: isThrough ? lane + 1 : lane });
    return 'more';
  }

  /** Returns how many bills were handled; 0 when the lane is through. */
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
