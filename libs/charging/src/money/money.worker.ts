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
import { closeEmpty, findEnded, hasEnded } from './money-ending.store';
import { expireMoney } from '@ronghe/rating';
import { lockPurses, savePurses } from './purse.store';
import { GIVE_TRANSFER, Transfers } from './transfer.service';

const EXPIRE_MONEY = 'charging.expireMoney';

/** Buckets that one transaction ends. */
const ENDING_AT_ONCE = 500;

/** Ends money whose time has come, and finishes transfers. */
@Injectable()
export class MoneyWorker {
  constructor(
    private readonly transactions: Transactions,
    private readonly transfers: Transfers,
  ) {}

  /** Some money ends now. */
  @OnDue('charging.moneyEnds')
  async moneyEnds(_due: DueRow, tx: Tx): Promise<void> {
    tx.enqueue(EXPIRE_MONEY, {});
  }

  @OnJob(EXPIRE_MONEY)
  async expire(): Promise<void> {
    while (await this.transactions.run((tx) => this.expireSome(tx)));
  }

  @PendingWork(EXPIRE_MONEY)
  async ended(): Promise<JsonObject[]> {
    return (await this.transactions.read(hasEnded)) ? [{}] : [];
  }

  @OnJob(GIVE_TRANSFER)
  async give({ transferId }: { transferId: string }): Promise<void> {
    await this.transfers.give(transferId);
  }

  @PendingWork(GIVE_TRANSFER)
  async taken(): Promise<JsonObject[]> {
    return (await this.transfers.taken()).map((transferId) => ({ transferId }));
  }

  private async expireSome(tx: Tx): Promise<boolean> {
    const closed = await closeEmpty(tx, ENDING_AT_ONCE);
    const purses = await lockPurses(tx, await findEnded(tx, ENDING_AT_ONCE));
    const changes = [...purses.values()]
      .map((purse) => expireMoney(purse, tx.now))
      .filter((change) => change.moves.length > 0);
    await savePurses(tx, changes, 'ended');
    return closed > 0 || changes.length > 0;
  }
}
