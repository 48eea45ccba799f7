import { Injectable } from '@nestjs/common';
import { SystemClock, Transactions, type Tx } from '@ronghe/platform';
import { AccountBooks } from '../balance/account-books.service';
import { Settlements } from '../balance/settlement.service';
import { findAccounts } from '../projection/account.store';
import type { Rerating } from './rerating';
import { insertDeltas, insertGroups } from './rerating-delta.store';
import { reportOf, type RatingProblem, type ReportPart } from './rerating-report';
import { countGroups, findGroupsAfter, findPeriodsOf, type ScopedGroup } from './rerating-scope.store';
import { advance, beginStep, documentsKnown, findRerating, finishStep } from './rerating.store';

/** Card groups that are computed at once, each with all its periods in the scope: what memory has to hold. */
const GROUPS_AT_ONCE = 50;

/** Computes what rating again would change, and writes nothing but its report. */
@Injectable()
export class ReratingPreview {
  constructor(
    private readonly transactions: Transactions,
    private readonly books: AccountBooks,
    private readonly settlements: Settlements,
    private readonly clock: SystemClock,
  ) {}

  /** Works a request's preview off, batch by batch from where it stands; ends early where another worker does. */
  async work(reratingId: string): Promise<void> {
    await this.begin(reratingId);
    while (await this.workBatch(reratingId));
  }

  /** Counts what there is to do, once. */
  private async begin(reratingId: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      const rerating = await findRerating(tx, reratingId, { lock: true });
      if (rerating?.state !== 'previewing' || rerating.progress.since !== null) return;
      const total = await countGroups(tx, rerating.scope, await laneOf(tx, rerating));
      const documents = await documentsKnown(tx);
      await beginStep(tx, reratingId, { state: 'previewing', total, documents, since: this.clock.now() });
    });
  }

  private async workBatch(reratingId: string): Promise<boolean> {
    const batch = await this.transactions.read(async (tx) => {
      const rerating = await findRerating(tx, reratingId);
      if (rerating?.state !== 'previewing') return null;
      const page = { after: rerating.cursor, limit: GROUPS_AT_ONCE };
      const groups = await findGroupsAfter(tx, rerating.scope, await laneOf(tx, rerating), page);
      return { rerating, groups, report: await this.compute(tx, rerating, groups) };
    });
    if (!batch) return false;
    return this.transactions.run((tx) => this.save(tx, batch));
  }

  private async compute(tx: Tx, rerating: Rerating, groups: readonly ScopedGroup[]): Promise<ReportPart> {
    if (groups.length === 0) return { groups: [], charges: [] };
    const keys = await findPeriodsOf(tx, rerating.scope, await laneOf(tx, rerating), groups);
    const book = await this.books.open(
      tx,
      groups.map((group) => group.accountId),
    );
    const problems: RatingProblem[] = [];
    const settlements = await this.settlements.compute(tx, keys, book, {
      lock: false,
      onProblem: (group, problem) => problems.push({ group, problem }),
    });
    return reportOf(settlements, problems);
  }

  /** False when the preview is complete, or somebody else goes on with it. */
  private async save(
    tx: Tx,
    { rerating, groups, report }: { rerating: Rerating; groups: readonly ScopedGroup[]; report: ReportPart },
  ): Promise<boolean> {
    const last = groups.at(-1);
    if (!last) {
      await finishStep(tx, rerating.reratingId, { from: 'previewing', to: 'previewed' });
      return false;
    }
    if (!(await advance(tx, rerating, { last, groups: groups.length }))) return false;
    await insertGroups(tx, rerating.reratingId, report.groups);
    await insertDeltas(tx, rerating.reratingId, report.charges);
    return true;
  }
}

async function laneOf(tx: Tx, { scope }: Rerating): Promise<number | null> {
  if (scope.accountId === null) return null;
  const [account] = await findAccounts(tx, [scope.accountId]);
  return account?.lane ?? null;
}
