import { Injectable } from '@nestjs/common';
import type { DomainName } from '@ronghe/contracts';
import { DataSource } from 'typeorm';
import { BusinessClock } from '../clock/business-clock.service';
import { Transactions } from '../database/transactions.service';
import { AfterCommit } from './after-commit.service';
import { DomainScope } from './domain-scope';

/** The host's own door to each hosted domain's transactions. */
@Injectable()
export class DomainTransactions {
  private readonly byDomain = new Map<DomainName, Transactions>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: BusinessClock,
    private readonly afterCommit: AfterCommit,
  ) {}

  of(domain: DomainName): Transactions {
    const known = this.byDomain.get(domain);
    if (known) return known;
    const made = new Transactions(new DomainScope(domain), this.dataSource, this.clock, this.afterCommit);
    this.byDomain.set(domain, made);
    return made;
  }
}
