import { Injectable } from '@nestjs/common';
import { isId, newId } from '@ronghe/kernel';
import { Queries, requestContext, Transactions, type Tx } from '@ronghe/platform';
import { chargingError } from '../charging.errors';
import { draftOf, type Replacement, type WhatIf } from './what-if';
import { findExtremes, findLines, findSpread, findUnchargeable, sumRevenue } from './what-if-figures.store';
import type { WhatIfFigures } from './what-if-result';
import { endTrial, findWhatIf, insertWhatIf } from './what-if.store';

/** Lines, accounts and problems that a trial names at most. */
const LINE_LIMIT = 500;
const ACCOUNT_LIMIT = 20;

/** Draft documents as a person hands them in. */
export interface TrialInput {
  period: string;
  files: { path: string; text: string }[];
  replacements: Replacement[];
}

/** Trials of draft documents over a period's real usage. */
@Injectable()
export class WhatIfs {
  constructor(
    private readonly transactions: Transactions,
    private readonly queries: Queries,
  ) {}

  /**
   * Begins a trial; nothing of what was rated is changed.
   * @throws DomainError `what_if_documents_invalid`, `what_if_offer_unknown`
   */
  async start(input: TrialInput, key: string): Promise<WhatIf> {
    const resolved = await this.queries.ask('catalog.resolveDraft', { files: input.files });
    return this.transactions.once('charging.startWhatIf', key, input, async (tx) => {
      const [problem] = resolved.problems;
      if (problem !== undefined) {
        throw chargingError('what_if_documents_invalid', problem, { problems: resolved.problems });
      }
      const whatIfId = newId();
      await insertWhatIf(tx, {
        whatIfId,
        period: input.period,
        draft: draftOf(resolved, input.replacements),
        conflicts: resolved.conflicts,
        requestedBy: requestContext().actor?.id ?? 'system',
      });
      tx.enqueue('charging.runWhatIf', { whatIfId });
      return this.get(tx, whatIfId);
    });
  }

  /** Stops a trial that is running. @throws DomainError `what_if_not_found` */
  cancel(whatIfId: string, key: string): Promise<WhatIf> {
    return this.transactions.once('charging.cancelWhatIf', key, { whatIfId }, async (tx) => {
      await this.get(tx, whatIfId);
      await endTrial(tx, whatIfId, 'cancelled');
      return this.get(tx, whatIfId);
    });
  }

  /** One trial; null when there is none. */
  async find(whatIfId: string): Promise<WhatIf | null> {
    if (!isId(whatIfId)) return null;
    return (await this.transactions.read((tx) => findWhatIf(tx, whatIfId))) ?? null;
  }

  /** All its figures, in one snapshot. */
  figures(whatIfId: string): Promise<WhatIfFigures> {
    return this.transactions.read(async (tx) => ({
      revenue: await sumRevenue(tx, whatIfId),
      lines: await findLines(tx, whatIfId, LINE_LIMIT),
      spread: await findSpread(tx, whatIfId),
      rising: await findExtremes(tx, whatIfId, { rising: true, limit: ACCOUNT_LIMIT }),
      falling: await findExtremes(tx, whatIfId, { rising: false, limit: ACCOUNT_LIMIT }),
      problems: await findUnchargeable(tx, whatIfId, ACCOUNT_LIMIT),
    }));
  }

  private async get(tx: Tx, whatIfId: string): Promise<WhatIf> {
    const trial = isId(whatIfId) ? await findWhatIf(tx, whatIfId) : undefined;
    if (!trial) throw chargingError('what_if_not_found', 'there is no such trial', { whatIfId });
    return trial;
  }
}
