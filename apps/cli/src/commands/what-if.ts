import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { newId } from '@ronghe/kernel';
import { ApiRefusal } from '@ronghe/journey';
import { Command } from 'commander';
import { connect, withConnection, type ConnectionOptions } from '../connection';
import { untilEnded } from '../poll';
import { FIELDS, whatIfText, type WhatIfAnswer } from '../what-if-text';

interface WhatIfOptions extends ConnectionOptions {
  documents?: string;
  period: string;
  replace: string[];
  json?: string;
}

/** `ronghe what-if`: draft documents over a period's real usage; nothing of what was rated is written. */
export function whatIfCommand(): Command {
  const command = new Command('what-if')
    .description("Try draft documents over a period's real usage: revenue and what each customer would pay.")
    .option('--documents <folder>', 'folder with draft YAML documents; a name that is live is replaced')
    .requiredOption('--period <period>', 'bill period, e.g. 2026-06')
    .option(
      '--replace <code=draft>',
      'charge products of one offer by another; may be repeated',
      (value: string, all: string[]) => [...all, value],
      [],
    )
    .option('--json <file>', 'write the whole answer there');
  return withConnection(command).action(async (options: WhatIfOptions) => {
    const api = connect(options);
    const input = {
      period: options.period,
      files: options.documents === undefined ? [] : draftFiles(options.documents),
      replacements: options.replace.map((pair) => {
        const [offering = '', by = ''] = pair.split('=');
        return { offering, by };
      }),
    };
    const { startWhatIf } = await api
      .graphql<{ startWhatIf: { whatIfId: string } }>(
        'billing',
        `mutation ($input: WhatIfInput!, $key: String!) {
           startWhatIf(input: $input, idempotencyKey: $key) { whatIfId } }`,
        { input, key: `cli/${newId()}` },
      )
      .catch((error: unknown) => {
        const problems = error instanceof ApiRefusal ? error.details['problems'] : undefined;
        if (Array.isArray(problems)) for (const problem of problems as string[]) console.error(problem);
        throw error;
      });
    const query = `query ($id: ID!) { whatIf(whatIfId: $id) { ${FIELDS} } }`;
    const ask = async (): Promise<WhatIfAnswer> =>
      (await api.graphql<{ whatIf: WhatIfAnswer }>('billing', query, { id: startWhatIf.whatIfId })).whatIf;
    const trial = await untilEnded(ask, ({ state }) => state === 'RUNNING');
    if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(trial, null, 2)}\n`);
    console.log(whatIfText(trial));
  });
}

/** The drafts of a folder; each takes the place of the live document of its folder and name. */
function draftFiles(folder: string): { path: string; text: string }[] {
  const under = basename(folder) === 'policy' ? 'policy' : 'catalog';
  return readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => ({ path: `${under}/${name}`, text: readFileSync(join(folder, name), 'utf8') }));
}
