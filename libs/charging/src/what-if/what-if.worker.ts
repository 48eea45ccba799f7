import { Injectable } from '@nestjs/common';
import { OnJob, PendingWork, Transactions, type JsonObject } from '@ronghe/platform';
import { WhatIfRun } from './what-if-run.service';
import { findRunning } from './what-if.store';

/** Works trials of draft documents off. */
@Injectable()
export class WhatIfWorker {
  constructor(
    private readonly transactions: Transactions,
    private readonly run: WhatIfRun,
  ) {}

  @OnJob('charging.runWhatIf')
  async runWhatIf({ whatIfId }: { whatIfId: string }): Promise<void> {
    await this.run.work(whatIfId);
  }

  @PendingWork('charging.runWhatIf')
  async running(): Promise<JsonObject[]> {
    const whatIfIds = await this.transactions.read(findRunning);
    return whatIfIds.map((whatIfId) => ({ whatIfId }));
  }
}
