import { join } from 'node:path';
import { Injectable, Module } from '@nestjs/common';
import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { laneOf } from '@ronghe/kernel';
import { defineDomain, PlatformModule, Roles, Transactions } from '@ronghe/platform';
import { toyMigration } from './toy-migration';

/** Few lanes, so that aggregates share one. */
export const TOY_LANES = 4;

interface ToyCustomerRow {
  customerId: string;
  name: string;
}

/** Writes customers and publishes each. */
@Injectable()
export class ToyCustomerService {
  constructor(readonly transactions: Transactions) {}

  async register(customerId: string, name: string, version = 1): Promise<void> {
    await this.transactions.run(async (tx) => {
      await tx.execute(
        `insert into customer.customer values ($1, $2) on conflict (customer_id) do update set name = excluded.name`,
        [customerId, name],
      );
      tx.emit('customer.registered.v1', {
        aggregateId: customerId,
        lane: laneOf(customerId) % TOY_LANES,
        version,
        payload: { customerId, name, phone: null, address: null, registeredAt: tx.now },
      });
    });
  }

  async find(customerId: string): Promise<ToyCustomerRow | null> {
    const [row] = await this.transactions.read((tx) =>
      tx.query<ToyCustomerRow>(
        `select customer_id as "customerId", name from customer.customer where customer_id = $1`,
        [customerId],
      ),
    );
    return row ?? null;
  }
}

@Resolver('Customer')
class ToyCustomerResolver {
  constructor(private readonly customers: ToyCustomerService) {}

  @Query('customer')
  @Roles('counter')
  async customer(@Args('customerId') customerId: string): Promise<ToyCustomerRow | null> {
    return this.customers.find(customerId);
  }

  @ResolveField('friends')
  @Roles('counter')
  friends(@Parent() customer: ToyCustomerRow): ToyCustomerRow[] {
    return [customer];
  }
}

@Module({
  imports: [PlatformModule.forDomain('customer')],
  providers: [ToyCustomerResolver, ToyCustomerService],
})
class ToyCustomerModule {}

/** A small `customer` with which the platform is tried: it publishes. */
export const toyCustomer = defineDomain({
  name: 'customer',
  module: ToyCustomerModule,
  sdlFile: join(__dirname, 'toy-customer.graphql'),
  entities: [],
  migrations: [
    toyMigration(
      'Customer',
      'create table customer.customer (customer_id text primary key, name text not null)',
    ),
  ],
});
