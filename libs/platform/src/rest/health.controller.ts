import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { Public } from '../auth/access';
import { HostedDomains } from '../host/hosted-domains';
import { Metrics } from '../telemetry/metrics.service';

/** What an orchestrator and a monitoring system ask. */
@Controller()
@Public()
export class HealthController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly hosted: HostedDomains,
    private readonly metrics: Metrics,
  ) {}

  /** The process runs. */
  @Get('health/live')
  live(): { status: string } {
    return { status: 'live' };
  }

  /** The process can serve: its database answers. */
  @Get('health/ready')
  async ready(): Promise<{ status: string; domains: string[] }> {
    await this.dataSource.query('select 1');
    return { status: 'ready', domains: this.hosted.names };
  }

  @Get('metrics')
  async metricsPage(@Res() reply: FastifyReply): Promise<void> {
    const text = await this.metrics.registry.metrics();
    await reply.header('content-type', this.metrics.registry.contentType).send(text);
  }
}
