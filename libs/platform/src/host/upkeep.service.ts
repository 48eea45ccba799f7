import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../clock/business-clock.service';
import { MovedClock } from '../clock/moved-clock.service';
import { PlatformLogger } from '../telemetry/logger.service';
import { DomainTransactions } from './domain-transactions.service';
import { HostedDomains } from './hosted-domains';
import { Loop } from './loop';

/** Stored answers of idempotent commands are kept this long (DESIGN §4). */
const ANSWER_RETENTION_DAYS = 30;
const RETENTION_EVERY_MS = 3_600_000;
const CLOCK_EVERY_MS = 1000;
const DAY_MS = 86_400_000;
const BATCH = 10_000;

/** What a process does for itself now and then: forgets old answers, notices that the clock was moved. */
@Injectable()
export class Upkeep {
  private readonly loops: Loop[] = [];

  constructor(
    private readonly hosted: HostedDomains,
    private readonly transactions: DomainTransactions,
    private readonly clock: BusinessClock,
    private readonly moved: MovedClock,
    private readonly logger: PlatformLogger,
  ) {}

  start(): void {
    const onError = (error: unknown): void =>
      this.logger.warn('Upkeep failed; it will be tried again', error);
    this.loops.push(
      new Loop('forget old answers', () => this.forgetAnswers(), { idleMs: RETENTION_EVERY_MS, onError }),
    );
    if (this.clock.isMovable) {
      this.loops.push(
        new Loop('notice the clock', () => this.noticeClock(), { idleMs: CLOCK_EVERY_MS, onError }),
      );
    }
    for (const loop of this.loops) loop.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.loops.map((loop) => loop.stop()));
  }

  private async forgetAnswers(): Promise<'idle' | 'again'> {
    const before = new Date(Date.now() - ANSWER_RETENTION_DAYS * DAY_MS);
    let isMore = false;
    for (const domain of this.hosted.names) {
      const forgotten = await this.transactions.of(domain).run((tx) =>
        tx.execute(
          `delete from ${domain}.command_log where (actor, operation, key) in (
             select actor, operation, key from ${domain}.command_log where recorded_at < $1 limit ${BATCH})`,
          [before],
        ),
      );
      isMore ||= forgotten === BATCH;
    }
    return isMore ? 'again' : 'idle';
  }

  /** The mover tells every process that it knows; another instance of one finds out by itself. */
  private async noticeClock(): Promise<'idle'> {
    const before = this.clock.now();
    if ((await this.clock.refresh()) !== before) this.moved.wake();
    return 'idle';
  }
}
