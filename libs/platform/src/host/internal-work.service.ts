import { Injectable } from '@nestjs/common';
import type { DomainAudit } from '@ronghe/contracts';
import { MovedClock } from '../clock/moved-clock.service';
import { HandlerRegistry } from '../handler/handler-registry.service';
import { checkNothing } from './control-checks';
import { DomainStatusReader } from './domain-status.service';
import { DomainTransactions } from './domain-transactions.service';
import { HostedDomains } from './hosted-domains';

/** What the operator's processes ask a host about its hosted domains. */
@Injectable()
export class InternalWork {
  constructor(
    readonly status: DomainStatusReader,
    readonly moved: MovedClock,
    private readonly handlers: HandlerRegistry,
    private readonly transactions: DomainTransactions,
    private readonly hosted: HostedDomains,
  ) {}

  /** The control totals of every hosted domain, each from one snapshot; and that no event waits parked. */
  async audit(): Promise<DomainAudit[]> {
    return Promise.all(
      this.hosted.names.map((domain) =>
        this.transactions.of(domain).read(async (tx) => {
          const [handler] = this.handlers.all('audit', domain);
          const found = handler
            ? ((await handler.invoke(tx)) as Omit<DomainAudit, 'domain'>)
            : { checks: [], figures: [] };
          const parked = await checkNothing(
            tx,
            'parked events',
            `select count(*) from ${domain}.feed_parked`,
          );
          return { domain, checks: [...found.checks, { ...parked, scope: domain }], figures: found.figures };
        }),
      ),
    );
  }
}
