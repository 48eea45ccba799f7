import { Injectable } from '@nestjs/common';
import { LANE_COUNT } from '@ronghe/kernel';
import { OnJob, PendingWork, Transactions, type JsonObject } from '@ronghe/platform';
import { versionsMendedBy } from '@ronghe/rating';
import {
  advanceCorrection,
  findOpenCorrections,
  findVersions,
  lockNextLane,
  reopenForVersions,
  type Correction,
} from './correction.store';

/** Lanes whose accounts are opened in one transaction. */
const LANES_AT_ONCE = 32;
/** Most corrections that one look for pending work lists. */
const PENDING_LIMIT = 100;

/** The job that opens periods for a correction. */
export const reopenCorrectedJob = 'billing.reopenCorrected';

/**
 * A version that mends an earlier one counts for all that was sold under that, from its beginning (SEMANTICS §2): the periods
 * that were billed are opened again, lanes by lanes, and the next run writes what should be billed less what has been.
 */
@Injectable()
export class CorrectionWorker {
  constructor(private readonly transactions: Transactions) {}

  @OnJob(reopenCorrectedJob)
  async reopen(correction: Correction): Promise<void> {
    while (await this.reopenNext(correction));
  }

  @PendingWork(reopenCorrectedJob)
  async pending(): Promise<JsonObject[]> {
    const corrections = await this.transactions.read((tx) => findOpenCorrections(tx, PENDING_LIMIT));
    return corrections.map(({ code, version }) => ({ code, version }));
  }

  private reopenNext(correction: Correction): Promise<boolean> {
    return this.transactions.run(async (tx) => {
      const first = await lockNextLane(tx, correction);
      if (first === undefined) return false;
      const { code, version } = correction;
      const versions = versionsMendedBy(await findVersions(tx, code), correction);
      const nextLane = Math.min(first + LANES_AT_ONCE, LANE_COUNT);
      const lanes = Array.from({ length: nextLane - first }, (_, index) => first + index);
      if (versions.length > 0)
        await reopenForVersions(tx, { lanes, code, versions }, `corrected by ${code} version ${version}`);
      await advanceCorrection(tx, correction, { nextLane, isLast: nextLane === LANE_COUNT });
      return nextLane < LANE_COUNT;
    });
  }
}
