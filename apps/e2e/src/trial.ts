import { settle, type DocumentFile, type OperatorApi } from '@ronghe/journey';

interface Change {
  before: string;
  after: string;
  delta: string;
}

/** What the API says of a trial of drafts. */
export interface Trial {
  state: string;
  policies: string[];
  replacements: { offering: string; by: string }[];
  figures: Record<'revenue' | 'usage' | 'fees' | 'discounts' | 'rounding', Change> & {
    lines: (Change & { offeringCode: string; kind: string; chargeCode: string })[];
    accounts: {
      changed: number;
      problems: number;
      mostRising: (Change & { accountId: string })[];
      mostFalling: (Change & { accountId: string })[];
    };
  };
}

const CHANGE = '{ before after delta }';
const FIELDS = `state policies replacements { offering by } figures { revenue ${CHANGE} usage ${CHANGE} fees ${CHANGE}
  discounts ${CHANGE} rounding ${CHANGE} lines { offeringCode kind chargeCode before after delta }
  accounts { changed problems mostRising { accountId before after delta } mostFalling { accountId before after delta } } }`;

let trials = 0;

/** Tries drafts on a period and waits for the result; without drafts it is the period as it was. */
export async function tryDrafts(
  api: OperatorApi,
  period: string,
  files: DocumentFile[] = [],
): Promise<Trial> {
  const { startWhatIf } = await api.graphql<{ startWhatIf: { whatIfId: string } }>(
    'billing',
    `mutation ($input: WhatIfInput!, $key: String!) { startWhatIf(input: $input, idempotencyKey: $key) { whatIfId } }`,
    { input: { period, files, replacements: [] }, key: `trial ${(trials += 1)}` },
  );
  await settle(api);
  const query = `query ($id: ID!) { whatIf(whatIfId: $id) { ${FIELDS} } }`;
  const { whatIf } = await api.graphql<{ whatIf: Trial }>('billing', query, { id: startWhatIf.whatIfId });
  if (whatIf.state !== 'DONE') throw new Error(`the trial of ${period} is ${whatIf.state}`);
  return whatIf;
}
