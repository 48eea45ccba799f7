import { Injectable } from '@nestjs/common';
import { isId, newId } from '@ronghe/kernel';
import { requestContext, SystemClock, Transactions, type Tx } from '@ronghe/platform';
import { chargingError } from '../charging.errors';
import { findAccounts } from '../projection/account.store';
import { checkScope, checkUndecided, decideApply, type Rerating, type ReratingScope } from './rerating';
import { acceptRecomputed, countPending, deleteReport, hasMoved } from './rerating-delta.store';
import {
  beginStep,
  documentsKnown,
  findRerating,
  findReratingPage,
  finishStep,
  insertRerating,
  resetPreview,
  summarize,
} from './rerating.store';

/** Requests to rate again: previewed first, applied by a second command. */
@Injectable()
export class Reratings {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: SystemClock,
  ) {}

  /** Requests, newest first. */
  page(page: { after: string | null; limit: number }): Promise<Rerating[]> {
    return this.transactions.read((tx) => findReratingPage(tx, page));
  }

  /** One request; null when there is none. */
  async find(reratingId: string): Promise<Rerating | null> {
    if (!isId(reratingId)) return null;
    return (await this.transactions.read((tx) => findRerating(tx, reratingId))) ?? null;
  }

  /**
   * Whether the preview no longer says what would happen: documents came, or something was rated in its periods.
   * Only of interest while it waits for a decision.
   */
  isOutOfDate(rerating: Rerating): Promise<boolean> {
    return this.transactions.read(async (tx) => {
      if (rerating.state !== 'previewed') return false;
      return (await documentsKnown(tx)) !== rerating.documents || (await hasMoved(tx, rerating.reratingId));
    });
  }

  /** Asks for a preview. @throws DomainError `rerating_scope_invalid`, `account_not_found` */
  preview(scope: ReratingScope, reason: string, key: string): Promise<Rerating> {
    return this.transactions.once('charging.previewRerating', key, { scope, reason }, async (tx) => {
      checkScope(scope);
      const { accountId } = scope;
      if (accountId !== null && (await findAccounts(tx, [accountId])).length === 0) {
        throw chargingError('account_not_found', 'charging does not know this account', { accountId });
      }
      const reratingId = newId();
      const requestedBy = requestContext().actor?.id ?? 'system';
      await insertRerating(tx, { reratingId, scope, reason, requestedBy });
      tx.enqueue('charging.previewRerating', { reratingId });
      return this.get(tx, reratingId);
    });
  }

  /**
   * Makes a preview anew, of a request of which nothing is applied.
   * @throws DomainError `rerating_not_found`, `rerating_state_conflict`
   */
  previewAgain(reratingId: string, key: string): Promise<Rerating> {
    return this.transactions.once('charging.previewReratingAgain', key, { reratingId }, async (tx) => {
      checkUndecided(await this.get(tx, reratingId, { lock: true }));
      if ((await summarize(tx, reratingId)).applied > 0) {
        throw chargingError('rerating_state_conflict', 'a part of it is applied: ask for another preview', {
          reratingId,
        });
      }
      await deleteReport(tx, reratingId);
      await resetPreview(tx, reratingId);
      tx.enqueue('charging.previewRerating', { reratingId });
      return this.get(tx, reratingId);
    });
  }

  /**
   * Has a previewed request applied; one that is applied already stays as it is.
   * @throws DomainError `rerating_not_found`, `rerating_state_conflict`, `rerating_out_of_date` (documents came since)
   */
  apply(reratingId: string, key: string): Promise<Rerating> {
    return this.transactions.once('charging.applyRerating', key, { reratingId }, async (tx) => {
      const rerating = await this.get(tx, reratingId, { lock: true });
      if (decideApply(rerating) === 'nothing') return rerating;
      const documents = await documentsKnown(tx);
      if (documents !== rerating.documents) {
        throw chargingError(
          'rerating_out_of_date',
          'offers or policies were published since: preview again',
          {
            reratingId,
          },
        );
      }
      await acceptRecomputed(tx, reratingId);
      const total = await countPending(tx, reratingId);
      await beginStep(tx, reratingId, { state: 'applying', total, documents, since: this.clock.now() });
      tx.enqueue('charging.applyRerating', { reratingId });
      return this.get(tx, reratingId);
    });
  }

  /** Gives a request up; what it found stays readable. @throws DomainError `rerating_not_found`, `rerating_state_conflict` */
  cancel(reratingId: string, key: string): Promise<Rerating> {
    return this.transactions.once('charging.cancelRerating', key, { reratingId }, async (tx) => {
      const rerating = await this.get(tx, reratingId, { lock: true });
      checkUndecided(rerating);
      await finishStep(tx, reratingId, { from: rerating.state, to: 'cancelled' });
      return this.get(tx, reratingId);
    });
  }

  private async get(
    tx: Tx,
    reratingId: string,
    options: { lock: boolean } = { lock: false },
  ): Promise<Rerating> {
    const rerating = isId(reratingId) ? await findRerating(tx, reratingId, options) : undefined;
    if (!rerating) throw chargingError('rerating_not_found', 'there is no such re-rating', { reratingId });
    return rerating;
  }
}
