import { createHmac, randomUUID } from 'node:crypto';
import type { OperatorApi } from '@ronghe/journey';
import { answerOrCode, untilAnswered } from './killed-while';

/** What customers and staff do with bills within a month; every call is repeated until it is answered. */

export const GATEWAY_SECRET = 'a gateway secret that is long enough';

export interface OpenBill {
  id: string;
  number: string;
  total: string;
  dueOn: string;
}

/** An account's bills without its credit notes, the newest first. */
export async function billsOf(api: OperatorApi, accountId: string): Promise<OpenBill[]> {
  const { bills } = await api.graphql<{ bills: { nodes: (OpenBill & { kind: string })[] } }>(
    'billing',
    'query ($accountId: ID!) { bills(accountId: $accountId, first: 50) { nodes { id number kind total dueOn } } }',
    { accountId },
  );
  return bills.nodes.filter(({ kind }) => kind === 'BILL');
}

/** @throws Error when there is none. */
export async function newestBill(api: OperatorApi, accountId: string): Promise<OpenBill> {
  const [bill] = await billsOf(api, accountId);
  if (!bill) throw new Error(`no bill of ${accountId}`);
  return bill;
}

/** What being late has cost, by bill. */
export async function lateFeesOf(
  api: OperatorApi,
  accountId: string,
): Promise<{ number: string; accrued: string; charged: string; toCharge: string }[]> {
  const query =
    'query ($id: ID!) { account(accountId: $id) { lateFees { number accrued charged toCharge } } }';
  const { account } = await api.graphql<{
    account: { lateFees: { number: string; accrued: string; charged: string; toCharge: string }[] };
  }>('counter', query, { id: accountId });
  return account.lateFees;
}

/** What an account owes in all, in yuan. */
export async function balanceOf(api: OperatorApi, accountId: string): Promise<string> {
  const query = 'query ($id: ID!) { account(accountId: $id) { balance } }';
  return (await api.graphql<{ account: { balance: string } }>('counter', query, { id: accountId })).account
    .balance;
}

/** What came of a statement's lines. */
export interface ImportedStatement {
  lines: number;
  matched: number;
  unmatched: number;
  duplicates: number;
}

/** Sends a bank statement: so much money each, for whom. Sent again until it is taken. */
export function importStatement(
  api: OperatorApi,
  name: string,
  receipts: readonly { amount: string; remark: string }[],
  day: string,
): Promise<ImportedStatement> {
  const lines = receipts.map(({ amount, remark }, at) => `${name}-${at},${day},${amount},Wang,${remark},`);
  const csv = ['交易流水号,交易日期,收入金额,对方户名,附言,摘要', ...lines].join('\n');
  const path = `/payments/statements?source=bank-statement&name=${name}.csv`;
  return untilAnswered(() => api.upload<ImportedStatement>('billing', path, csv, 'text/csv', name));
}

/** A gateway reports a payment, signed with a secret; returns the status of the answer once there is one. */
export function reportPayment(
  url: string,
  payment: { transactionId: string; accountId: string; amount: string; paidAt: string },
  secret = GATEWAY_SECRET,
): Promise<number> {
  const body = JSON.stringify({ ...payment, status: 'succeeded', currency: 'CNY' });
  return untilAnswered(async () => {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const digest = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
    const { status } = await fetch(`${url}/payments/callbacks/wechat`, {
      method: 'POST',
      headers: {
        ...{ 'content-type': 'application/json', 'x-ronghe-timestamp': timestamp },
        'x-ronghe-signature': `v1=${digest}`,
      },
      body,
    });
    if (status >= 500) throw new Error(`the operator answers ${status}`);
    return status;
  });
}

/** Two clerks credit the same line at once, each more than half of it; returns the total, or the code of the refusal, of each. */
export function creditTwice(api: OperatorApi, billId: string, amount: string): Promise<string[]> {
  const mutation = `mutation ($input: IssueCreditNoteInput!, $key: String!) {
    issueCreditNote(input: $input, idempotencyKey: $key) { total } }`;
  const input = { billId, reason: 'complaint', lines: [{ no: 1, amount }] };
  const issue = async (): Promise<string> => {
    const key = randomUUID();
    const answer = await answerOrCode(() =>
      api.graphql<{ issueCreditNote: { total: string } }>('billing', mutation, { input, key }),
    );
    return typeof answer === 'string' ? answer : answer.issueCreditNote.total;
  };
  return Promise.all([issue(), issue()]);
}

/** The steps that dunning has taken with an account's mobile service, oldest first: `STOP outgoing-stop`. */
export async function stepsOf(api: OperatorApi, accountId: string): Promise<string[][]> {
  const query = `query ($id: ID!) { account(accountId: $id) { dunning { cases { steps { kind state } } } } }`;
  const { account } = await api.graphql<{
    account: { dunning: { cases: { steps: { kind: string; state: string | null }[] }[] } | null };
  }>('counter', query, { id: accountId });
  return (account.dunning?.cases ?? []).map(({ steps }) =>
    steps.map(({ kind, state }) => [kind, state].filter(Boolean).join(' ')),
  );
}
