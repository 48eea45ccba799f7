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

/** Until when a source can be closed now, by what was asked for. */
export interface Closable {
  source: string;
  through: Instant;
}

/**
 * Sources with requests that can be granted now, each with the latest of them: every file of the source is finished, no card group waits to be rated
 * again for a period that began before, and all totals of such periods are published.
 */
export async function findClosable(tx: Tx, zone: string): Promise<Closable[]> {
  const rows = await tx.query<{ source: string; through: Date }>(
    `select c.source, max(c.through) as through from charging.source_close c
     where c.closed_at is null
       and not exists (select from charging.usage_file f where f.source = c.source and f.state in ('received', 'collecting'))
       and not exists (
         select from charging.group_period g where g.needs_rerate
           and g.period <= to_char((c.through - interval '1 ms') at time zone $1, 'YYYY-MM'))
       and not exists (
         select from charging.totals_mark m
         where m.period_from <= to_char((c.through - interval '1 ms') at time zone $1, 'YYYY-MM'))
     group by c.source order by c.source`,
    [zone],
  );
  return rows.map((row) => ({ source: row.source, through: instantFromDate(row.through) }));
}

/** Takes a source's waiting requests up to an instant; later ones wait on. */
export async function takeSourceCloses(tx: Tx, { source, through }: Closable): Promise<void> {
  await tx.execute(
    `update charging.source_close set closed_at = $2 where source = $1 and closed_at is null and through <= $3`,
    [source, tx.now, through],
  );
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
