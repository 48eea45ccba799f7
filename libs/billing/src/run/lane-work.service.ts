import { Injectable } from '@nestjs/common';
import { addDays, isDomainError } from '@ronghe/kernel';
import { DomainLogger, Transactions, type Tx } from '@ronghe/platform';
import type { AccountResult } from '../bill/draft.store';
import { DraftService, type BillingGroup } from '../bill/draft.service';
import { BILLS_PER_BATCH, issueBatch, type IssuedBatch } from '../bill/issue.store';
import { billingPolicyOn } from '../policy';
import { nextGroups } from '../projection/account.store';
import { readPolicies } from '../projection/projection.store';
import { isLaneStage, type BillRun, type LaneStage } from './bill-run';
import { findRun } from './bill-run.store';
import { hasIssued, releasedGroups, voidLanes } from './claim.store';
import { withDrafts, type LaneRange } from './lane-range';
import { claimRange, claimRangeNo, readRanges, updateRange } from './lane-range.store';

/** Most billing groups that one transaction drafts: more of them stay in memory together and save little. */
const GROUPS_PER_BATCH = 200;

/** `idle`: no range is free. */
type Worked = 'worked' | 'idle';

/**
 * A worker's part of a run: claims a free range of its lanes, does one batch there, writes where the range stands, all
 * in one short transaction. Other workers take other ranges meanwhile; after a crash the range is free again.
 */
@Injectable()
export class LaneWork {
  constructor(
    private readonly transactions: Transactions,
    private readonly drafts: DraftService,
    private readonly logger: DomainLogger,
  ) {}

  /** One batch of the run's present stage. */
  async batch(runId: string): Promise<Worked> {
    let drafting: number | null = null;
    try {
      return await this.transactions.run(async (tx) => {
        drafting = null;
        const range = await claimRange(tx, runId);
        // Read behind the claim: who changes the stage waits for all ranges, so that this is the stage until commit.
        const run = range ? await findRun(tx, runId) : null;
        if (!range || !run || run.pausedBy !== null || !isLaneStage(run.state)) return 'idle';
        if (run.state === 'drafting') drafting = range.no;
        await this.workOn(tx, run, run.state, range);
        return 'worked';
      });
    } catch (error) {
      if (drafting === null || isUnavailable(error)) throw error;
      this.logger.warn('A batch of bills could not be written; it is tried group by group', error);
      await this.draftOneGroup(runId, drafting);
      return 'worked';
    }
  }

  private async workOn(tx: Tx, run: BillRun, stage: LaneStage, range: LaneRange): Promise<void> {
    if (stage === 'drafting')
      await this.draftBatch(tx, run, range, await batchOf(tx, run, range, GROUPS_PER_BATCH));
    else await updateRange(tx, await this.nextLane(tx, run, stage, range));
  }

  /** One group on its own, so that only the guilty one of a batch goes to quarantine. */
  private async draftOneGroup(runId: string, no: number): Promise<void> {
    let tried: string | undefined;
    const draft = (reason?: string) =>
      this.transactions.run(async (tx) => {
        const range = await claimRangeNo(tx, runId, no);
        const run = range ? await findRun(tx, runId) : null;
        if (!range || run?.state !== 'drafting') return;
        const batch = await batchOf(tx, run, range, 1);
        const groupId = batch?.groups[0]?.groupId;
        // Another worker met the same group and has put it aside: the one that comes next is not guilty.
        if (reason !== undefined && groupId !== tried) return;
        tried = groupId;
        await this.draftBatch(tx, run, range, batch, reason);
      });
    try {
      await draft();
    } catch (error) {
      if (isUnavailable(error)) throw error;
      await draft(error instanceof Error ? error.message : String(error));
    }
  }

  private async draftBatch(
    tx: Tx,
    run: BillRun,
    range: LaneRange,
    batch: Batch | null,
    quarantineReason?: string,
  ): Promise<void> {
    if (!batch) {
      await updateRange(tx, { ...range, isThrough: true });
      return;
    }
    const scope = { runId: run.runId, period: run.period };
    const results =
      quarantineReason === undefined
        ? await this.drafts.draftGroups(tx, scope, batch.groups)
        : await this.drafts.quarantine(tx, scope, batch.groups, quarantineReason);
    await updateRange(tx, afterBatch(range, batch, results));
  }

  private async nextLane(
    tx: Tx,
    run: BillRun,
    stage: Exclude<LaneStage, 'drafting'>,
    range: LaneRange,
  ): Promise<LaneRange> {
    if (stage === 'rejecting') {
      const { lanes } = await readRanges(tx, run.runId);
      await voidLanes(tx, run.runId, range, await hasIssued(tx, run.runId, lanes));
      return { ...range, isThrough: true };
    }
    const lanes = range.lanes.filter((lane) => lane >= range.stageLane);
    if (lanes.length === 0) return { ...range, isThrough: true };
    const { count, lastLane } = await issueLanes(tx, run, lanes);
    const isThrough = count < BILLS_PER_BATCH;
    return { ...range, stageLane: lastLane ?? range.stageLane, isThrough, handled: range.handled + count };
  }
}

interface Batch {
  groups: BillingGroup[];
  /** Where drafting stands afterwards; absent for released groups, which lie behind the cursor. */
  cursor?: LaneRange['cursor'];
  /** No other group of the range follows. */
  isLast: boolean;
}

async function batchOf(tx: Tx, run: BillRun, range: LaneRange, limit: number): Promise<Batch | null> {
  const released = await releasedGroups(tx, run.runId, range, limit);
  if (released.length > 0) return { groups: released, isLast: false };
  const groups = await nextGroups(tx, {
    cycle: run.cycle,
    periodEnd: run.period.to,
    after: range.cursor,
    toLane: range.toLane,
    limit,
  });
  const last = groups.at(-1);
  if (!last) return null;
  const cursor = { lane: last.lane, groupId: last.groupId };
  return { groups, cursor, isLast: groups.length < limit };
}

/** Returns how many bills were handled, fewer than a batch when the lanes are through, and the lane of the last one. */
async function issueLanes(tx: Tx, run: BillRun, lanes: readonly number[]): Promise<IssuedBatch> {
  const policy = billingPolicyOn(await readPolicies(tx), addDays(run.period.endDay, -1));
  return issueBatch(tx, { lanes, runId: run.runId, period: run.period, policy }, run.cycle);
}

function afterBatch(range: LaneRange, batch: Batch, results: readonly AccountResult[]): LaneRange {
  const count = (kind: AccountResult['outcome']['kind']) =>
    results.filter(({ outcome }) => outcome.kind === kind).length;
  const drafted = results.flatMap(({ account, outcome }) =>
    outcome.kind === 'billed' ? [account.lane] : [],
  );
  const after = withDrafts(range, drafted);
  // Released groups were counted when they were quarantined; the check stage counts everything anew.
  if (!batch.cursor) return after;
  return {
    ...after,
    cursor: batch.cursor,
    isThrough: batch.isLast,
    handled: range.handled + results.length,
    accounts: range.accounts + results.length,
    added: range.added + count('billed'),
    quarantined: range.quarantined + count('quarantined'),
  };
}

function isUnavailable(error: unknown): boolean {
  return isDomainError(error) && error.kind === 'unavailable';
}
