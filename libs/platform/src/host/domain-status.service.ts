import { Injectable } from '@nestjs/common';
import type { DomainName } from '@ronghe/contracts';
import type { Instant } from '@ronghe/kernel';
import { BusinessClock } from '../clock/business-clock.service';
import { DueRunner } from '../clock/due-runner.service';
import { FeedRunner } from '../feed/feed-runner.service';
import { JobRunner } from '../job/job-runner.service';
import { HostedDomains } from './hosted-domains';

/** How far a domain is with what it has to do. */
export interface DomainStatus {
  domain: DomainName;
  businessTime: Instant;
  nextDue: Instant | null;
  dueNow: number;
  /** Events still to apply, by producer. */
  behind: Record<string, number>;
  /** Unfinished work that could make progress now, by job. */
  pending: Record<string, number>;
}

/** True when a domain has nothing left to do at the present business time. */
export function isQuiet(status: DomainStatus): boolean {
  return (
    status.dueNow === 0 && Object.keys(status.behind).length === 0 && Object.keys(status.pending).length === 0
  );
}

/** Tells how far each hosted domain is. */
@Injectable()
export class DomainStatusReader {
  constructor(
    private readonly hosted: HostedDomains,
    private readonly clock: BusinessClock,
    private readonly due: DueRunner,
    private readonly feeds: FeedRunner,
    private readonly jobs: JobRunner,
  ) {}

  async all(): Promise<DomainStatus[]> {
    return Promise.all(this.hosted.names.map((domain) => this.of(domain)));
  }

  /** One after the other, in the direction in which work goes on: an event that is applied meanwhile is seen as its job. */
  private async of(domain: DomainName): Promise<DomainStatus> {
    const outlook = await this.due.outlook(domain);
    const behind = await this.feeds.behind(domain);
    const pending = await this.jobs.pending(domain);
    return { domain, businessTime: this.clock.now(), ...outlook, behind, pending };
  }
}
