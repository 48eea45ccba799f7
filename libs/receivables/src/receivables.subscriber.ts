import { Injectable } from '@nestjs/common';
import type { EventEnvelope } from '@ronghe/contracts';
import { OnEvent, OnEvents, type Tx } from '@ronghe/platform';
import { findAccount, insertAccount } from './account.store';
import { insertBillLane } from './ledger.store';
import { PostingService } from './posting.service';
import { accountNotYetKnown } from './receivables.errors';
import { savePolicy } from './top-up/policy.store';

/** What receivables hears: accounts, bills and statements. */
@Injectable()
export class ReceivablesSubscriber {
  constructor(private readonly posting: PostingService) {}

  /** Knows the account, so that its bills can be posted. */
  @OnEvent('account.opened.v1')
  async accountOpened(event: EventEnvelope<'account.opened.v1'>, tx: Tx): Promise<void> {
    await insertAccount(tx, event.payload);
  }

  /** Tax rates and limits of top-ups. */
  @OnEvent('policy.published.v1')
  async policyPublished(event: EventEnvelope<'policy.published.v1'>, tx: Tx): Promise<void> {
    await savePolicy(tx, event.payload);
  }

  /** Posts bills. A run publishes thousands of them together. */
  @OnEvents('bill.published.v1')
  async billsPublished(events: readonly EventEnvelope<'bill.published.v1'>[], tx: Tx): Promise<void> {
    await this.posting.postBills(
      tx,
      events.map((event) => event.payload),
    );
  }

  /** Nothing is due of a statement: what it shows was taken from prepayments, and is posted day by day. */
  @OnEvent('prepaid-statement.published.v1')
  async statementPublished(
    { payload }: EventEnvelope<'prepaid-statement.published.v1'>,
    tx: Tx,
  ): Promise<void> {
    const account = await findAccount(tx, payload.accountId);
    if (!account) throw accountNotYetKnown(payload.accountId);
    await insertBillLane(tx, account.lane, payload);
  }
}
