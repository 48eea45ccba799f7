import { writeFileSync } from 'node:fs';
import { newId } from '@ronghe/kernel';
import { ApiRefusal } from '@ronghe/journey';
import { Command, InvalidArgumentError } from 'commander';
import { connect, withConnection, type ConnectionOptions } from '../connection';
import { untilEnded } from '../poll';
import { readDocumentFolder } from '../repository-files';
import { FIELDS, whatIfText, type WhatIfAnswer } from '../what-if-text';

interface Replacement {
  offering: string;
  by: string;
}

interface WhatIfOptions extends ConnectionOptions {
  documents?: string;
  period: string;
  replace: Replacement[];
  json?: string;
}

/** `ronghe what-if`: draft documents over a period's real usage; nothing of what was rated is written. */
export function whatIfCommand(): Command {
  const command = new Command('what-if')
    .description("Try draft documents over a period's real usage: revenue and what each customer would pay.")
    .option(
      '--documents <folder>',
      'folder with draft YAML documents (offers, tariffs, discounts, zone plans), or with folders catalog and policy; a draft replaces the live document of its name. Without it, what is live is shown',
    )
    .requiredOption('--period <period>', 'bill period, e.g. 2026-06')
    .option(
      '--replace <code=draft>',
      'charge products of one offer by another, drafted or live, e.g. mobile-5g-129=mobile-5g-169; may be repeated',
      (value: string, all: Replacement[]) => [...all, replacementOf(value)],
      [],
    )
    .option('--json <file>', 'write the whole answer there');
  return withConnection(command).action(async (options: WhatIfOptions) => {
    const api = connect(options);
    const input = {
      period: options.period,
      files: options.documents === undefined ? [] : readDocumentFolder(options.documents),
      replacements: options.replace,
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

function replacementOf(pair: string): Replacement {
  const [offering, by] = pair.split('=');
  if (!offering || !by)
    throw new InvalidArgumentError('Write OFFER=DRAFT, e.g. mobile-5g-129=mobile-5g-169.');
  return { offering, by };
}
