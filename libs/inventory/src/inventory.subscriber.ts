import { Injectable } from '@nestjs/common';
import type { CommandAnswer, CommandInput, EventEnvelope } from '@ronghe/contracts';
import { OnCommand, OnEvent, type Tx } from '@ronghe/platform';
import { HoldService } from './hold.service';
import { PolicyStore } from './policy.store';
import { SaleService } from './sale.service';

/** What other domains tell this one and ask of it. */
@Injectable()
export class InventorySubscriber {
  constructor(
    private readonly holds: HoldService,
    private readonly sales: SaleService,
    private readonly policies: PolicyStore,
  ) {}

  @OnEvent('policy.published.v1')
  async policyPublished(event: EventEnvelope<'policy.published.v1'>, tx: Tx): Promise<void> {
    const { document } = event.payload;
    if (document.kind === 'inventory') await this.policies.save(tx, document);
  }

  @OnCommand('inventory.holdResources')
  async hold(
    input: CommandInput<'inventory.holdResources'>,
    tx: Tx,
  ): Promise<CommandAnswer<'inventory.holdResources'>> {
    return this.holds.hold(tx, input);
  }

  @OnCommand('inventory.confirmResources')
  async confirm(input: CommandInput<'inventory.confirmResources'>, tx: Tx): Promise<{ confirmed: number }> {
    return this.sales.confirm(tx, input.orderId);
  }

  @OnCommand('inventory.releaseResources')
  async release(input: CommandInput<'inventory.releaseResources'>, tx: Tx): Promise<{ released: number }> {
    return this.holds.release(tx, input.orderId);
  }

  @OnCommand('inventory.returnResources')
  async takeBack(input: CommandInput<'inventory.returnResources'>, tx: Tx): Promise<{ returned: number }> {
    return this.sales.takeBack(tx, input.resourceIds, input.orderId);
  }
}
