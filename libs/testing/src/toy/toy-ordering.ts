import { join } from 'node:path';
import { Body, Controller, Get, Injectable, Module, Post } from '@nestjs/common';
import { Parent, Query, ResolveField, ResolveReference, Resolver } from '@nestjs/graphql';
import type { CommandInput, EventEnvelope } from '@ronghe/contracts';
import { DomainError, laneOf } from '@ronghe/kernel';
import {
  Commands,
  defineDomain,
  IdempotencyKey,
  OnCommand,
  OnDue,
  OnEvent,
  OnJob,
  PendingWork,
  PlatformModule,
  Public,
  requestContext,
  Roles,
  Transactions,
  type DueRow,
  type Tx,
} from '@ronghe/platform';
import { toyMigration } from './toy-migration';

/** How the toy misbehaves; a test sets it and puts it back. */
export class ToyMood {
  /** Names of which hearing fails. */
  readonly poison = new Set<string>();
  /** Names for which ordering lacks a projection. */
  readonly notYet = new Set<string>();
  /** Schedules whose handler fails. */
  readonly failingDue = new Set<string>();
  jobFailsOnce = false;
  /** Sweeps find nothing: what is left to do is the queue's. */
  isUnswept = false;
}

/** Listens to customers, takes orders, works on them and keeps schedules. */
@Injectable()
export class ToyOrderingService {
  readonly mood = new ToyMood();

  constructor(
    readonly transactions: Transactions,
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
    if (this.mood.notYet.has(name)) throw new DomainError('projection_behind', 'unavailable', 'Not yet.');
    if (this.mood.poison.has(name)) throw new Error(`cannot hear ${name}`);
  }

  @OnCommand('ordering.placeOrder')
  async place(input: CommandInput<'ordering.placeOrder'>, tx: Tx): Promise<{ orderId: string }> {
    await tx.execute('insert into ordering.task (task_id) values ($1)', [input.accountId]);
    tx.enqueue('ordering.work', { taskId: input.accountId });
    await tx.schedule('ordering.due', input.accountId, tx.now);
    if (input.customerId === 'refused')
      throw new DomainError('customer_refused', 'conflict', 'Not this one.');
    return { orderId: `order-of-${input.accountId}` };
  }

  @OnJob('ordering.work')
  async work(data: { taskId: string }): Promise<void> {
    const [task] = await this.transactions.run((tx) =>
      tx.query<{ attempts: number }>(
        'update ordering.task set attempts = attempts + 1 where task_id = $1 and done = 0 returning attempts',
        [data.taskId],
      ),
    );
    if (!task) return;
    if (this.mood.jobFailsOnce && task.attempts === 1) throw new Error('the first try fails');
    await this.transactions.run(async (tx) => {
      // The guard against a job that came twice is here, in the database.
      const finished = await tx.execute(
        'update ordering.task set done = done + 1, trace_id = $2 where task_id = $1 and done = 0',
        [data.taskId, requestContext().traceId],
      );
      if (finished === 0) return;
      tx.emit('order.completed.v1', {
        aggregateId: data.taskId,
        lane: laneOf(data.taskId),
        version: 1,
        payload: { orderId: data.taskId, customerId: '', accountId: '', productIds: [], completedAt: tx.now },
      });
    });
  }

  @PendingWork('ordering.work')
  async pending(): Promise<{ taskId: string }[]> {
    if (this.mood.isUnswept && requestContext().channel === 'sweep') return [];
    return this.transactions.read((tx) =>
      tx.query('select task_id as "taskId" from ordering.task where done = 0 limit 500'),
    );
  }

  @OnDue('ordering.due')
  async due(row: DueRow, tx: Tx): Promise<void> {
    await tx.execute('insert into ordering.due_seen (key, due_at, seen_at) values ($1, $2, $3)', [
      row.key,
      row.dueAt,
      tx.now,
    ]);
    if (this.mood.failingDue.has(row.key)) throw new Error(`cannot do ${row.key}`);
    const { again } = row.data as { again?: string };
    if (again) await tx.schedule('ordering.due', row.key, again as DueRow['dueAt']);
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

  @Query('orderingBreaks')
  orderingBreaks(): boolean {
    throw new Error('a secret of the database');
  }

  @Query('orderingRefuses')
  orderingRefuses(): boolean {
    throw new DomainError('order_refused', 'conflict', 'Not now.', { until: 'tomorrow' });
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
      tx.query<{ times: number }>('select times from ordering.heard where customer_id = $1', [
        customer.customerId,
      ]),
    );
    return row?.times ?? 0;
  }
}

@Controller('toy')
@Roles('counter')
class ToyOrderingController {
  constructor(private readonly transactions: Transactions) {}

  @Get('breaks')
  breaks(): void {
    throw new Error('a secret of the database');
  }

  @Post('tasks')
  async task(
    @Body() body: { taskId: string; note?: string },
    @IdempotencyKey() key: string,
  ): Promise<{ taskId: string }> {
    return this.transactions.once('toyTask', key, body, async (tx) => {
      await tx.execute('insert into ordering.task (task_id, done) values ($1, 1)', [body.taskId]);
      return { taskId: body.taskId };
    });
  }
}

@Module({
  imports: [PlatformModule.forDomain('ordering')],
  providers: [ToyOrderingResolver, ToyOrderingService],
  controllers: [ToyOrderingController],
})
class ToyOrderingModule {}

/** A small `ordering` with which the platform is tried: it listens, obeys and works. */
export const toyOrdering = defineDomain({
  name: 'ordering',
  module: ToyOrderingModule,
  sdlFile: join(__dirname, 'toy-ordering.graphql'),
  entities: [],
  migrations: [
    toyMigration(
      'Ordering',
      `create table ordering.heard (customer_id text primary key, times integer not null, names text[] not null);
       create table ordering.task (task_id text primary key, done integer not null default 0,
         attempts integer not null default 0, trace_id text);
       create table ordering.due_seen (place serial, key text, due_at timestamptz, seen_at timestamptz)`,
    ),
  ],
});
