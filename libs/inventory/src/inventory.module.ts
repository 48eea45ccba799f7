import { Module } from '@nestjs/common';
import { PlatformModule } from '@ronghe/platform';
import { HoldService } from './hold.service';
import { InventorySubscriber } from './inventory.subscriber';
import { InventoryWorker } from './inventory.worker';
import { PolicyStore } from './policy.store';
import { ResourceController } from './resource.controller';
import { ResourceResolver } from './resource.resolver';
import { ResourceStore } from './resource.store';
import { SaleService } from './sale.service';
import { StockResolver } from './stock.resolver';
import { StockService } from './stock.service';
import { StockStore } from './stock.store';

/** The inventory domain's providers. */
@Module({
  imports: [PlatformModule.forDomain('inventory')],
  controllers: [ResourceController],
  providers: [
    ResourceStore,
    StockStore,
    PolicyStore,
    HoldService,
    SaleService,
    StockService,
    InventorySubscriber,
    InventoryWorker,
    ResourceResolver,
    StockResolver,
  ],
})
export class InventoryModule {}
