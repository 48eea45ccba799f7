import { eventFlow, type Events, type EventType } from '@ronghe/contracts';
import type { Instant } from '@ronghe/kernel';
import { writeOutbox } from '@ronghe/platform';
import type { DataSource } from 'typeorm';

/** Writes a fact into its producer's outbox, numbered as the producer's own transactions number theirs. */
export async function publishFact<T extends EventType>(
  dataSource: DataSource,
  type: T,
  event: { aggregateId: string; lane: number; version?: number; payload: Events[T] },
  now: Instant,
): Promise<void> {
  const runner = dataSource.createQueryRunner();
  await runner.connect();
  try {
    await runner.startTransaction();
    const { aggregateId, lane, payload } = event;
    const emitted = {
      type,
      aggregateId,
      lane,
      payload,
      version: event.version ?? 1,
      traceId: '0'.repeat(32),
    };
    await writeOutbox(runner, eventFlow[type].producer, [emitted], now);
    await runner.commitTransaction();
  } finally {
    await runner.release();
  }
}
