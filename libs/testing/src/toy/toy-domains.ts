import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { Args, Query, Resolver, ResolveField, ResolveReference, Parent } from '@nestjs/graphql';
import type { CommandInput, EventEnvelope } from '@ronghe/contracts';
import { DomainError, laneOf } from '@ronghe/kernel';
import {
  Commands,
  defineDomain,
  OnCommand,
  OnDue,
  OnEvent,
  OnJob,
  PendingWork,
  PlatformModule,
  Public,
  Roles,
  Transactions,
  type DueRow,
  type Tx,
} from '@ronghe/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Two small domains with which the platform is tried: `customer` publishes, `ordering` listens and works. */
class ToyCustomer1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table customer.customer (customer_id text primary key, name text not null)');
  }
  async down(): Promise<void> {
    throw new Error('forward only');
  }
}

class ToyOrdering1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table ordering.heard (customer_id text primary key, times integer not null, names text[] not null);
      create table ordering.task (task_id text primary key, done integer not null default 0, attempts integer not null default 0);
      create table ordering.due_seen (key text, due_at timestamptz, seen_at timestamptz)`);
  }
  async down(): Promise<void> {
    throw new Error('forward only');
  }
}

@Resolver('Customer')
class ToyCustomerResolver {
  constructor(private readonly transactions: Transactions) {}

  @Query('customer')
  @Roles('counter')
  async customer(@Args('customerId') customerId: string): Promise<{ customerId: string; name: string } | null> {
    const [row] = await this.transactions.read((tx) =>
      tx.query<{ customer_id: string; name: string }>('select * from customer.customer where customer_id = $1', [customerId]),
    );
    return row ? { customerId: row.customer_id, name: row.name } : null;
  }
}

@Resolver('Customer')
class ToyOrderingResolver {
  constructor(private readonly transactions: Transactions) {}

  @Query('orderingIsHere')
  @Public()
  orderingIsHere(): boolean {
    return true;
  }

  @ResolveReference()
  @Roles('counter')
  reference(representation: { customerId: string }): { customerId: string } {
    return representation;
  }

  @ResolveField('timesHeard')
  @Roles('counter')
  async timesHeard(@Parent() customer: { customerId: string }): Promise<number> {
    const [row] = await this.transactions.read((tx) =>
      tx.query<{ times: number }>('select times from ordering.heard where customer_id = $1', [customer.customerId]),
    );
    return row?.times ?? 0;
  }
}

/** Writes customers and publishes each; ordering commands it with `placeOrder` to try commands out. */
export class ToyCustomerService {
  constructor(private readonly transactions: Transactions) {}

  async register(customerId: string, name: string, version = 1): Promise<void> {
    await this.transactions.run(async (tx) => {
      await tx.execute('insert into customer.customer values ($1, $2) on conflict (customer_id) do update set name = excluded.name', [customerId, name]);
      tx.emit('customer.registered.v1', {
        aggregateId: customerId,
        lane: laneOf(customerId) % 4,
        version,
        payload: { customerId, name, phone: null, address: null, registeredAt: tx.now },
      });
    });
  }
}

export class ToyOrderingService {
  /** Names that the event handler refuses, until they are mended. */
  static readonly poison = new Set<string>();
  static failOnce = false;

  constructor(
    private readonly transactions: Transactions,
    readonly commands: Commands,
  ) {}

  @OnEvent('customer.registered.v1')
  async heard(event: EventEnvelope<'customer.registered.v1'>, tx: Tx): Promise<void> {
    const { customerId, name } = event.payload;
    await tx.execute(
      `insert into ordering.heard values ($1, 1, array[$2]) on conflict (customer_id)
       do update set times = heard.times + 1, names = heard.names || excluded.names`,
      [customerId, name],
    );
    if (ToyOrderingService.poison.has(name)) throw new Error(`cannot hear ${name}`);
  }

  @OnCommand('ordering.placeOrder')
  async place(input: CommandInput<'ordering.placeOrder'>, tx: Tx): Promise<{ orderId: string }> {
    await tx.execute('insert into ordering.task (task_id) values ($1)', [input.accountId]);
    if (input.customerId === 'refused') throw new DomainError('customer_refused', 'conflict', 'Not this one.');
    tx.enqueue('ordering.work', { taskId: input.accountId });
    await tx.schedule('ordering.due', input.accountId, tx.now, {});
    return { orderId: `order-of-${input.accountId}` };
  }

  @OnJob('ordering.work')
  async work(data: { taskId: string }): Promise<void> {
    const attempts = await this.transactions.run((tx) =>
      tx.query<{ attempts: number }>('update ordering.task set attempts = attempts + 1 where task_id = $1 returning attempts', [data.taskId]),
    );
    if (ToyOrderingService.failOnce && attempts[0]?.attempts === 1) throw new Error('first try fails');
    await this.transactions.run((tx) => tx.execute('update ordering.task set done = 1 where task_id = $1', [data.taskId]));
  }

  @PendingWork('ordering.work')
  async pending(): Promise<{ taskId: string }[]> {
    return this.transactions.read((tx) => tx.query('select task_id as "taskId" from ordering.task where done = 0 limit 500'));
  }

  @OnDue('ordering.due')
  async due(row: DueRow, tx: Tx): Promise<void> {
    await tx.execute('insert into ordering.due_seen values ($1, $2, $3)', [row.key, row.dueAt, tx.now]);
  }
}

const injected = (service: typeof ToyCustomerService | typeof ToyOrderingService, ...inject: (typeof Transactions | typeof Commands)[]) => ({
  provide: service,
  useFactory: (...dependencies: never[]) => new (service as new (...given: never[]) => unknown)(...dependencies),
  inject,
});

@Module({
  imports: [PlatformModule.forDomain('customer')],
  providers: [ToyCustomerResolver, injected(ToyCustomerService, Transactions)],
})
class ToyCustomerModule {}

@Module({
  imports: [PlatformModule.forDomain('ordering')],
  providers: [ToyOrderingResolver, injected(ToyOrderingService, Transactions, Commands)],
})
class ToyOrderingModule {}

export const toyCustomer = defineDomain({
  name: 'customer',
  module: ToyCustomerModule,
  sdlFile: join(__dirname, 'toy-customer.graphql'),
  entities: [],
  migrations: [ToyCustomer1700000000000],
});

export const toyOrdering = defineDomain({
  name: 'ordering',
  module: ToyOrderingModule,
  sdlFile: join(__dirname, 'toy-ordering.graphql'),
  entities: [],
  migrations: [ToyOrdering1700000000000],
});
