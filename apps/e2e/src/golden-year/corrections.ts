import type { OperatorApi } from '@ronghe/journey';
import { booksOf } from './books';
import type { StoryLine } from './story';

/** A line of a bill by its place, from 1. */
export interface LineOfBill {
  billId: string;
  no: number;
}

/** Finds a line on the bill of its month. @throws Error when there is none */
export async function lineOf(
  api: OperatorApi,
  accountId: string,
  { period, card, chargeClass }: StoryLine,
): Promise<LineOfBill> {
  const bill = (await booksOf(api, accountId)).find((each) => each.kind === 'BILL' && each.period === period);
  const place = bill?.lines.findIndex(
    (each) => each.card === card && each.chargeClass === chargeClass && each.servicePeriod === period,
  );
  if (!bill || place === undefined || place < 0) throw new Error(`no ${card} ${chargeClass} in ${period}`);
  return { billId: bill.id, no: place + 1 };
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
