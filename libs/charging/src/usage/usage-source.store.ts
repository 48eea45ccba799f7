import { instantFromDate, type Instant } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';

/** How far each source is closed; sources that never were are missing. */
export async function findClosedThrough(tx: Tx): Promise<Map<string, Instant>> {
  const rows = await tx.query<{ source: string; closed_through: Date }>(
    `select source, closed_through from charging.usage_source`,
  );
  return new Map(rows.map((row) => [row.source, instantFromDate(row.closed_through)]));
}

/** Asks for a source to be closed; the same request again changes nothing. */
export async function insertSourceClose(tx: Tx, source: string, through: Instant, by: string): Promise<void> {
  await tx.execute(
    `insert into charging.source_close (source, through, requested_by, requested_at)
     values ($1, $2, $3, $4) on conflict do nothing`,
    [source, through, by, tx.now],
  );
}

/**
 * Sources with requests that can be granted now: every file of the source is finished, no card group waits to be rated
 * again for a period that began before, and all totals of such periods are published.
 */
export async function findClosable(tx: Tx, zone: string): Promise<string[]> {
  const rows = await tx.query<{ source: string }>(
    `select distinct c.source from charging.source_close c
     where c.closed_at is null
       and not exists (select from charging.usage_file f where f.source = c.source and f.state in ('received', 'collecting'))
       and not exists (
         select from charging.group_period g where g.needs_rerate
           and g.period <= to_char((c.through - interval '1 ms') at time zone $1, 'YYYY-MM'))
       and not exists (
         select from charging.totals_mark m
         where m.period_from <= to_char((c.through - interval '1 ms') at time zone $1, 'YYYY-MM'))
     order by c.source`,
    [zone],
  );
  return rows.map((row) => row.source);
}

/** Takes a source's waiting requests and returns the latest instant asked for; null when there is none. */
export async function takeSourceCloses(tx: Tx, source: string): Promise<Instant | null> {
  const rows = await tx.query<{ through: Date }>(
    `update charging.source_close set closed_at = $2 where source = $1 and closed_at is null returning through`,
    [source, tx.now],
  );
  const instants = rows.map((row) => instantFromDate(row.through)).sort();
  return instants.at(-1) ?? null;
}

/** Moves a source's watermark forward; its new version, or null when it stood there already. */
export async function advanceSource(tx: Tx, source: string, through: Instant): Promise<number | null> {
  const [row] = await tx.query<{ version: number }>(
    `insert into charging.usage_source as known (source, closed_through, version) values ($1, $2, 1)
     on conflict (source) do update set closed_through = excluded.closed_through, version = known.version + 1
       where known.closed_through < excluded.closed_through
     returning version`,
    [source, through],
  );
  return row?.version ?? null;
}
