import type { Tx } from '@ronghe/platform';
import type { RecordIdentity } from './duplicates';

/** The variant of a record id that came first; one with other content is kept under its body hash. */
const FIRST = '';

/**
 * Takes the record ids of lines that nobody has taken, and says what is known of the others: their body hash. A second
 * transaction with the same ids waits here until the first has ended.
 */
export async function claimRecordIds(
  tx: Tx,
  source: string,
  lines: readonly RecordIdentity[],
): Promise<Map<string, string>> {
  const first = new Map<string, string>();
  for (const { recordId, bodyHash } of lines) if (!first.has(recordId)) first.set(recordId, bodyHash);
  const claimed = await claim(
    tx,
    source,
    [...first].map(([recordId, bodyHash]) => ({ recordId, variant: FIRST, bodyHash })),
  );
  const known = [...first.keys()].filter((recordId) => !claimed.has(recordId));
  if (known.length === 0) return new Map();
  const rows = await tx.query<{ record_id: string; body_hash: string }>(
    `select record_id, body_hash from charging.usage_record_key
     where source = $1 and record_id = any($2::text[]) and variant = $3`,
    [source, known, FIRST],
  );
  return new Map(rows.map((row) => [row.record_id, row.body_hash]));
}

/** Takes further contents of known record ids; returns the lines that nobody has delivered before. */
export async function claimVariants<T extends RecordIdentity>(
  tx: Tx,
  source: string,
  lines: readonly T[],
): Promise<{ fresh: T[]; duplicates: T[] }> {
  const first = new Map<string, T>();
  for (const line of lines) {
    const id = keyOf(line.recordId, line.bodyHash);
    if (!first.has(id)) first.set(id, line);
  }
  const wanted = [...first.values()].map(({ recordId, bodyHash }) => ({
    recordId,
    variant: bodyHash,
    bodyHash,
  }));
  const claimed = await claimPairs(tx, source, wanted);
  const fresh = [...first].filter(([id]) => claimed.has(id)).map(([, line]) => line);
  return { fresh, duplicates: lines.filter((line) => !fresh.includes(line)) };
}

interface Key {
  recordId: string;
  variant: string;
  bodyHash: string;
}

async function claim(tx: Tx, source: string, keys: readonly Key[]): Promise<Set<string>> {
  const claimed = await claimPairs(tx, source, keys);
  return new Set(
    keys.filter((key) => claimed.has(keyOf(key.recordId, key.variant))).map((key) => key.recordId),
  );
}

/** Inserts in one order everywhere, so that two files with the same records never wait for each other. */
async function claimPairs(tx: Tx, source: string, keys: readonly Key[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const rows = await tx.query<{ record_id: string; variant: string }>(
    `insert into charging.usage_record_key (source, record_id, variant, body_hash)
     select $1::text, record_id, variant, body_hash
     from unnest($2::text[], $3::text[], $4::text[]) as new (record_id, variant, body_hash)
     order by record_id collate "C", variant collate "C"
     on conflict do nothing returning record_id, variant`,
    [
      source,
      keys.map((key) => key.recordId),
      keys.map((key) => key.variant),
      keys.map((key) => key.bodyHash),
    ],
  );
  return new Set(rows.map((row) => keyOf(row.record_id, row.variant)));
}

function keyOf(recordId: string, variant: string): string {
  return `${recordId}\u001f${variant}`;
}
