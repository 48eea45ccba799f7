import { Injectable } from '@nestjs/common';
import { hashOf, newId } from '@ronghe/kernel';
import { Queue, Worker, type Job } from 'bullmq';
import type { DomainName } from '@ronghe/contracts';
import { runInContext, systemContext } from '../context/request-context';
import type { JsonObject } from '../database/tx';
import { HandlerRegistry } from '../handler/handler-registry.service';
import { AfterCommit, type CommittedJobs } from '../host/after-commit.service';
import { HostedDomains } from '../host/hosted-domains';
import { Loop } from '../host/loop';
import { Observers } from '../telemetry/observers.service';
import { QueueConnection } from './queue-connection.service';

const ATTEMPTS = 5;
const SWEEP_MS = 2000;
const CONCURRENCY = 8;
/** A job belongs to whoever works on it until so long after the last sign of life, and is then given to another. */
const LEASE_MS = 5000;
const LEASE_CHECK_MS = 2500;

/** What a job handler gets beside its data. */
export interface RunningJob {
  /** 1 for the first try. */
  attempt: number;
  /** Aborted when the host stops: work that waits for somebody else ends early and is found again later. */
  signal: AbortSignal;
}

interface JobBody {
  data: JsonObject;
  traceId: string;
}

/**
 * One BullMQ queue and worker per hosted domain. A job carries ids only; what there is to do stands in
 * PostgreSQL, so a queue that lost everything is filled again by the sweep over `@PendingWork`.
 */
@Injectable()
export class JobRunner {
  private readonly queues = new Map<DomainName, Queue<JobBody>>();
  private readonly workers: Worker<JobBody>[] = [];
  private readonly stopping = new AbortController();
  private sweep: Loop | undefined;
  /** Names what the first look finds, and only that. */
  private firstLook: string | undefined = newId();

  constructor(
    private readonly hosted: HostedDomains,
    private readonly handlers: HandlerRegistry,
    private readonly connection: QueueConnection,
    private readonly afterCommit: AfterCommit,
    private readonly observed: Observers,
  ) {}

  start(): void {
    const connection = this.connection.open(this.hosted.names.length * 2);
    for (const domain of this.hosted.names) {
      if (this.handlers.all('job', domain).length === 0) continue;
      const options = { connection, prefix: `{ronghe-${domain}}` };
      const queue = new Queue<JobBody>(`ronghe-${domain}`, options);
      const worker = new Worker<JobBody>(`ronghe-${domain}`, (job) => this.run(job), {
        ...options,
        concurrency: CONCURRENCY,
        lockDuration: LEASE_MS,
        stalledInterval: LEASE_CHECK_MS,
        maxStalledCount: 3,
      });
      queue.on('error', (error) => this.observed.logger.warn('The queue store does not answer', error));
      worker.on('error', (error) => this.observed.logger.warn('The queue store does not answer', error));
      this.queues.set(domain, queue);
      this.workers.push(worker);
    }
    this.afterCommit.onJobs((committed) => void this.send(committed));
    this.sweep = new Loop('sweep for pending work', () => this.sweepOnce(), {
      idleMs: SWEEP_MS,
      backoffMs: SWEEP_MS,
      onError: (error) => this.observed.logger.warn('Pending work could not be looked up', error),
    });
    this.sweep.start();
  }

  /** The time has moved: what it alone has made pending is looked up at once. */
  wake(): void {
    this.sweep?.wake();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.sweep?.stop();
    await Promise.all(this.workers.map((worker) => worker.close()));
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
    await this.connection.close();
  }

  /** Unfinished work of a domain by job name, as its `@PendingWork` methods see it; their channel is `status`. */
  async pending(domain: DomainName): Promise<Record<string, number>> {
    const counts = await Promise.all(
      this.handlers
        .all('pending-work', domain)
        .map(async (handler) => [handler.name, (await this.pendingOf(handler, 'status')).length] as const),
    );
    return Object.fromEntries(counts.filter(([, count]) => count > 0));
  }

  private async pendingOf(
    handler: { domain: DomainName; invoke: (...args: unknown[]) => unknown },
    channel: 'sweep' | 'status',
  ): Promise<JsonObject[]> {
    return runInContext(
      systemContext(handler.domain, channel),
      () => handler.invoke() as Promise<JsonObject[]>,
    );
  }

  private async sweepOnce(): Promise<'idle'> {
    for (const handler of this.handlers.all('pending-work')) {
      const queue = this.queues.get(handler.domain);
      const pending = await this.pendingOf(handler, 'sweep');
      if (!queue || pending.length === 0) continue;
      const { traceId } = systemContext(handler.domain, 'sweep');
      await queue.addBulk(
        pending.map((data) => ({
          name: handler.name,
          data: { data, traceId },
          opts: {
            jobId: sweptJobId(handler.name, data, this.firstLook),
            removeOnComplete: true,
            removeOnFail: true,
          },
        })),
      );
    }
    this.firstLook = undefined;
    return 'idle';
  }

  private async send({ domain, jobs }: CommittedJobs): Promise<void> {
    try {
      await this.queues.get(domain)?.addBulk(
        jobs.map((job) => ({
          name: job.name,
          data: { data: job.data, traceId: job.traceId },
          opts: {
            delay: job.delayMs,
            attempts: ATTEMPTS,
            backoff: { type: 'exponential', delay: 200 },
            removeOnComplete: true,
            removeOnFail: true,
          },
        })),
      );
    } catch (error) {
      this.observed.logger.warn('Jobs could not be queued; the sweep will find their work', error);
    }
  }

  private async run(job: Job<JobBody>): Promise<void> {
    const handler = this.handlers.find('job', job.name);
    if (!handler) return;
    const context = systemContext(handler.domain, 'job', job.data.traceId);
    try {
      const running: RunningJob = { attempt: job.attemptsMade + 1, signal: this.stopping.signal };
      await runInContext(context, async () => handler.invoke(job.data.data, running));
      this.observed.metrics.jobs.inc({ job: job.name, outcome: 'done' });
    } catch (error) {
      this.observed.metrics.jobs.inc({ job: job.name, outcome: 'failed' });
      runInContext(context, () =>
        this.observed.logger.warn(`Job ${job.name} failed; it will be tried again`, error),
      );
      throw error;
    }
  }
}

/**
 * The same work is queued once, however often sweeps see it. What the first look of a process finds has a name of its own:
 * work that was in the hands of a process that died would wait for the end of its lease.
 */
export function sweptJobId(name: string, data: JsonObject, firstLook?: string): string {
  return [name, hashOf(data).slice(0, 32), ...(firstLook === undefined ? [] : [firstLook])].join('-');
}
