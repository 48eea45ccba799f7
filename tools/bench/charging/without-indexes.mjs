/**
 * Runs work on a table without its constraints and indexes, and makes them again behind it: millions of rows in no order go
 * in several times as fast, and the indexes are as compact as after a rebuild.
 * @param {import('pg').Client} client @param {string} table with its schema
 * @param {() => Promise<unknown>} work
 */
export async function withoutIndexes(client, table, work) {
  // Foreign keys first, unique and primary keys last when they are dropped; the other way round when they come back.
  const { rows: constraints } = await client.query(
    `select conname as name, pg_get_constraintdef(oid) as definition from pg_constraint
      where conrelid = $1::regclass and contype in ('f', 'u', 'p', 'x') order by contype = 'f' desc, contype = 'p'`,
    [table],
  );
  const { rows: indexes } = await client.query(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index i
      where indrelid = $1::regclass
        and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid and c.conrelid = i.indrelid)`,
    [table],
  );
  for (const { name } of constraints)
    await client.query(`alter table ${table} drop constraint "${name}" cascade`);
  for (const { name } of indexes) await client.query(`drop index ${name}`);
  await work();
  for (const { name, definition } of [...constraints].reverse())
    await client.query(`alter table ${table} add constraint "${name}" ${definition}`);
  for (const { definition } of indexes) await client.query(definition);
}
