import { arrayOf } from '@ronghe/kernel';
import { copyCell, copyRows, isRefusedAsDouble, type Tx } from '@ronghe/platform';
import type { RecordIdentity } from './duplicates';

/** The variant of a record id that came first; one with other content is kept under its body hash. */
const FIRST = '';

/** Lines by their places. */
interface Identities {
  readonly length: number;
  recordIdAt(index: number): string;
  bodyHashAt(index: number): string;
}

/** So few ids are not worth a COPY that may be refused. */
const COPIED_FROM = 500;

/**
 * Takes the record ids of all lines with COPY, at less than half of what `insert` costs; false, and takes none, where any was taken
 * before or comes twice, which only a file with such records pays for. In the order of `claim`.
 */
export async function claimAllRecordIds(tx: Tx, source: string, lines: Identities): Promise<boolean> {
  if (lines.length < COPIED_FROM) return false;
  const head = copyCell(source);
  const rows: string[] = [];
  for (let at = 0; at < lines.length; at += 1)
    rows.push([head, copyCell(lines.recordIdAt(at)), FIRST, lines.bodyHashAt(at)].join('\t'));
  const into = 'charging.usage_record_key (source, record_id, variant, body_hash)';
  await tx.execute('savepoint copying');
  try {
    await copyRows(tx, into, `${rows.sort().join('\n')}\n`);
  } catch (error) {
    if (!isRefusedAsDouble(error)) throw error;
    await tx.execute('rollback to savepoint copying');
    return false;
  }
  await tx.execute('release savepoint copying');
  return true;
}

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
  const keys = [...first].map(([recordId, bodyHash]) => ({ recordId, variant: FIRST, bodyHash }));
  const known = (await claim(tx, source, keys)).map(({ recordId }) => recordId);
  if (known.length === 0) return new Map();
  const rows = await tx.query<{ record_id: string; body_hash: string }>(
    `select record_id, body_hash from charging.usage_record_key
     where source = $1 and record_id = any($2::text[]) and variant = $3`,
    [source, arrayOf(known), FIRST],
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
  const known = new Set((await claim(tx, source, wanted)).map((key) => keyOf(key.recordId, key.variant)));
  const fresh = new Set([...first].filter(([id]) => !known.has(id)).map(([, line]) => line));
  return { fresh: [...fresh], duplicates: lines.filter((line) => !fresh.has(line)) };
}

interface Key {
  recordId: string;
  variant: string;
  bodyHash: string;
}

const WANTED = `select record_id, variant, body_hash
  from unnest($2::text[], $3::text[], $4::text[]) as new (record_id, variant, body_hash)`;

const TAKE_ALL = `insert into charging.usage_record_key (source, record_id, variant, body_hash)
  select $1::text, record_id, variant, body_hash from (${WANTED}) as wanted
  order by record_id collate "C", variant collate "C" on conflict do nothing`;

/**
 * Takes keys and returns those that were taken already: of a fresh file nothing comes back, which the number of rows says
 * without naming any. Only where some were taken and others not are they asked for by name. Inserts in one order
 * everywhere, so that two files with the same records never wait for each other.
 */
async function claim(
  tx: Tx,
  source: string,
  keys: readonly Key[],
): Promise<Pick<Key, 'recordId' | 'variant'>[]> {
  if (keys.length === 0) return [];
  const parameters = [
    source,
    arrayOf(keys.map((key) => key.recordId)),
    arrayOf(keys.map((key) => key.variant)),
    arrayOf(keys.map((key) => key.bodyHash)),
  ];
  await tx.execute('savepoint claiming');
  const taken = await tx.execute(TAKE_ALL, parameters);
  if (taken !== 0 && taken !== keys.length) await tx.execute('rollback to savepoint claiming');
  await tx.execute('release savepoint claiming');
  if (taken === 0) return [...keys];
  return taken === keys.length ? [] : takeSome(tx, parameters);
}

/** Takes what is free of keys, and names the others. */
async function takeSome(
  tx: Tx,
  parameters: readonly unknown[],
): Promise<Pick<Key, 'recordId' | 'variant'>[]> {
  const rows = await tx.query<{ record_id: string; variant: string }>(
    `with wanted as (${WANTED}), claimed as (
       insert into charging.usage_record_key (source, record_id, variant, body_hash)
       select $1::text, record_id, variant, body_hash from wanted
       order by record_id collate "C", variant collate "C"
       on conflict do nothing returning record_id, variant
     )
     select record_id, variant from wanted
     where not exists (
       select from claimed where (claimed.record_id, claimed.variant) = (wanted.record_id, wanted.variant))`,
    [...parameters],
  );
  return rows.map((row) => ({ recordId: row.record_id, variant: row.variant }));
}

function keyOf(recordId: string, variant: string): string {
  return `${recordId}\u001f${variant}`;
}
