import { Module, type DynamicModule } from '@nestjs/common';
import type { DomainName } from '@ronghe/contracts';
import { Commands } from '../command/commands.service';
import { Queries } from '../command/queries.service';
import { Transactions } from '../database/transactions.service';
import { FeedProgress } from '../feed/feed-progress.service';
import { DomainScope } from './domain-scope';

/** What a domain's module imports: the platform, bound to the domain. */
@Module({})
export class PlatformModule {
  static forDomain(name: DomainName): DynamicModule {
    return {
      module: PlatformModule,
      providers: [
        { provide: DomainScope, useValue: new DomainScope(name) },
        Transactions,
        Commands,
        Queries,
        FeedProgress,
      ],
      exports: [DomainScope, Transactions, Commands, Queries, FeedProgress],
    };
  }
}
