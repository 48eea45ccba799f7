import type { UsageSourcePolicy } from '@ronghe/contracts';
import { instantFromIso, laneOf, parseLocalDate } from '@ronghe/kernel';
import type { TestOperator } from '@ronghe/testing';
import type { FileBody } from './family.fixture';

const HEADER = 'id,type,number,start,seconds,call,part,end';

/** Calls in parts, each of which waits two hours for the others. */
export const partsSource: UsageSourcePolicy = {
  kind: 'usage-source',
  code: 'parts',
  version: 1,
  effectiveFrom: parseLocalDate('2020-01-01'),
  effectiveTo: null,
  source: 'parts',
  format: 'csv',
  zone: 'Asia/Shanghai',
  columns: {
    recordId: 'id',
    type: 'type',
    subscriber: 'number',
    peer: null,
    start: 'start',
    parts: { callId: 'call', number: 'part', last: 'end' },
  },
  subscriberBy: 'number',
  types: [{ value: 'voice', quantity: 'seconds', unit: 'second', usageClass: 'voice' }],
  lateAfterPeriods: 2,
  partsWaitHours: 2,
};

/** A file of parts as its delivery says. */
export type PartsFile = FileBody & { waiting: number; combined: number };

/** A suspended record as the API says. */
export interface SetAside {
  suspenseId: string;
  recordId: string | null;
  reason: string;
  detail: string;
  state: string;
}

/** A source that delivers calls in parts, which wait two hours for each other, and what people do with its suspense. */
export class PartsSource {
  private commands = 0;

  constructor(private readonly operator: TestOperator) {}

  async publish(): Promise<void> {
    const { code, version } = partsSource;
    const publishedAt = instantFromIso('2026-01-01T00:00:00+08:00');
    const payload = { code, version, document: partsSource, publishedAt };
    const lane = laneOf(code);
    await this.operator.publish('policy.published.v1', { aggregateId: code, lane, version, payload });
  }

  /** Delivers lines of `id,type,number,start,seconds,call,part,end`; the file behind it. */
  async send(...lines: string[]): Promise<PartsFile> {
    const csv = [HEADER, ...lines, ''].join('\n');
    const answer = await this.operator.rest('POST', '/usage/files?source=parts&name=parts.csv', csv, {
      headers: { 'content-type': 'text/csv' },
    });
    await this.operator.settle();
    return this.file((answer.body as PartsFile).fileId);
  }

  async file(fileId: string): Promise<PartsFile> {
    return (await this.operator.rest('GET', `/usage/files/${fileId}`)).body as PartsFile;
  }

  /** What is listed of records whose id begins so, open or ended. */
  async setAside(prefix: string): Promise<SetAside[]> {
    return this.operator.sql<SetAside & Record<string, unknown>>(
      `select suspense_id as "suspenseId", record_id as "recordId", reason, detail, state
       from charging.suspended_usage where source = 'parts' and cells->>'id' like $1 order by record_id, suspense_id`,
      [`${prefix}%`],
    );
  }

  /** The open suspense of records, by their ids as delivered. */
  async openIds(...recordIds: string[]): Promise<string[]> {
    const rows = await this.operator.sql<{ suspense_id: string }>(
      `select suspense_id from charging.suspended_usage
       where source = 'parts' and state = 'open' and cells->>'id' = any($1::text[]) order by cells->>'id'`,
      [recordIds],
    );
    return rows.map((row) => row.suspense_id);
  }

  async correct(recordId: string, column: string, value: string): Promise<void> {
    const [suspenseId = ''] = await this.openIds(recordId);
    const input = { suspenseId, cells: [{ column, value }] };
    await this.command(
      `mutation ($input: CorrectUsageInput!, $key: String!) { correctUsage(input: $input, idempotencyKey: $key) { state } }`,
      { input },
    );
  }

  async recycle(...recordIds: string[]): Promise<void> {
    await this.command(
      `mutation ($ids: [ID!]!, $key: String!) { recycleUsage(suspenseIds: $ids, idempotencyKey: $key) { state } }`,
      { ids: await this.openIds(...recordIds) },
    );
  }

  async discard(...recordIds: string[]): Promise<void> {
    await this.command(
      `mutation ($ids: [ID!]!, $key: String!) {
         discardUsage(suspenseIds: $ids, reason: "test", idempotencyKey: $key) { state } }`,
      { ids: await this.openIds(...recordIds) },
    );
  }

  private async command(mutation: string, variables: object): Promise<void> {
    this.commands += 1;
    const key = `parts command ${this.commands}`;
    const { errors } = await this.operator.graphql(mutation, { ...variables, key }, 'operations');
    if (errors) throw new Error(JSON.stringify(errors));
    await this.operator.settle();
  }
}
