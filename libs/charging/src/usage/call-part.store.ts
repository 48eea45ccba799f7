import type { UsageClass } from '@ronghe/contracts';
import { amountFromMicro, columnArrays, groupBy, type Instant, instantFromDate } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { PartState, StoredPart } from './call-parts';
import type { Cells } from './record-reader';
import type { MeasuredUnit } from './usage-record';

/** Open: parts may come. Flagged: its parts were set aside because others are missing. Done: it is one event. */
export type CallState = 'open' | 'flagged' | 'done';

interface PartRow {
  source: string;
  record_id: string;
  call_id: string;
  part_number: number;
  is_last: boolean;
  state: PartState;
  file_id: string;
  line_number: number;
  line: string;
  cells: Cells;
  usage_class: UsageClass;
  subscriber: string;
  peer: string | null;
  used_at: Date;
  quantity: string;
  unit: MeasuredUnit;
  prerated_amount: string | null;
}

/** A call as a new part finds it. */
export interface CallArrival {
  callId: string;
  startedAt: Instant;
  expiresAt: Instant | null;
}

/**
 * Locks calls until the transaction ends, new ones included, in the order of their ids; their states by id. Whoever has
 * them sees every part that others have brought.
 */
export async function lockCalls(
  tx: Tx,
  source: string,
  arrivals: readonly CallArrival[],
): Promise<Map<string, CallState>> {
  const rows = await tx.query<{ call_id: string; state: CallState }>(
    `insert into charging.usage_call as known (source, call_id, state, started_at, expires_at)
     select $1, call_id, 'open', started_at, expires_at
     from unnest($2::text[], $3::timestamptz[], $4::timestamptz[]) as new (call_id, started_at, expires_at)
     order by call_id collate "C"
     on conflict (source, call_id) do update set started_at = least(known.started_at, excluded.started_at),
       expires_at = excluded.expires_at
     returning call_id, state`,
    [
      source,
      ...columnArrays(
        arrivals,
        (arrival) => arrival.callId,
        (arrival) => arrival.startedAt,
        (arrival) => arrival.expiresAt,
      ),
    ],
  );
  return new Map(rows.map((row) => [row.call_id, row.state]));
}

/** Locks calls that are known, in the order of their ids; their states by id. Unlike `lockCalls` it lets none wait longer. */
export async function lockKnownCalls(
  tx: Tx,
  source: string,
  callIds: readonly string[],
): Promise<Map<string, CallState>> {
  const rows = await tx.query<{ call_id: string; state: CallState }>(
    `select call_id, state from charging.usage_call where source = $1 and call_id = any($2::text[])
     order by call_id for update`,
    [source, callIds],
  );
  return new Map(rows.map((row) => [row.call_id, row.state]));
}

/** Sets the states of calls. */
export async function saveCallStates(
  tx: Tx,
  source: string,
  states: readonly { callId: string; state: CallState }[],
): Promise<void> {
  if (states.length === 0) return;
  await tx.execute(
    `update charging.usage_call c set state = new.state from unnest($2::text[], $3::text[]) as new (call_id, state)
     where c.source = $1 and c.call_id = new.call_id and c.state <> new.state`,
    [
      source,
      ...columnArrays(
        states,
        (each) => each.callId,
        (each) => each.state,
      ),
    ],
  );
}

/** Locks open calls that have waited long enough: their source is closed beyond their start, or their time is up. */
export async function lockOverdueCalls(tx: Tx, source: string, limit: number): Promise<string[]> {
  const rows = await tx.query<{ call_id: string }>(
    `select c.call_id from charging.usage_call c left join charging.usage_source s using (source)
     where c.source = $1 and c.state = 'open' and (c.started_at < s.closed_through or c.expires_at <= $2)
     order by c.call_id limit $3 for update of c`,
    [source, tx.now, limit],
  );
  return rows.map((row) => row.call_id);
}

/** Sources with calls that have waited long enough. */
export async function findSourcesOfOverdueCalls(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ source: string }>(
    `select distinct c.source from charging.usage_call c left join charging.usage_source s using (source)
     where c.state = 'open' and (c.started_at < s.closed_through or c.expires_at <= $1)`,
    [tx.now],
  );
  return rows.map((row) => row.source);
}

