import { Command } from 'commander';
import { findRun, newKey } from '../bill-run-api';
import { RUN_FIELDS, runText } from '../bill-run-text';
import { connect, type ConnectionOptions } from '../connection';

interface Decision {
  name: string;
  mutation: string;
  description: string;
  needsReason: boolean;
}

export const RUN_DECISIONS: readonly Decision[] = [
  {
    name: 'pause',
    mutation: 'pauseBillRun',
    description: 'Have a run stand still where it is; a waiting one does not start by itself.',
    needsReason: false,
  },
  { name: 'resume', mutation: 'resumeBillRun', description: 'Have a paused run go on.', needsReason: false },
  {
    name: 'cancel',
    mutation: 'cancelBillRun',
    description: 'Give a run up before its bills have numbers; its drafts are void.',
    needsReason: true,
  },
  {
    name: 'confirm',
    mutation: 'confirmBillRun',
    description: 'Confirm a run that waits for somebody; its bills are numbered and published.',
    needsReason: false,
  },
  {
    name: 'reject',
    mutation: 'rejectBillRun',
    description: 'Reject a run that waits for somebody; its drafts are void.',
    needsReason: true,
  },
];

/** What somebody decides about a run, the release of an account from its quarantine, and a bill outside the cycle. */
export function billRunDecisions(): Command[] {
  return [...RUN_DECISIONS.map(decisionCommand), releaseCommand(), nowCommand()];
}

/** The operation that a decision is at the public API. */
export function decisionMutation({ mutation, needsReason }: Decision): string {
  const [declared, given] = needsReason ? [', $reason: String!', ', reason: $reason'] : ['', ''];
  return `mutation ($id: ID!, $key: String!${declared}) { ${mutation}(id: $id${given}, idempotencyKey: $key) { ${RUN_FIELDS} } }`;
}

export const RELEASE_MUTATION = `mutation ($runId: ID!, $accountId: ID!, $key: String!) {
  releaseQuarantine(runId: $runId, accountId: $accountId, idempotencyKey: $key) { id } }`;

export const NOW_MUTATION = `mutation ($input: BillNowInput!, $key: String!) {
  billNow(input: $input, idempotencyKey: $key) { id number total } }`;

function nowCommand(): Command {
  return new Command('now')
    .description(
      "Bill an account outside its cycle: the open period through today; the cycle's bill has the rest.",
    )
    .argument('<account>', 'id of the account')
    .option('--one-time', 'only charges that come once')
    .action(async (accountId: string, options: ConnectionOptions & { oneTime?: boolean }) => {
      const input = { accountId, scope: options.oneTime ? 'ONE_TIME' : 'SO_FAR' };
      const { billNow } = await connect(options).graphql<{
        billNow: { id: string; number: string; total: string }[];
      }>('billing', NOW_MUTATION, { input, key: newKey() });
      for (const { number, total, id } of billNow) console.log(`${number}  ${total}  ${id}`);
    });
}

function decisionCommand(decision: Decision): Command {
  const command = new Command(decision.name)
    .description(decision.description)
    .argument('<run>', 'id of the run');
  if (decision.needsReason) command.requiredOption('--reason <text>', 'why; it is recorded with the run');
  return command.action(async (id: string, options: ConnectionOptions & { reason?: string }) => {
    const api = connect(options);
    const { reason } = options;
    await api.graphql('billing', decisionMutation(decision), {
      id,
      key: newKey(),
      ...(decision.needsReason ? { reason } : {}),
    });
    console.log(runText(await findRun(api, id)));
  });
}

function releaseCommand(): Command {
  return new Command('release')
    .description(
      "Have a quarantined account's billing group tried again by its run, once the cause is mended.",
    )
    .argument('<run>', 'id of the run')
    .argument('<account>', 'id of an account of the group')
    .action(async (runId: string, accountId: string, options: ConnectionOptions) => {
      const api = connect(options);
      await api.graphql('billing', RELEASE_MUTATION, { runId, accountId, key: newKey() });
      console.log(runText(await findRun(api, runId)));
    });
}
