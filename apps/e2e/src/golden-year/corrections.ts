import type { OperatorApi } from '@ronghe/journey';
import type { StoryLine } from './story';

/** A line of a bill by its place, from 1. */
export interface LineOfBill {
  billId: string;
  no: number;
}

/** Takes a part of a line back. */
export async function creditLine(
  api: OperatorApi,
  { billId, no }: LineOfBill,
  { amount, reason }: StoryLine,
  key: string,
): Promise<void> {
  await api.graphql(
    'billing',
    `mutation ($input: IssueCreditNoteInput!, $key: String!) {
       issueCreditNote(input: $input, idempotencyKey: $key) { id } }`,
    { input: { billId, reason, lines: [{ no, amount }] }, key },
  );
}

/** Takes down that a part of a line is not accepted. */
export async function disputeLine(
  api: OperatorApi,
  accountId: string,
  { billId, no }: LineOfBill,
  { amount, reason }: StoryLine,
  key: string,
): Promise<void> {
  await api.graphql(
    'billing',
    'mutation ($input: OpenDisputeInput!, $key: String!) { openDispute(input: $input, idempotencyKey: $key) { disputeId } }',
    { input: { accountId, billId, lineNo: no, amount, reason }, key },
  );
}

/** Accepts the open dispute of an account with that reason. */
export async function acceptDispute(
  api: OperatorApi,
  accountId: string,
  reason: string,
  key: string,
): Promise<void> {
  const { account } = await api.graphql<{
    account: { disputes: { disputeId: string; reason: string; state: string }[] };
  }>('billing', 'query ($id: ID!) { account(accountId: $id) { disputes { disputeId reason state } } }', {
    id: accountId,
  });
  const dispute = account.disputes.find((each) => each.reason === reason);
  if (!dispute) throw new Error(`no dispute for ${reason}`);
  await api.graphql(
    'billing',
    `mutation ($input: ResolveDisputeInput!, $key: String!) {
       resolveDispute(input: $input, idempotencyKey: $key) { state } }`,
    { input: { disputeId: dispute.disputeId, accepted: true, reason }, key },
  );
}

/** What dunning has done in the newest case of a service class: the states that it came to, or the kind of a step back. */
export async function stepsOfDunning(
  api: OperatorApi,
  accountId: string,
  service: string,
): Promise<string[]> {
  const { account } = await api.graphql<{
    account: {
      dunning: {
        cases: { service: string; openedAt: string; steps: { kind: string; state: string | null }[] }[];
      } | null;
    };
  }>(
    'counter',
    `query ($id: ID!) { account(accountId: $id) { dunning { cases {
       service openedAt steps { kind state } } } } }`,
    { id: accountId },
  );
  const cases = (account.dunning?.cases ?? []).filter((each) => each.service === service.toUpperCase());
  const newest = cases.sort((a, b) => b.openedAt.localeCompare(a.openedAt))[0];
  return (newest?.steps ?? []).map(({ kind, state }) => state ?? kind);
}
