import { join } from 'node:path';
import { Controller, Get, Injectable, Module, Param } from '@nestjs/common';
import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { HrefOf } from '@ronghe/contracts';
import { laneOf } from '@ronghe/kernel';
import { defineDomain, Hrefs, PlatformModule, Public, Roles, Transactions } from '@ronghe/platform';
import { toyMigration } from './toy-migration';

/** Few lanes, so that aggregates share one. */
export const TOY_LANES = 4;

const TOY_CUSTOMERS = '/toy-customers';

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

@Controller(TOY_CUSTOMERS)
@Public()
class ToyCustomerController {
  /** Says where it was found. */
  @Get(':id')
  one(@Param('id') id: string, @Hrefs() hrefOf: HrefOf): { href: string } {
    return { href: hrefOf(TOY_CUSTOMERS, id) };
  }
}

@Module({
  imports: [PlatformModule.forDomain('customer')],
  controllers: [ToyCustomerController],
  providers: [ToyCustomerResolver, ToyCustomerService],
})
class ToyCustomerModule {}

/** A small `customer` with which the platform is tried: it publishes. */
export const toyCustomer = defineDomain({
  name: 'customer',
  module: ToyCustomerModule,
  sdlFile: join(__dirname, 'toy-customer.graphql'),
  restPrefixes: [TOY_CUSTOMERS],
  entities: [],
  migrations: [
    toyMigration(
      'Customer',
      'create table customer.customer (customer_id text primary key, name text not null)',
    ),
  ],
});
