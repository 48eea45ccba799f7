/** Every table into which a run and its posting write a row for each bill, with what of it they wrote. */
const written = {
  'billing.bill': '',
  'billing.bill_line': '',
  'billing.bill_tax': '',
  'billing.bill_lane': '',
  'billing.bill_number': '',
  'billing.billing_claim': '',
  'billing.outbox': `where type = 'bill.published.v1'`,
  'receivables.bill_lane': '',
  'receivables.journal_entry': '',
  'receivables.open_item': '',
  'receivables.account_ledger': '',
};

/** Tables like those of a run, with the same indexes and constraints, and none of their rows. @param {import('pg').Client} client */
export async function makeTables(client) {
  await client.query('create schema baseline');
  for (const table of Object.keys(written))
    await client.query(`create table ${copyOf(table)} (like ${table} including all)`);
}

/**
 * What the run is measured against: the same bills, lines, events and entries from finished charges, in one transaction of
 * plain SQL.
 * @param {import('pg').Client} client @returns {Promise<number>} seconds
 */
export async function insertAgain(client) {
  const began = performance.now();
  await client.query('begin');
  for (const [table, rows] of Object.entries(written))
    await client.query(`insert into ${copyOf(table)} select * from ${table} ${rows}`);
  await client.query('commit');
  return (performance.now() - began) / 1000;
}

const copyOf = (/** @type {string} */ table) => `baseline.${table.replace('.', '_')}`;
