import { Module } from '@nestjs/common';
import { PlatformModule } from '@ronghe/platform';
import { ElementGateway } from './element-gateway.service';
import { LeaseStore } from './lease.store';
import { PolicyStore } from './policy.store';
import { ProvisioningSubscriber } from './provisioning.subscriber';
import { ServiceOrderDriver } from './service-order-driver.service';
import { ServiceOrderProgress } from './service-order-progress.service';
import { ServiceOrderReader } from './service-order-reader.service';
import { OrderServicesResolver, ServiceOrderResolver } from './service-order.resolver';
import { ServiceOrderService } from './service-order.service';
import { ServiceOrderStore } from './service-order.store';
import { ServiceOrderWorker } from './service-order.worker';
import { ProductServicesResolver, ServiceResolver } from './service.resolver';
import { ServiceStore } from './service.store';

/** The provisioning domain's providers. */
@Module({
  imports: [PlatformModule.forDomain('provisioning')],
  providers: [
    ServiceOrderStore,
    ServiceStore,
    PolicyStore,
    LeaseStore,
    ElementGateway,
    ServiceOrderService,
    ServiceOrderProgress,
    ServiceOrderDriver,
    ServiceOrderReader,
    ProvisioningSubscriber,
    ServiceOrderWorker,
    ServiceOrderResolver,
    OrderServicesResolver,
    ServiceResolver,
    ProductServicesResolver,
  ],
})
export class ProvisioningModule {}
