import {
  bigints,
  binaryArrays,
  binaryRows,
  booleans,
  instantFromMs,
  instants,
  integers,
  jsons,
  smallints,
  texts,
  tids,
  uuids,
  xidLists,
  xids,
  type BinaryColumn,
} from '@ronghe/kernel';
import { startOperator, toyOrdering, ToyOrderingService, type TestOperator } from '@ronghe/testing';
import fc from 'fast-check';
import { prepared } from './prepared-statement.adapter';
import { inRounds } from './statement-rounds.adapter';
import type { Tx } from './tx';

let operator: TestOperator;
beforeAll(async () => {
  operator = await startOperator({ domains: [toyOrdering] });
  await operator.sql(`create type ordering.sample as (small smallint, whole integer, large bigint, text text,
    json jsonb, id uuid, flag boolean, at timestamptz, version xid, place tid, versions xid[])`);
});
afterAll(() => operator?.stop());

/** PostgreSQL's text has no NUL, and UTF-8 no half of a pair. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }).filter((value) => !value.includes('\0')),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('', ' ', 'null', 'NULL', '{}', '(,)', '"', '\\', '\\"', '\n', "'", '𝄞', '中'.repeat(9_000)),
);
const version = fc.nat({ max: 2 ** 32 - 1 }).map(String);
const sample = fc.record({
  small: fc.option(fc.integer({ min: -(2 ** 15), max: 2 ** 15 - 1 })),
  whole: fc.option(fc.integer()),
  large: fc.option(
    fc.oneof(
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      fc.constantFrom(-(2n ** 63n), -1n, 0n, 2n ** 53n, 2n ** 63n - 1n),
    ),
  ),
  text: fc.option(text),
  json: fc.option(
    fc
      .jsonValue()
      .map((value) => JSON.stringify(value))
      .filter((value) => !value.includes('\\u0000')),
  ),
  id: fc.option(fc.uuid()),
  flag: fc.option(fc.boolean()),
  at: fc.option(
    fc.integer({ min: Date.parse('0001-01-01'), max: Date.parse('9999-12-31') }).map(instantFromMs),
  ),
  version: fc.option(version),
  place: fc.option(
    fc
      .tuple(fc.nat({ max: 2 ** 32 - 2 }), fc.integer({ min: 1, max: 2 ** 16 - 1 }))
      .map(([block, number]) => `(${block},${number})`),
  ),
  versions: fc.option(fc.array(version, { maxLength: 4 })),
});
type Sample = typeof sample extends fc.Arbitrary<infer S> ? S : never;

const columns: BinaryColumn<Sample>[] = [
  smallints((row) => row.small),
  integers((row) => row.whole),
  bigints((row) => row.large),
  texts((row) => row.text),
  jsons((row) => row.json),
  uuids((row) => row.id),
  booleans((row) => row.flag),
  instants((row) => row.at),
  xids((row) => row.version),
  tids((row) => row.place),
];
const rowColumns = [...columns, xidLists<Sample>((row) => row.versions)];

/** Read back as text that is like what was given. */
const READ = `select small, whole, large, text, json::text as json, id, flag,
  to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, version::text as version, place::text as place`;
const ROWS = {
  name: 'read-rows',
  text: `${READ}, versions::text[] as versions from unnest($1::ordering.sample[])`,
};
const ARRAYS = {
  name: 'read-arrays',
  text: `${READ} from unnest($1::smallint[], $2::integer[], $3::bigint[], $4::text[], $5::jsonb[], $6::uuid[],
    $7::boolean[], $8::timestamptz[], $9::xid[], $10::tid[]) as given (small, whole, large, text, json, id, flag, at, version, place)`,
};

type Read = Omit<Sample, 'large'> & { large: string | null };
const read = (tx: Tx, rows: readonly Sample[]): Promise<[Read[], Omit<Read, 'versions'>[]]> =>
  Promise.all([
    prepared<Read>(tx, ROWS, [binaryRows(rows, rowColumns)]),
    prepared<Omit<Read, 'versions'>>(tx, ARRAYS, binaryArrays(rows, ...columns)),
  ]);

it('says to PostgreSQL what it was given, as rows and as arrays, in rounds and by itself', async () => {
  const { transactions } = operator.get(ToyOrderingService);
  await fc.assert(
    fc.asyncProperty(fc.array(sample, { maxLength: 5 }), async (rows) => {
      const answers = await transactions.run(async (tx) => [
        await read(tx, rows),
        await inRounds(tx, () => read(tx, rows)),
      ]);
      const given = rows.map((row) => ({
        ...row,
        large: row.large?.toString() ?? null,
        json: parsed(row.json),
      }));
      for (const [asRows, asArrays] of answers) {
        expect(asRows.map((row) => ({ ...row, json: parsed(row.json) }))).toEqual(given);
        expect(
          asArrays.map((row, at) => ({ ...row, json: parsed(row.json), versions: rows[at]?.versions })),
        ).toEqual(given);
      }
    }),
    { numRuns: 150 },
  );
});

it('takes more than a piece of memory holds', async () => {
  const rows = Array.from({ length: 30_000 }, (_, n) => ({ n, text: `${n}`.repeat(30) }));
  const values = binaryArrays(
    rows,
    integers((row) => row.n),
    texts((row) => row.text),
  );
  const again = binaryArrays(
    rows,
    texts((row) => row.text),
  );
  const [first, second] = await operator.get(ToyOrderingService).transactions.run((tx) =>
    Promise.all(
      [values, [values[0], ...again]].map((given) =>
        tx.query(
          `select count(*)::integer as rows, sum(n)::integer as sum, count(*) filter (where text = repeat(n::text, 30))::integer as same
           from unnest($1::integer[], $2::text[]) as given (n, text)`,
          given,
        ),
      ),
    ),
  );
  expect(first).toEqual([{ rows: 30_000, sum: 449_985_000, same: 30_000 }]);
  expect(second).toEqual(first);
});

/** What -0 is written as is 0. */
function parsed(json: string | null): unknown {
  return json && (JSON.parse(json) as unknown);
}
