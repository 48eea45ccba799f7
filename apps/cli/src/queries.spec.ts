import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import {
  DELIVER_MUTATION,
  DELIVERIES_QUERY,
  INVOICE_MUTATION,
  PDF_QUERY,
  RETRY_INVOICE_MUTATION,
  RETRY_MUTATION,
} from './bill-documents';
import { NUMBER_QUERY } from './bill-id';
import { QUARANTINE_QUERY, REPORT_QUERY, RUN_QUERY, RUNS_QUERY, START_MUTATION } from './bill-run-api';
import {
  decisionMutation,
  NOW_MUTATION,
  RELEASE_MUTATION,
  RUN_DECISIONS,
} from './commands/bill-run-decisions';
import { ACCOUNT_QUERY, SUMMARY_QUERY } from './dunning-text';
import { LINE_FIELDS, USAGE_FIELDS } from './explanation-text';
import { FIELDS as RERATING_FIELDS } from './rerating-text';
import { FIELDS as WHAT_IF_FIELDS } from './what-if-text';

const schema = buildSchema(readFileSync(join(__dirname, '../../gateway/supergraph.graphql'), 'utf8'), {
  assumeValidSDL: true,
});

it.each<[string, string]>([
  ['re-ratings', `query ($id: ID!) { rerating(reratingId: $id) { ${RERATING_FIELDS} } }`],
  ['trials', `query ($id: ID!) { whatIf(whatIfId: $id) { ${WHAT_IF_FIELDS} } }`],
  ['usage', `query ($id: ID!, $language: String!) { explainUsage(usageId: $id) { ${USAGE_FIELDS} } }`],
  ['bill lines', `query ($id: ID!, $language: String!) { explainBillLine(lineId: $id) { ${LINE_FIELDS} } }`],
  ['an account in dunning', ACCOUNT_QUERY],
  ['dunning at a glance', SUMMARY_QUERY],
  ['a bill run', RUN_QUERY],
  ['bill runs', RUNS_QUERY],
  ['reports of runs', REPORT_QUERY],
  ['quarantines', QUARANTINE_QUERY],
  ['the start of a run', START_MUTATION],
  ['a release', RELEASE_MUTATION],
  ['a bill by its number', NUMBER_QUERY],
  ['the PDF of a bill', PDF_QUERY],
  ['deliveries', DELIVERIES_QUERY],
  ['a delivery', DELIVER_MUTATION],
  ['a delivery once more', RETRY_MUTATION],
  ['a tax invoice', INVOICE_MUTATION],
  ['a tax invoice once more', RETRY_INVOICE_MUTATION],
  ['a bill now', NOW_MUTATION],
  ...RUN_DECISIONS.map((decision) => [decision.name, decisionMutation(decision)] as [string, string]),
])('asks for %s in words that the APIs know', (_of, query) => {
  expect(validate(schema, parse(query)).map(({ message }) => message)).toEqual([]);
});
