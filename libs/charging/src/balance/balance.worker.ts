import { Injectable } from '@nestjs/common';
import { billPeriodAt } from '@ronghe/kernel';
import {
  OnDue,
  OnJob,
  PendingWork,
  Transactions,
  type DueRow,
  type JsonObject,
  type Tx,
} from '@ronghe/platform';
import { hasAccountToOpen } from '../projection/account.store';
import { Balances } from './balance.service';
import { findMarkedShards } from './group-period.store';
import { RERATE_SHARD_COUNT } from './rerate-shards';

/** Opens balances as periods begin and rates again what came out of order. */
@Injectable()
export class BalanceWorker {
  constructor(
    private readonly transactions: Transactions,
    private readonly balances: Balances,
  ) {}

  /** A period of a bill cycle begins. */
  @OnDue('charging.periodStart')
  async periodStart({ key, dueAt, data }: DueRow, tx: Tx): Promise<void> {
    const cycle = { zone: String(data['zone']), billDay: Number(data['billDay']) };
    await tx.schedule('charging.periodStart', key, billPeriodAt(dueAt, cycle).to, data);
    tx.enqueue('charging.openPeriods', {});
  }

  @OnJob('charging.openPeriods')
  async openPeriods(): Promise<void> {
    await this.balances.openPeriods();
  }

  @PendingWork('charging.openPeriods')
  async accountsToOpen(): Promise<JsonObject[]> {
    return (await this.transactions.read(hasAccountToOpen)) ? [{}] : [];
  }

  @OnJob('charging.rerateGroups')
  async rerateGroups({ shard }: { shard: number }): Promise<void> {
    await this.balances.rerate(shard);
  }

  @PendingWork('charging.rerateGroups')
  async markedShards(): Promise<JsonObject[]> {
    const shards = await this.transactions.read((tx) => findMarkedShards(tx, RERATE_SHARD_COUNT));
    return shards.map((shard) => ({ shard }));
  }
}
