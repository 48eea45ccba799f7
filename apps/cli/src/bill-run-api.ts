import type { OperatorApi } from '@ronghe/journey';
import { newId } from '@ronghe/kernel';
import {
  QUARANTINE_FIELDS,
  REPORT_FIELDS,
  RUN_FIELDS,
  type BillRunAnswer,
  type BillRunReportAnswer,
  type QuarantinedAnswer,
} from './bill-run-text';

/** Most accounts that one answer lists. */
const QUARANTINE_PAGE = 100;

/** What the terminal asks of bill runs, through the public API. */
export const RUN_QUERY = `query ($id: ID!) { billRun(id: $id) { ${RUN_FIELDS} } }`;
export const RUNS_QUERY = `query ($period: String) { billRuns(period: $period, first: 20) { nodes { ${RUN_FIELDS} } } }`;
export const REPORT_QUERY = `query ($id: ID!) { billRun(id: $id) { report { ${REPORT_FIELDS} } } }`;
export const QUARANTINE_QUERY = `query ($id: ID!, $after: ID) { billRun(id: $id) { quarantine(after: $after) { ${QUARANTINE_FIELDS} } } }`;
export const START_MUTATION = `mutation ($input: StartBillRunInput!, $key: String!) {
  startBillRun(input: $input, idempotencyKey: $key) { id } }`;

/** The run by id. @throws Error with the code `not_found`. */
export async function findRun(api: OperatorApi, id: string): Promise<BillRunAnswer> {
  const { billRun } = await api.graphql<{ billRun: BillRunAnswer | null }>('billing', RUN_QUERY, { id });
  return known(billRun, id);
}

/** The newest 20 runs, perhaps of one period. */
export async function listRuns(api: OperatorApi, period: string | null): Promise<BillRunAnswer[]> {
  const answer = await api.graphql<{ billRuns: { nodes: BillRunAnswer[] } }>('billing', RUNS_QUERY, {
    period,
  });
  return answer.billRuns.nodes;
}

/** Starts a run by hand; returns its id. */
export async function startRun(api: OperatorApi, input: object): Promise<string> {
  const { startBillRun } = await api.graphql<{ startBillRun: { id: string } }>('billing', START_MUTATION, {
    input,
    key: newKey(),
  });
  return startBillRun.id;
}

/** What a run did. @throws Error with the code `not_found`. */
export async function reportOf(api: OperatorApi, id: string): Promise<BillRunReportAnswer> {
  const { billRun } = await api.graphql<{ billRun: { report: BillRunReportAnswer } | null }>(
    'billing',
    REPORT_QUERY,
    { id },
  );
  return known(billRun, id).report;
}

/** Every account in a run's quarantine. @throws Error with the code `not_found`. */
export async function quarantineOf(api: OperatorApi, id: string): Promise<QuarantinedAnswer[]> {
  const all: QuarantinedAnswer[] = [];
  for (;;) {
    const after = all.at(-1)?.account.accountId ?? null;
    const answer = await api.graphql<{ billRun: { quarantine: QuarantinedAnswer[] } | null }>(
      'billing',
      QUARANTINE_QUERY,
      { id, after },
    );
    const { quarantine } = known(answer.billRun, id);
    all.push(...quarantine);
    if (quarantine.length < QUARANTINE_PAGE) return all;
  }
}

/** A key of its own for each thing that is asked for at the terminal. */
export function newKey(): string {
  return `cli/${newId()}`;
}

function known<T>(run: T | null, id: string): T {
  if (run) return run;
  throw Object.assign(new Error(`there is no bill run ${id}`), { code: 'not_found' });
}
