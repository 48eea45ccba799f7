import { Injectable } from '@nestjs/common';
import { DomainScope } from '../host/domain-scope';
import { FeedRunner } from './feed-runner.service';

/** Tells a domain whether it has applied everything that its producers have published. */
@Injectable()
export class FeedProgress {
  constructor(
    private readonly scope: DomainScope,
    private readonly feeds: FeedRunner,
  ) {}

  /** Producers that still have events for this domain. */
  async behind(): Promise<string[]> {
    return Object.keys(await this.feeds.behind(this.scope.name));
  }

  async isCaughtUp(): Promise<boolean> {
    return (await this.behind()).length === 0;
  }
}
