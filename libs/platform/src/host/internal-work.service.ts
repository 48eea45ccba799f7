import { Injectable } from '@nestjs/common';
import type { ControlCheck, ControlFigure, DomainAudit } from '@ronghe/contracts';
import { DueRunner } from '../clock/due-runner.service';
import { HandlerRegistry } from '../handler/handler-registry.service';
import { DomainStatusReader } from './domain-status.service';
import { DomainTransactions } from './domain-transactions.service';
import { HostedDomains } from './hosted-domains';

/** What the operator's processes ask a host about its hosted domains. */
@Injectable()
export class InternalWork {
  constructor(
    readonly status: DomainStatusReader,
    readonly due: DueRunner,
    private readonly handlers: HandlerRegistry,
    private readonly transactions: DomainTransactions,
    private readonly hosted: HostedDomains,
  ) {}

  /** The control totals of every hosted domain, each from one snapshot. */
  async audit(): Promise<DomainAudit[]> {
    return Promise.all(
      this.hosted.names.map(async (domain) => {
        const [handler] = this.handlers.all('audit', domain);
        const empty = { checks: [] as ControlCheck[], figures: [] as ControlFigure[] };
        const found = handler ? await this.transactions.of(domain).read(async (tx) => handler.invoke(tx) as Promise<typeof empty>) : empty;
        const parked = await this.transactions.of(domain).read((tx) =>
          tx.query<{ count: string }>(`select count(*) as count from ${domain}.feed_parked`),
        );
        const parkedCheck = { name: 'parked events', scope: domain, left: parked[0]?.count ?? '0', right: '0' };
        return { domain, checks: [...found.checks, parkedCheck], figures: found.figures };
      }),
    );
  }
}
