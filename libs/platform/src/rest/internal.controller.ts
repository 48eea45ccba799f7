import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import {
  commandFlow,
  queryFlow,
  type CommandName,
  type DomainName,
  type EventEnvelope,
  type QueryName,
} from '@ronghe/contracts';
import { DomainError } from '@ronghe/kernel';
import { Public } from '../auth/access';
import { BusinessClock } from '../clock/business-clock.service';
import { MessageRouter } from '../command/message-router.service';
import { FeedServer } from '../feed/feed-server.service';
import type { Cursors } from '../feed/feed-source';
import type { DomainStatus } from '../host/domain-status.service';
import { HostedDomains } from '../host/hosted-domains';
import { InternalWork } from '../host/internal-work.service';

/**
 * What the operator's own processes ask of each other. The HTTP host lets nobody else in: every call carries
 * the internal token (host/http-context.ts).
 */
@Controller('internal')
@Public()
export class InternalController {
  constructor(
    private readonly router: MessageRouter,
    private readonly hosted: HostedDomains,
    private readonly feeds: FeedServer,
    private readonly clock: BusinessClock,
    private readonly work: InternalWork,
  ) {}

  @Post('commands/:name')
  @HttpCode(200)
  async command(@Param('name') name: string, @Body() body: { key: string; input: never }): Promise<unknown> {
    if (!(name in commandFlow) || !this.hosted.has(commandFlow[name as CommandName].owner)) {
      throw new DomainError('command_unknown', 'not_found', `No command ${name} here.`);
    }
    return (await this.router.command(name as CommandName, body.input, body.key)) ?? {};
  }

  @Post('queries/:name')
  @HttpCode(200)
  async query(@Param('name') name: string, @Body() body: { input: never }): Promise<unknown> {
    if (!(name in queryFlow) || !this.hosted.has(queryFlow[name as QueryName].owner)) {
      throw new DomainError('query_unknown', 'not_found', `No query ${name} here.`);
    }
    return this.router.query(name as QueryName, body.input);
  }

  @Post('feed/:producer')
  @HttpCode(200)
  async feed(
    @Param('producer') producer: DomainName,
    @Body() body: { cursors: Cursors; limit: number; waitMs?: number },
  ): Promise<EventEnvelope[]> {
    return this.feeds.read(producer, body.cursors, body.limit, body.waitMs);
  }

  @Post('feed/:producer/heads')
  @HttpCode(200)
  async heads(@Param('producer') producer: DomainName): Promise<Cursors> {
    return this.feeds.heads(producer);
  }

  @Post('status')
  @HttpCode(200)
  async status(): Promise<DomainStatus[]> {
    return this.work.status.all();
  }

  @Post('clock-moved')
  @HttpCode(200)
  async clockMoved(): Promise<{ now: string }> {
    const now = await this.clock.refresh();
    this.work.moved.wake();
    return { now };
  }

  @Post('audit')
  @HttpCode(200)
  async audit(): Promise<unknown> {
    return this.work.audit();
  }
}