/** The parts of calls, by call id. */
export async function findParts(
  tx: Tx,
  source: string,
  callIds: readonly string[],
): Promise<Map<string, StoredPart[]>> {
  const rows = await tx.query<PartRow>(
    `select * from charging.usage_part where source = $1 and call_id = any($2::text[]) order by call_id, part_number`,
    [source, callIds],
  );
  return groupBy(rows.map(partFromRow), ({ record }) => record.part.callId);
}

/** The parts that records are, by their ids. */
export async function findPartsOf(
  tx: Tx,
  source: string,
  recordIds: readonly string[],
): Promise<StoredPart[]> {
  const rows = await tx.query<PartRow>(
    `select * from charging.usage_part where source = $1 and record_id = any($2::text[]) order by record_id`,
    [source, recordIds],
  );
  return rows.map(partFromRow);
}

/** Forgets parts that belong to no call any more. */
export async function deleteParts(tx: Tx, source: string, recordIds: readonly string[]): Promise<void> {
  await tx.execute(`delete from charging.usage_part where source = $1 and record_id = any($2::text[])`, [
    source,
    recordIds,
  ]);
}

const COLUMNS = `record_id, call_id, part_number, is_last, state, file_id, line_number, line, cells, usage_class,
  subscriber, peer, used_at, quantity, unit, prerated_amount`;

/** Writes parts as they are: new ones, and those that were corrected or changed their state. */
export async function saveParts(tx: Tx, source: string, parts: readonly StoredPart[]): Promise<void> {
  if (parts.length === 0) return;
  await tx.execute(
    `insert into charging.usage_part (source, ${COLUMNS})
     select $17, record_id, call_id, part_number, is_last, state, file_id, line_number, line, cells::jsonb, usage_class,
       subscriber, peer, used_at, quantity, unit, prerated_amount
     from unnest($1::text[], $2::text[], $3::integer[], $4::boolean[], $5::text[], $6::uuid[], $7::integer[], $8::text[],
       $9::text[], $10::text[], $11::text[], $12::text[], $13::timestamptz[], $14::bigint[], $15::text[], $16::bigint[])
       as new (${COLUMNS})
     on conflict (source, record_id) do update set call_id = excluded.call_id, part_number = excluded.part_number,
       is_last = excluded.is_last, state = excluded.state, cells = excluded.cells, usage_class = excluded.usage_class,
       subscriber = excluded.subscriber, peer = excluded.peer, used_at = excluded.used_at, quantity = excluded.quantity,
       unit = excluded.unit, prerated_amount = excluded.prerated_amount`,
    [
      ...columnArrays(
        parts,
        ({ record }) => record.recordId,
        ({ record }) => record.part.callId,
        ({ record }) => record.part.number,
        ({ record }) => record.part.isLast,
        (part) => part.state,
        (part) => part.fileId,
        (part) => part.lineNumber,
        (part) => part.line,
        (part) => JSON.stringify(part.cells),
        ({ record }) => record.usageClass,
        ({ record }) => record.subscriber,
        ({ record }) => record.peer,
        ({ record }) => record.usedAt,
        ({ record }) => record.quantity,
        ({ record }) => record.unit,
        ({ record }) => record.preratedAmount,
      ),
      source,
    ],
  );
}

function partFromRow(row: PartRow): StoredPart {
  return {
    record: {
      source: row.source,
      recordId: row.record_id,
      usageClass: row.usage_class,
      subscriber: row.subscriber,
      peer: row.peer,
      usedAt: instantFromDate(row.used_at),
      quantity: BigInt(row.quantity),
      unit: row.unit,
      preratedAmount: row.prerated_amount === null ? null : amountFromMicro(BigInt(row.prerated_amount)),
      part: { callId: row.call_id, number: row.part_number, isLast: row.is_last },
    },
    fileId: row.file_id,
    lineNumber: row.line_number,
    line: row.line,
    cells: row.cells,
    state: row.state,
  };
}
