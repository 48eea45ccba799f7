import { Command } from 'commander';
import { connect, withConnection, type ConnectionOptions } from '../connection';
import { counted } from '../counted';
import { ACCOUNT_QUERY, dunningText, SUMMARY_QUERY, type AccountStanding } from '../dunning-text';
import { textTable } from '../text-table';

interface Summary {
  cases: { service: string; stop: string; cases: number }[];
  stopsWaiting: number;
  stopsStuck: number;
  lateFeesRefused: number;
}

/** `ronghe dunning [ACCOUNT]`: dunning at a glance, or where one account stands and what comes next. */
export function dunningCommand(): Command {
  const command = new Command('dunning')
    .description(
      'Show open cases of dunning and what is stuck; of one account, its steps and what comes next.',
    )
    .argument('[account]', "the account's id")
    .option('--json', 'print JSON')
    .action(async (accountId: string | undefined, options: ConnectionOptions & { json?: boolean }) => {
      const api = connect(options);
      if (accountId === undefined) {
        const { dunningSummary } = await api.graphql<{ dunningSummary: Summary }>(
          'operations',
          SUMMARY_QUERY,
        );
        if (options.json) console.log(JSON.stringify(dunningSummary));
        else printSummary(dunningSummary);
        return;
      }
      const { account } = await api.graphql<{ account: AccountStanding | null }>(
        'operations',
        ACCOUNT_QUERY,
        {
          id: accountId,
        },
      );
      console.log(options.json ? JSON.stringify(account) : dunningText(account));
      if (!account) process.exitCode = 1;
    });
  return withConnection(command);
}

function printSummary({ cases, stopsWaiting, stopsStuck, lateFeesRefused }: Summary): void {
  const rows = cases.map(({ service, stop, cases: count }) => [service, stop, count]);
  console.log(textTable(['service', 'stop', 'cases'], rows, ['cases']));
  console.log(
    `${counted(stopsWaiting, 'product waits', 'products wait')} for an order, ` +
      `${counted(stopsStuck, 'of them needs', 'of them need')} a person`,
  );
  console.log(`${counted(lateFeesRefused, 'late fee was', 'late fees were')} refused by billing`);
}
