import { join } from 'node:path';
import { defineDomain, type DomainManifest } from '@ronghe/platform';
import { CreateOrdering1700000000000 } from './migrations/1700000000000-create-ordering';
import { KeepSalesChannel1700000000250 } from './migrations/1700000000250-keep-sales-channel';
import { SuspendProducts1700000000001 } from './migrations/1700000000001-suspend-products';
import { MoveProducts1700000000131 } from './migrations/1700000000131-move-products';
import { DateOrders1700000000130 } from './migrations/1700000000130-date-orders';
import { OrderEntity, OrderItemEntity, OrderStateEntity } from './order/order.entity';
import { OrderingModule } from './ordering.module';
import { ProductVersionEntity } from './product/product.entity';
import { QuoteEntity } from './quote/quote.entity';
import {
  KnownAccountEntity,
  KnownCustomerEntity,
  OfferVersionEntity,
  PolicyVersionEntity,
} from './reference/reference.entity';

/** Quotes, product orders and their orchestration, installed products. */
export const orderingDomain: DomainManifest = defineDomain({
  name: 'ordering',
  module: OrderingModule,
  sdlFile: join(__dirname, 'ordering.graphql'),
  entities: [
    KnownCustomerEntity,
    KnownAccountEntity,
    OfferVersionEntity,
    PolicyVersionEntity,
    OrderEntity,
    OrderItemEntity,
    OrderStateEntity,
    ProductVersionEntity,
    QuoteEntity,
  ],
  migrations: [
    CreateOrdering1700000000000,
    SuspendProducts1700000000001,
    DateOrders1700000000130,
    MoveProducts1700000000131,
    KeepSalesChannel1700000000250,
  ],
  restPrefixes: ['/tmf-api/productOrderingManagement', '/tmf-api/productInventory'],
});
