import { Injectable } from '@nestjs/common';
import type { DomainName } from '@ronghe/contracts';
import { DomainError, instantFromDate, type Instant } from '@ronghe/kernel';
import { runInContext, systemContext } from '../context/request-context';
import type { JsonObject } from '../database/tx';
import { HandlerRegistry } from '../handler/handler-registry.service';
import { DomainTransactions } from '../host/domain-transactions.service';
import { HostedDomains } from '../host/hosted-domains';
import { Loop } from '../host/loop';
import { PlatformLogger } from '../telemetry/logger.service';
import { BusinessClock } from './business-clock.service';

const IDLE_MS = 1000;
const BATCH = 100;

/** A schedule whose instant has come. */
export interface DueRow {
  key: string;
  dueAt: Instant;
  data: JsonObject;
}

interface ScheduleRow {
  kind: string;
  key: string;
  due_at: Date;
  data: JsonObject;
  trace_id: string;
}

/** Runs every hosted domain's schedules when the business clock reaches them, in order, each once. */
@Injectable()
export class DueRunner {
  private readonly loops: Loop[] = [];

  constructor(
    private readonly hosted: HostedDomains,
    private readonly handlers: HandlerRegistry,
    private readonly transactions: DomainTransactions,
    private readonly clock: BusinessClock,
    private readonly logger: PlatformLogger,
  ) {}

  start(): void {
    for (const domain of this.hosted.names) {
      const loop = new Loop(`schedules of ${domain}`, () => this.round(domain), {
        idleMs: IDLE_MS,
        backoffMs: IDLE_MS,
        onError: (error) => this.logger.warn('Schedules cannot be read; they will be tried again', error),
      });
      this.loops.push(loop);
      loop.start();
    }
  }

  wake(): void {
    for (const loop of this.loops) loop.wake();
  }

  async stop(): Promise<void> {
    await Promise.all(this.loops.map((loop) => loop.stop()));
  }

  /** The next instant for which a domain has something scheduled, and how many rows are due already. */
  async outlook(domain: DomainName): Promise<{ nextDue: Instant | null; dueNow: number }> {
    return this.transactions.of(domain).read(async (tx) => {
      const [row] = await tx.query<{ next_due: Date | null; due_now: string }>(
        `select min(due_at) filter (where due_at > $1) as next_due, count(*) filter (where due_at <= $1) as due_now
         from ${domain}.schedule`,
        [this.clock.now()],
      );
      return {
        nextDue: row?.next_due ? instantFromDate(row.next_due) : null,
        dueNow: Number(row?.due_now ?? 0),
      };
    });
  }

  /** Runs every row that is due, in order. One that fails is passed over until the next round. */
  private async round(domain: DomainName): Promise<'idle' | 'backoff'> {
    let failed = 0;
    for (let after: ScheduleRow | undefined; ;) {
      const rows = await this.dueAfter(domain, after);
      for (const row of rows) {
        await runInContext(systemContext(domain, 'schedule', row.trace_id), async () => {
          try {
            await this.runRow(domain, row);
          } catch (error) {
            failed += 1;
            this.logger.warn(`The schedule ${row.kind} failed; it will be tried again`, error);
          }
        });
      }
      after = rows.at(-1);
      if (rows.length < BATCH) return failed > 0 ? 'backoff' : 'idle';
    }
  }

  private async dueAfter(domain: DomainName, after: ScheduleRow | undefined): Promise<ScheduleRow[]> {
    return this.transactions.of(domain).read((tx) =>
      tx.query<ScheduleRow>(
        `select kind, key, due_at, data, trace_id from ${domain}.schedule
         where due_at <= $1 and ($3::timestamptz is null or (due_at, kind, key) > ($3, $4, $5))
         order by due_at, kind, key limit $2`,
        [tx.now, BATCH, after?.due_at ?? null, after?.kind ?? null, after?.key ?? null],
      ),
    );
  }

  private async runRow(domain: DomainName, row: ScheduleRow): Promise<void> {
    const handler = this.handlers.find('due', row.kind);
    if (!handler)
      throw new DomainError('schedule_unknown', 'unavailable', `No handler for the schedule ${row.kind}.`);
    await this.transactions.of(domain).run(async (tx) => {
      const taken = await tx.execute(
        `delete from ${domain}.schedule where kind = $1 and key = $2 and due_at = $3`,
        [row.kind, row.key, row.due_at],
      );
      if (taken === 0) return;
      await handler.invoke(
        { key: row.key, dueAt: instantFromDate(row.due_at), data: row.data } satisfies DueRow,
        tx,
      );
    });
  }
}
