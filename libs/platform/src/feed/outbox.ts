import type { DomainName } from '@ronghe/contracts';
import {
  bigints,
  binaryArrays,
  instants,
  integers,
  jsons,
  newId,
  smallints,
  texts,
  uuids,
  type Instant,
} from '@ronghe/kernel';
import type { QueryRunner } from 'typeorm';
import type { EmittedEvent } from '../database/tx';

/**
 * Numbers and writes a transaction's events, as its last act before commit: the head row of each lane is
 * locked from here to the commit, so numbers have no gap and become visible in order. Lanes are locked in
 * ascending order, so that two transactions never wait for each other.
 */
export async function writeOutbox(
  runner: QueryRunner,
  schema: DomainName,
  emitted: readonly EmittedEvent[],
  now: Instant,
): Promise<void> {
  if (emitted.length === 0) return;
  const counts = new Map<number, number>();
  for (const event of emitted) counts.set(event.lane, (counts.get(event.lane) ?? 0) + 1);
  const lanes = [...counts.keys()].sort((a, b) => a - b);
  const heads: { lane: number; last_sequence: string }[] = await runner.query(
    `insert into ${schema}.outbox_head as head (lane, last_sequence)
     select * from unnest($1::smallint[], $2::bigint[]) as added (lane, count) order by lane
     on conflict (lane) do update set last_sequence = head.last_sequence + excluded.last_sequence
     returning lane, last_sequence`,
    [lanes, lanes.map((lane) => counts.get(lane))],
  );
  const next = new Map(
    heads.map((head) => [head.lane, Number(head.last_sequence) - (counts.get(head.lane) ?? 0) + 1]),
  );
  const sequences = emitted.map((event) => {
    const sequence = next.get(event.lane) ?? 1;
    next.set(event.lane, sequence + 1);
    return sequence;
  });
  await runner.query(
    `insert into ${schema}.outbox (lane, sequence, id, type, aggregate_id, version, occurred_at, trace_id, payload)
     select * from unnest($1::smallint[], $2::bigint[], $3::uuid[], $4::text[], $5::text[], $6::integer[],
       $7::timestamptz[], $8::text[], $9::jsonb[])`,
    binaryArrays(
      emitted.map((event, index) => ({ event, sequence: sequences[index] })),
      smallints(({ event }) => event.lane),
      bigints(({ sequence }) => sequence),
      uuids(() => newId()),
      texts(({ event }) => event.type),
      texts(({ event }) => event.aggregateId),
      integers(({ event }) => event.version),
      instants(() => now),
      texts(({ event }) => event.traceId),
      jsons(({ event }) => JSON.stringify(event.payload)),
    ),
  );
}
