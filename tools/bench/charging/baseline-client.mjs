import pg from 'pg';

const octets = 10_000;

/**
 * A connection of its own that reserves and settles by the functions of baseline.sql, as prepared statements.
 * @param {{ databaseUrl: string, subjects: number }} options one subject: a hot bucket
 */
export async function baselineClient({ databaseUrl, subjects }) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  let reservation = '';
  return {
    async reserve() {
      const bucket = 1 + Math.floor(Math.random() * subjects);
      const { rows } = await client.query({
        name: 'reserve',
        text: 'select baseline.reserve($1, $2) as id',
        values: [bucket, octets],
      });
      reservation = rows[0].id;
      if (!reservation) throw new Error('nothing was reserved');
    },
    settle: () =>
      client.query({
        name: 'settle',
        text: 'select baseline.settle($1, $2)',
        values: [reservation, octets / 2],
      }),
    close: () => client.end(),
  };
}
