import { Module } from '@nestjs/common';
import { PlatformModule } from '@ronghe/platform';
import { DueOrders } from './order/due-order.service';
import { OrderController } from './order/order.controller';
import { OrderItemResolver, OrderStateChangeResolver } from './order/order-item.resolver';
import { OrderParties } from './order/order-parties.service';
import { OrderProgress } from './order/order-progress.service';
import { OrderReader } from './order/order-reader.service';
import { OrderReadingStore } from './order/order-reading.store';
import { OrderRequests } from './order/order-requests.service';
import { OrderResolver } from './order/order.resolver';
import { OrderService } from './order/order.service';
import { OrderSheets } from './order/order-sheet.service';
import { OrderStore } from './order/order.store';
import { OrderSubscriber } from './order/order.subscriber';
import { OrderWorker } from './order/order.worker';
import { AccountOrdersResolver, CustomerOrdersResolver } from './order/owner.resolver';
import { PlaceOrder } from './order/place-order.service';
import { SaleReading } from './order/sale-reading.service';
import { OrderingAudit } from './ordering-audit.service';
import { ContractReader } from './product/contract-reader.service';
import { InstalledProducts } from './product/installed-products.service';
import { ProductController } from './product/product.controller';
import { ProductReader } from './product/product-reader.service';
import { ProductResolver } from './product/product.resolver';
import { ProductStore } from './product/product.store';
import { QuoteEdge } from './quote/quote-edge.service';
import { QuotedLineResolver, QuoteResolver } from './quote/quote.resolver';
import { QuoteService } from './quote/quote.service';
import { QuoteStore } from './quote/quote.store';
import { ReferenceStore } from './reference/reference.store';
import { ReferenceSubscriber } from './reference/reference.subscriber';

/** The ordering domain's providers. */
@Module({
  imports: [PlatformModule.forDomain('ordering')],
  controllers: [OrderController, ProductController],
  providers: [
    ReferenceStore,
    ReferenceSubscriber,
    OrderStore,
    OrderReadingStore,
    SaleReading,
    PlaceOrder,
    OrderParties,
    OrderProgress,
    OrderService,
    OrderReader,
    OrderSheets,
    OrderRequests,
    OrderWorker,
    OrderSubscriber,
    DueOrders,
    OrderResolver,
    OrderItemResolver,
    OrderStateChangeResolver,
    CustomerOrdersResolver,
    AccountOrdersResolver,
    ProductStore,
    InstalledProducts,
    ContractReader,
    ProductReader,
    ProductResolver,
    QuoteStore,
    QuoteService,
    QuoteEdge,
    QuoteResolver,
    QuotedLineResolver,
    OrderingAudit,
  ],
})
export class OrderingModule {}
