import { Injectable } from '@nestjs/common';
import { Transactions } from '@ronghe/platform';
import type { ReratingSummary } from './rerating';
import type { ChargeSum, ReportedDelta, ReportedGroup } from './rerating-delta';
import { findDeltas, findProblems, sumByCharge } from './rerating-delta.store';
import { summarize } from './rerating.store';

/** Prices and problems that a report names at most. */
const LIST_LIMIT = 100;

/** Reads the reports of re-ratings. */
@Injectable()
export class ReratingReader {
  constructor(private readonly transactions: Transactions) {}

  summary(reratingId: string): Promise<ReratingSummary> {
    return this.transactions.read((tx) => summarize(tx, reratingId));
  }

  charges(reratingId: string): Promise<ChargeSum[]> {
    return this.transactions.read((tx) => sumByCharge(tx, reratingId, LIST_LIMIT));
  }

  deltas(reratingId: string, page: Parameters<typeof findDeltas>[2]): Promise<ReportedDelta[]> {
    return this.transactions.read((tx) => findDeltas(tx, reratingId, page));
  }

  problems(reratingId: string): Promise<ReportedGroup[]> {
    return this.transactions.read((tx) => findProblems(tx, reratingId, LIST_LIMIT));
  }
}
