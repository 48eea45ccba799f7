import { Injectable } from '@nestjs/common';
import { OnJob, PendingWork, Transactions, type JsonObject } from '@ronghe/platform';
import { ReratingApplication } from './rerating-apply.service';
import { ReratingPreview } from './rerating-preview.service';
import { findReratingsIn } from './rerating.store';

/** Previews and applies re-ratings. */
@Injectable()
export class ReratingWorker {
  constructor(
    private readonly transactions: Transactions,
    private readonly preview: ReratingPreview,
    private readonly application: ReratingApplication,
  ) {}

  @OnJob('charging.previewRerating')
  async previewRerating({ reratingId }: { reratingId: string }): Promise<void> {
    await this.preview.work(reratingId);
  }

  @PendingWork('charging.previewRerating')
  previewing(): Promise<JsonObject[]> {
    return this.pending('previewing');
  }

  @OnJob('charging.applyRerating')
  async applyRerating({ reratingId }: { reratingId: string }): Promise<void> {
    await this.application.work(reratingId);
  }

  @PendingWork('charging.applyRerating')
  applying(): Promise<JsonObject[]> {
    return this.pending('applying');
  }

  private async pending(state: 'previewing' | 'applying'): Promise<JsonObject[]> {
    const reratingIds = await this.transactions.read((tx) => findReratingsIn(tx, state));
    return reratingIds.map((reratingId) => ({ reratingId }));
  }
}
