import { Injectable } from '@nestjs/common';
import { Commands, OnJob, PendingWork, Transactions, type JsonObject } from '@ronghe/platform';
import {
  findOpenSettlements,
  hasOpenSettlements,
  saveSettled,
  SETTLE_STATEMENTS,
  type Settlement,
} from './settlement.store';

/** Statements that are asked for before it is noted that they were settled. */
const STATEMENTS_AT_ONCE = 50;

/** Has charging move the money that published statements settle; each once, by the bill's id. */
@Injectable()
export class SettlementWorker {
  constructor(
    private readonly transactions: Transactions,
    private readonly commands: Commands,
  ) {}

  @OnJob(SETTLE_STATEMENTS)
  async settle(): Promise<void> {
    while (await this.settleSome());
  }

  @PendingWork(SETTLE_STATEMENTS)
  async open(): Promise<JsonObject[]> {
    return (await this.transactions.read(hasOpenSettlements)) ? [{}] : [];
  }

  /** Asks outside of any transaction; a process that dies before it noted the answer asks with the same key. */
  private async settleSome(): Promise<boolean> {
    const open = await this.transactions.read((tx) => findOpenSettlements(tx, STATEMENTS_AT_ONCE));
    if (open.length === 0) return false;
    const asked = await Promise.allSettled(open.map((settlement) => this.ask(settlement)));
    const settled = open.filter((_, index) => asked[index]?.status === 'fulfilled');
    await this.transactions.run((tx) => saveSettled(tx, settled));
    const failed = asked.find((answer) => answer.status === 'rejected');
    if (failed) throw failed.reason;
    return true;
  }

  private async ask({ accountId, billId, amounts }: Settlement): Promise<void> {
    await this.commands.send(
      'charging.settleStatement',
      { accountId, billId, amounts },
      { key: `settle/${billId}` },
    );
  }
}
