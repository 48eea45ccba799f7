import { AfterCommit, type RunningHost, type Tx } from '@ronghe/platform';
import type { TestOperator } from './start-operator';

/** How often emptying gives way to workers that hold the queue's tables. */
const MAX_TRIES = 100;
/** Less than PostgreSQL's deadlock_timeout (1 s): of two that block each other it is always the emptying that gives way. */
const LOCK_TIMEOUT = '200ms';
/** What PostgreSQL says of a lock that was not had in time. */
const LOCK_NOT_AVAILABLE = '55P03';

/** From now on every job that is sent after a commit is lost. */
export function loseJobs({ app }: RunningHost): void {
  const afterCommit = app.get(AfterCommit);
  const announce = afterCommit.announce.bind(afterCommit);
  afterCommit.announce = (domain, { emitted }) =>
    announce(domain, { emitted, enqueued: [] } as unknown as Tx);
}

/** Empties the queue store, also beside workers that use it: nothing that was to be done is known there any more. */
export async function emptyQueues(operator: Pick<TestOperator, 'sql'>): Promise<void> {
  const tables = await operator.sql<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = 'bullmq' and table_type = 'BASE TABLE' and table_name not like '%migration%'`,
  );
  const names = tables.map(({ name }) => `bullmq.${name}`).join(', ');
  // Both statements are one transaction: PostgreSQL runs a text of several statements as one.
  const emptying = `set local lock_timeout = '${LOCK_TIMEOUT}'; truncate ${names} cascade`;
  for (let tries = 1; ; tries++) {
    try {
      await operator.sql(emptying);
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE || tries === MAX_TRIES) throw error;
    }
  }
}
