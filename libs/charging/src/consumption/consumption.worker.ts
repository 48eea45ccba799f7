import { Injectable } from '@nestjs/common';
import { addDays, laneOf, localDateOf, type LocalDate } from '@ronghe/kernel';
import { OnJob, PendingWork, Transactions, type JsonObject, type Tx } from '@ronghe/platform';
import { consumptionOf } from './consumption';
import {
  findPostingZones,
  findUntold,
  savePostedThrough,
  saveTold,
  type PostingZone,
} from './consumption.store';

const POST_CONSUMPTION = 'charging.postConsumption';

/** Days of accounts that one transaction tells. */
const DAYS_AT_ONCE = 500;

/**
 * Tells receivables and billing each local day what became of customers' money, also that nothing did. The day before the last one told is looked at
 * again: a transaction that began before midnight may have entered something after its day was told.
 */
@Injectable()
export class ConsumptionWorker {
  constructor(private readonly transactions: Transactions) {}

  @OnJob(POST_CONSUMPTION)
  async post({ zone }: { zone: string }): Promise<void> {
    while (await this.transactions.run((tx) => this.postSome(tx, zone)));
  }

  /** Zones of which a day is over and not told. */
  @PendingWork(POST_CONSUMPTION)
  async zones(): Promise<JsonObject[]> {
    return this.transactions.read(async (tx) => {
      const zones = await findPostingZones(tx);
      const waiting = zones.filter((each) => each.postedThrough < yesterday(tx, each.zone));
      return waiting.map(({ zone }) => ({ zone }));
    });
  }

  private async postSome(tx: Tx, zone: string): Promise<boolean> {
    const known = (await findPostingZones(tx)).find((each: PostingZone) => each.zone === zone);
    const through = yesterday(tx, zone);
    if (!known || known.postedThrough >= through) return false;
    const from = known.postedThrough;
    const days = await findUntold(tx, zone, { from, through }, DAYS_AT_ONCE);
    await saveTold(tx, days);
    for (const day of days) {
      tx.emit('consumption.posted.v1', {
        aggregateId: `${day.accountId}/${day.day}`,
        lane: day.lane,
        version: day.version,
        payload: consumptionOf(day),
      });
    }
    if (days.length === DAYS_AT_ONCE) return true;
    await savePostedThrough(tx, { zone, postedThrough: through });
    tx.emit('consumption.closed.v1', {
      aggregateId: `${zone}/${through}`,
      lane: laneOf(zone),
      version: 1,
      payload: { zone, through },
    });
    return false;
  }
}

function yesterday({ now }: Tx, zone: string): LocalDate {
  return addDays(localDateOf(now, zone), -1);
}
