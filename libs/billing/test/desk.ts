import type { Role } from '@ronghe/contracts';

/** Whoever answers GraphQL: a test's operator. */
export interface Endpoint {
  graphql<T>(query: string, variables: object, role: Role): Promise<GraphQLAnswer<T>>;
}

interface GraphQLAnswer<T> {
  data: T | null;
  errors?: { message: string; extensions: { code: string; details?: Record<string, unknown> } }[];
}

export interface LineNode {
  id: string;
  card: string;
  chargeClass: string;
  amount: string;
  discount: string;
  net: string;
  taxPercent: string;
  explanation: { result: string; text: string };
}

export interface BillNode {
  id: string;
  number: string;
  kind: string;
  period: string;
  total: string;
  dueOn: string;
  pageUrl: string;
  lines: LineNode[];
  taxes: { percent: string; gross: string; tax: string }[];
}

export interface RunNode {
  id: string;
  state: string;
  accounts: number;
  added: number;
  quarantined: number;
  waitingFor: { input: string }[];
  quarantine: { code: string }[];
  checks: { left: string; right: string }[];
}

const billFields = `id number kind period total dueOn pageUrl taxes { percent gross tax }
  lines { id card chargeClass amount discount net taxPercent explanation { result text } }`;
const runFields =
  'id state accounts added quarantined waitingFor { input } quarantine { code } checks { left right }';

/** What billing staff and counter ask, through the public API. */
export class Desk {
  constructor(private readonly endpoint: () => Endpoint) {}

  /** Published bills of an account, newest first. */
  async bills(accountId: string): Promise<BillNode[]> {
    const query = `query ($id: ID!) { bills(accountId: $id, first: 100) { nodes { ${billFields} } } }`;
    return (await this.ask<{ bills: { nodes: BillNode[] } }>(query, { id: accountId }, 'counter')).bills
      .nodes;
  }

  async run(id: string): Promise<RunNode> {
    const query = `query ($id: ID!) { billRun(id: $id) { ${runFields} } }`;
    return (await this.ask<{ billRun: RunNode }>(query, { id }, 'billing')).billRun;
  }

  /** The newest run of a period. */
  async latestRun(period: string): Promise<RunNode> {
    const query = `query ($period: String) { billRuns(period: $period, first: 1) { nodes { ${runFields} } } }`;
    const answer = await this.ask<{ billRuns: { nodes: RunNode[] } }>(query, { period }, 'billing');
    const [run] = answer.billRuns.nodes;
    if (!run) throw new Error(`no run of ${period}`);
    return run;
  }

  /** The answer as it is, errors included. */
  async startRun(input: object, key: string): Promise<GraphQLAnswer<{ startBillRun: RunNode }>> {
    const mutation = `mutation ($input: StartBillRunInput!, $key: String!) {
      startBillRun(input: $input, idempotencyKey: $key) { ${runFields} } }`;
    return this.endpoint().graphql(mutation, { input, key }, 'billing');
  }

  async ask<T>(query: string, variables: object, role: Role): Promise<T> {
    const { data, errors } = await this.endpoint().graphql<T>(query, variables, role);
    if (!data || errors) throw new Error(JSON.stringify(errors));
    return data;
  }
}
