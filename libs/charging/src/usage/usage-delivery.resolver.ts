import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { instantFromIso } from '@ronghe/kernel';
import { connectionOf, pageLimit, pageStartId, Roles, Transactions, type Connection } from '@ronghe/platform';
import type { SuspendedUsage, SuspenseReason, SuspenseState, UsageFile } from '../generated/graphql';
import { Suspense } from './suspense.service';
import { UsageFiles } from './usage-file.service';
import { UsageSources, type UsageSourceState } from './usage-source.service';
import { CorrectUsageDto } from './usage.dto';
import { fileView, reasonOf, stateOf, suspendedView } from './usage.view';

/** Usage files, their sources and what was set aside, at the GraphQL edge. For operations. */
@Resolver()
export class UsageDeliveryResolver {
  constructor(
    private readonly files: UsageFiles,
    private readonly sources: UsageSources,
    private readonly suspense: Suspense,
    private readonly transactions: Transactions,
  ) {}

  @Roles('operations')
  @Query('usageFiles')
  async usageFiles(
    @Args('source') source: string | undefined,
    @Args('first') first: number,
    @Args('after') after: string | undefined,
  ): Promise<Connection<UsageFile>> {
    const page = { first, after };
    const rows = await this.files.page({
      source: source ?? null,
      after: pageStartId(page),
      limit: pageLimit(page),
    });
    return connectionOf(rows.map(fileView), page, (file) => file.fileId);
  }

  @Roles('operations')
  @Query('usageFile')
  async usageFile(@Args('fileId') fileId: string): Promise<UsageFile | null> {
    const file = await this.files.look(fileId);
    return file ? fileView(file) : null;
  }

  @Roles('operations', 'billing')
  @Query('usageSources')
  usageSources(): Promise<UsageSourceState[]> {
    return this.transactions.read((tx) => this.sources.list(tx));
  }

  @Roles('operations')
  @Query('suspendedUsage')
  async suspendedUsage(
    @Args('source') source: string | undefined,
    @Args('reason') reason: SuspenseReason | undefined,
    @Args('state') state: SuspenseState,
    @Args('first') first: number,
    @Args('after') after: string | undefined,
  ): Promise<Connection<SuspendedUsage>> {
    const page = { first, after };
    const at = { source: source ?? null, reason: reasonOf(reason), state: stateOf(state) };
    const rows = await this.suspense.page({ ...at, after: pageStartId(page), limit: pageLimit(page) });
    return connectionOf(rows.map(suspendedView), page, (suspended) => suspended.suspenseId);
  }

  @Roles('operations')
  @Mutation('closeUsageSource')
  closeUsageSource(
    @Args('source') source: string,
    @Args('through') throughText: string,
    @Args('idempotencyKey') key: string,
  ): Promise<UsageSourceState> {
    const through = instantFromIso(throughText);
    return this.sources.closeOnce(source, through, key);
  }

  @Roles('operations')
  @Mutation('correctUsage')
  async correctUsage(
    @Args('input') input: CorrectUsageDto,
    @Args('idempotencyKey') key: string,
  ): Promise<SuspendedUsage> {
    const cells = Object.fromEntries(input.cells.map(({ column, value }) => [column, value]));
    return suspendedView(await this.suspense.correct(input.suspenseId, cells, key));
  }

  @Roles('operations')
  @Mutation('recycleUsage')
  async recycleUsage(
    @Args('suspenseIds') suspenseIds: string[],
    @Args('idempotencyKey') key: string,
  ): Promise<SuspendedUsage[]> {
    return (await this.suspense.recycle(suspenseIds, key)).map(suspendedView);
  }

  @Roles('operations')
  @Mutation('discardUsage')
  async discardUsage(
    @Args('suspenseIds') suspenseIds: string[],
    @Args('reason') reason: string,
    @Args('idempotencyKey') key: string,
  ): Promise<SuspendedUsage[]> {
    return (await this.suspense.discard(suspenseIds, reason, key)).map(suspendedView);
  }
}
