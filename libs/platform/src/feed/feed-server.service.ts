import { Injectable } from '@nestjs/common';
import type { DomainName, EventEnvelope } from '@ronghe/contracts';
import { DomainError } from '@ronghe/kernel';
import { DataSource } from 'typeorm';
import { AfterCommit } from '../host/after-commit.service';
import { HostedDomains } from '../host/hosted-domains';
import { EVENTS_AT_ONCE, SqlFeedSource, type Cursors } from './feed-source';

/** A consumer may ask to be answered this much later while there is nothing to say. */
const MAX_WAIT_MS = 5_000;

/** Serves the hosted producers' feeds to consumers in other processes. */
@Injectable()
export class FeedServer {
  constructor(
    private readonly hosted: HostedDomains,
    private readonly dataSource: DataSource,
    private readonly afterCommit: AfterCommit,
  ) {}

  /**
   * Events after the cursors. Where there are none, the answer waits until this process publishes some, `waitMs`
   * at most, so that a consumer neither polls hard nor hears late.
   * @throws DomainError `domain_unknown` for a producer that is not hosted here.
   */
  async read(producer: DomainName, cursors: Cursors, limit: number, waitMs = 0): Promise<EventEnvelope[]> {
    const source = this.sourceOf(producer);
    // Listening begins before the first look, or what is published in between would wake nobody.
    const wait = waitMs > 0 ? this.nextPublication(producer, Math.min(waitMs, MAX_WAIT_MS)) : undefined;
    try {
      const events = await source.read(cursors, Math.min(limit, EVENTS_AT_ONCE));
      if (events.length > 0 || !wait) return events;
      await wait.published;
      return await source.read(cursors, Math.min(limit, EVENTS_AT_ONCE));
    } finally {
      wait?.cancel();
    }
  }

  heads(producer: DomainName): Promise<Cursors> {
    return this.sourceOf(producer).heads();
  }

  private nextPublication(
    producer: DomainName,
    waitMs: number,
  ): { published: Promise<void>; cancel: () => void } {
    let cancel = (): void => undefined;
    const published = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, waitMs);
      const forget = this.afterCommit.onPublished((by) => {
        if (by === producer) resolve();
      });
      cancel = () => {
        clearTimeout(timer);
        forget();
      };
    });
    return { published, cancel };
  }

  private sourceOf(producer: DomainName): SqlFeedSource {
    if (!this.hosted.has(producer))
      throw new DomainError('domain_unknown', 'not_found', `${producer} does not run here.`);
    return new SqlFeedSource(producer, this.dataSource);
  }
}
