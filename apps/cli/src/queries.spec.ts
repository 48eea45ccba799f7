import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import { LINE_FIELDS, USAGE_FIELDS } from './explanation-text';
import { FIELDS as RERATING_FIELDS } from './rerating-text';
import { FIELDS as WHAT_IF_FIELDS } from './what-if-text';

const schema = buildSchema(readFileSync(join(__dirname, '../../gateway/supergraph.graphql'), 'utf8'), {
  assumeValidSDL: true,
});

it.each([
  ['re-ratings', `query ($id: ID!) { rerating(reratingId: $id) { ${RERATING_FIELDS} } }`],
  ['trials', `query ($id: ID!) { whatIf(whatIfId: $id) { ${WHAT_IF_FIELDS} } }`],
  ['usage', `query ($id: ID!, $language: String!) { explainUsage(usageId: $id) { ${USAGE_FIELDS} } }`],
  ['bill lines', `query ($id: ID!, $language: String!) { explainBillLine(lineId: $id) { ${LINE_FIELDS} } }`],
])('asks for %s in words that the APIs know', (_of, query) => {
  expect(validate(schema, parse(query)).map(({ message }) => message)).toEqual([]);
});
