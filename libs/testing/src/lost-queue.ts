import { AfterCommit, type RunningHost, type Tx } from '@ronghe/platform';
import type { TestOperator } from './start-operator';

/** From now on every job that is sent after a commit is lost. */
export function loseJobs({ app }: RunningHost): void {
  const afterCommit = app.get(AfterCommit);
  const announce = afterCommit.announce.bind(afterCommit);
  afterCommit.announce = (domain, { emitted }) =>
    announce(domain, { emitted, enqueued: [] } as unknown as Tx);
}

/** Empties the queue store: nothing that was to be done is known there any more. */
export async function emptyQueues(operator: Pick<TestOperator, 'sql'>): Promise<void> {
  const tables = await operator.sql<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = 'bullmq' and table_type = 'BASE TABLE' and table_name not like '%migration%'`,
  );
  await operator.sql(`truncate ${tables.map(({ name }) => `bullmq.${name}`).join(', ')} cascade`);
}
