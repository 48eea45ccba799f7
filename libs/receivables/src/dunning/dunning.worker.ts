import { Injectable } from '@nestjs/common';
import {
  OnDue,
  OnJob,
  PendingWork,
  Transactions,
  type DueRow,
  type JsonObject,
  type Tx,
} from '@ronghe/platform';
import { DUNNING_DUE, hasDueAccounts, REVIEW_DUNNING } from './dunning-account.store';
import { DunningReviewService } from './dunning-review.service';

/** Has accounts looked at when one of their states may come to hold, or when what they owe has changed. */
@Injectable()
export class DunningWorker {
  constructor(
    private readonly transactions: Transactions,
    private readonly reviews: DunningReviewService,
  ) {}

  @OnDue(DUNNING_DUE)
  async dunningDue(_due: DueRow, tx: Tx): Promise<void> {
    tx.enqueue(REVIEW_DUNNING, {});
  }

  @OnJob(REVIEW_DUNNING)
  async review(): Promise<void> {
    while (await this.reviews.reviewSome());
  }

  @PendingWork(REVIEW_DUNNING)
  async due(): Promise<JsonObject[]> {
    return (await this.transactions.read(hasDueAccounts)) ? [{}] : [];
  }
}
