import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { isId } from '@ronghe/kernel';
import { connectionOf, pageLimit, pageStartId, Roles, SystemClock } from '@ronghe/platform';
import { billingErrors } from '../billing.errors';
import { StartBillRunDto } from './bill-run.dto';
import { BillRunService } from './bill-run.service';
import { RunControl } from './run-control.service';
import { quarantinedView, runView } from './bill-run.view';

/** Where a cycle is unless the caller says otherwise: the SDL's defaults, for callers that pass null. */
const DEFAULT_BILL_DAY = 1;
const DEFAULT_ZONE = 'Asia/Shanghai';
const QUARANTINE_LIMIT = 100;

/** Bill runs: started, watched, confirmed. */
@Resolver('BillRun')
export class BillRunResolver {
  constructor(
    private readonly runs: BillRunService,
    private readonly control: RunControl,
    private readonly clock: SystemClock,
  ) {}

  @Roles('billing', 'operations')
  @Query('billRun')
  async billRun(@Args('id') id: string) {
    const run = await this.runs.find(id);
    return run ? runView(run, this.clock.now()) : null;
  }

  @Roles('billing', 'operations')
  @Query('billRuns')
  async billRuns(
    @Args('first') first: number,
    @Args('period') period?: string,
    @Args('after') after?: string,
  ) {
    const page = { first, after };
    const runs = await this.runs.list({
      period: period ?? null,
      after: pageStartId(page),
      limit: pageLimit(page),
    });
    const connection = connectionOf(
      runs.map((run) => runView(run, this.clock.now())),
      page,
      (run) => run.id,
    );
    return { ...connection, nodes: connection.edges.map((edge) => edge.node) };
  }

  @Roles('billing')
  @Mutation('startBillRun')
  async startBillRun(@Args('input') input: StartBillRunDto, @Args('idempotencyKey') key: string) {
    const { period, billDay, zone, force, reason } = input;
    const request = {
      period,
      billDay: billDay ?? DEFAULT_BILL_DAY,
      zone: zone ?? DEFAULT_ZONE,
      force: force ?? false,
      reason: reason ?? null,
    };
    return this.view(await this.runs.start(request, key));
  }

  @Roles('billing')
  @Mutation('confirmBillRun')
  async confirmBillRun(@Args('id') id: string, @Args('idempotencyKey') key: string) {
    return this.view(await this.control.confirm(id, key));
  }

  @Roles('billing')
  @Mutation('rejectBillRun')
  async rejectBillRun(
    @Args('id') id: string,
    @Args('reason') reason: string,
    @Args('idempotencyKey') key: string,
  ) {
    return this.view(await this.control.reject(id, reason, key));
  }

  @Roles('billing')
  @Mutation('cancelBillRun')
  async cancelBillRun(
    @Args('id') id: string,
    @Args('reason') reason: string,
    @Args('idempotencyKey') key: string,
  ) {
    return this.view(await this.control.cancel(id, reason, key));
  }

  @Roles('billing')
  @Mutation('pauseBillRun')
  async pauseBillRun(@Args('id') id: string, @Args('idempotencyKey') key: string) {
    return this.view(await this.control.pause(id, key));
  }

  @Roles('billing')
  @Mutation('resumeBillRun')
  async resumeBillRun(@Args('id') id: string, @Args('idempotencyKey') key: string) {
    return this.view(await this.control.resume(id, key));
  }

  @Roles('billing')
  @Mutation('releaseQuarantine')
  async releaseQuarantine(
    @Args('runId') runId: string,
    @Args('accountId') accountId: string,
    @Args('idempotencyKey') key: string,
  ) {
    return this.view(await this.control.release(runId, accountId, key));
  }

  @Roles('billing', 'operations')
  @ResolveField('quarantine')
  async quarantine(@Parent() run: { id: string }, @Args('after') after?: string | null) {
    const page = { after: after && isId(after) ? after : null, limit: QUARANTINE_LIMIT };
    return (await this.runs.quarantined(run.id, page)).map(quarantinedView);
  }

  @Roles('billing', 'operations')
  @ResolveField('report')
  async report(@Parent() run: { id: string }) {
    return this.runs.report(run.id);
  }

  private async view({ runId }: { runId: string }) {
    const run = await this.runs.find(runId);
    if (!run) throw billingErrors.runNotFound(runId);
    return runView(run, this.clock.now());
  }
}
