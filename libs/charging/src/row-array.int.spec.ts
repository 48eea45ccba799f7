import { Transactions } from '@ronghe/platform';
import { startOperator, type TestOperator } from '@ronghe/testing';
import fc from 'fast-check';
import { chargingDomain } from './charging.domain';
import { rowArray } from './row-array';

let operator: TestOperator;
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain] });
});
afterAll(() => operator?.stop());

/** PostgreSQL's text has no NUL. */
const text = fc.string({ unit: 'binary' }).filter((value) => !value.includes('\0'));
const hard = fc.constantFrom(
  '',
  ' ',
  'null',
  'NULL',
  '{}',
  '(,)',
  '"',
  '\\',
  '\\"',
  '\n',
  '[["a","1"]]',
  "'",
  '{"a":"\\""}',
);
const row = fc.record({
  text: fc.option(fc.oneof(text, hard)),
  json: fc.option(fc.jsonValue().filter((value) => !JSON.stringify(value).includes('\\u0000'))),
  number: fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
  flag: fc.option(fc.boolean()),
});

it('says to PostgreSQL what it was given', async () => {
  await operator.sql(
    'create type charging.row_array_sample as (text text, json jsonb, number bigint, flag boolean)',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 5 }), async (rows) => {
      const array = rowArray(rows, [
        (each) => each.text,
        (each) => (each.json === null ? null : JSON.stringify(each.json)),
        (each) => each.number,
        (each) => each.flag,
      ]);
      const stored = await operator
        .get(Transactions)
        .read((tx) =>
          tx.query<{ text: string | null; json: string | null; number: string | null; flag: boolean | null }>(
            'select text, json::text as json, number, flag from unnest($1::charging.row_array_sample[])',
            [array],
          ),
        );
      expect(stored.map(({ text: stored }) => stored)).toEqual(rows.map((each) => each.text));
      expect(stored.map(({ json }) => json && (JSON.parse(json) as unknown))).toEqual(
        rows.map(({ json }) => JSON.parse(JSON.stringify(json)) as unknown),
      );
      expect(stored.map((each) => each.flag)).toEqual(rows.map((each) => each.flag));
      expect(stored.map((each) => each.number)).toEqual(rows.map((each) => each.number?.toString() ?? null));
    }),
    { numRuns: 200 },
  );
});
