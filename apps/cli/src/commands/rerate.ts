import { newId } from '@ronghe/kernel';
import { Command } from 'commander';
import { connect, withConnection, type ConnectionOptions } from '../connection';
import { untilEnded } from '../poll';
import { FIELDS, reratingText, type ReratingAnswer } from '../rerating-text';

interface ScopeOptions extends ConnectionOptions {
  account?: string;
  offer?: string;
  version?: string;
  from?: string;
  to?: string;
  class?: string;
  source?: string;
  reason: string;
  json?: boolean;
}

/** `ronghe rerate preview`, `show`, `apply`, `cancel`: rates usage again after a price was mended. */
export function rerateCommand(): Command {
  return new Command('rerate')
    .description('Rate usage again after a price was mended: preview what changes, then apply it.')
    .addCommand(previewCommand())
    .addCommand(onRequest('show', 'Show a re-rating.', null))
    .addCommand(onRequest('apply', 'Apply a previewed re-rating and wait until it is done.', 'applyRerating'))
    .addCommand(onRequest('again', 'Preview a re-rating anew.', 'previewReratingAgain'))
    .addCommand(onRequest('cancel', 'Give a re-rating up.', 'cancelRerating'));
}

function previewCommand(): Command {
  const command = new Command('preview')
    .description(
      'Compute what rating again would change; nothing but the report is written. Name at least an account, an offer or --from.',
    )
    .option('--account <id>', 'only this account')
    .option('--offer <code>', 'only accounts with a product of this offer')
    .option('--version <number>', 'only of this version of the offer')
    .option('--from <instant>', 'only periods with usage from here, e.g. 2026-06-01T00:00:00+08:00')
    .option('--to <instant>', 'and before this')
    .option('--class <class>', 'only periods with usage of this class: voice, sms, data')
    .option('--source <source>', 'only periods with usage of this source; nchf for online sessions')
    .option('--reason <text>', 'why', 'asked for at the command line')
    .option('--json', 'print the answer as JSON');
  return withConnection(command).action(async (options: ScopeOptions) => {
    if ([options.account, options.offer, options.from].every((each) => each === undefined))
      command.error(
        'error: say what is rated again: --account, --offer or --from (others narrow it further)',
      );
    const input = {
      accountId: options.account ?? null,
      offeringCode: options.offer ?? null,
      offeringVersion: options.version === undefined ? null : Number(options.version),
      usedFrom: options.from ?? null,
      usedTo: options.to ?? null,
      usageClass: options.class?.toUpperCase() ?? null,
      source: options.source ?? null,
      reason: options.reason,
    };
    const { previewRerating } = await connect(options).graphql<{ previewRerating: { reratingId: string } }>(
      'billing',
      `mutation ($input: ReratingInput!, $key: String!) {
         previewRerating(input: $input, idempotencyKey: $key) { reratingId } }`,
      { input, key: `cli/${newId()}` },
    );
    await print(previewRerating.reratingId, options);
  });
}

function onRequest(name: string, description: string, mutation: string | null): Command {
  const command = new Command(name)
    .description(description)
    .argument('<id>', 'the re-rating')
    .option('--json', 'print the answer as JSON');
  return withConnection(command).action(
    async (reratingId: string, options: ConnectionOptions & { json?: boolean }) => {
      if (mutation !== null) {
        await connect(options).graphql(
          'billing',
          `mutation ($id: ID!, $key: String!) { ${mutation}(reratingId: $id, idempotencyKey: $key) { state } }`,
          { id: reratingId, key: `cli/${newId()}` },
        );
      }
      await print(reratingId, options);
    },
  );
}

/** Waits for the running step and prints the report. */
async function print(reratingId: string, options: ConnectionOptions & { json?: boolean }): Promise<void> {
  const api = connect(options);
  const ask = async (): Promise<ReratingAnswer> => {
    const query = `query ($id: ID!) { rerating(reratingId: $id) { ${FIELDS} } }`;
    const { rerating } = await api.graphql<{ rerating: ReratingAnswer | null }>('billing', query, {
      id: reratingId,
    });
    if (!rerating)
      throw Object.assign(new Error(`there is no re-rating ${reratingId}`), { code: 'not_found' });
    return rerating;
  };
  const isRunning = ({ state }: ReratingAnswer): boolean => state === 'PREVIEWING' || state === 'APPLYING';
  const rerating = await untilEnded(ask, isRunning);
  console.log(options.json ? JSON.stringify(rerating, null, 2) : reratingText(rerating));
}
