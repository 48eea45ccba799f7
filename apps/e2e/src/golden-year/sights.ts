import type { OperatorApi } from '@ronghe/journey';
import { barringAt } from '../blocks';
import { contractOf } from '../plan-changes';
import type { StoryEvent } from './story';

/** What the family should see at a moment, and what it sees. */
export interface Sight {
  expected: unknown;
  seen: unknown;
}

/** Where to look. */
interface Outlook {
  api: OperatorApi;
  simulatorUrl: string;
  accountId: string;
  productOf: (card: string) => string;
}

/** Looks at what an event says that the family sees; null where it says nothing. */
export async function lookAt(
  { on, sees, dunned, leaving }: StoryEvent,
  { api, simulatorUrl, accountId, productOf }: Outlook,
): Promise<Sight | null> {
  const seen: [string, unknown][] = [];
  for (const card of Object.keys(sees ?? {})) {
    seen.push([card, (await barringAt(simulatorUrl, elementOf(card), productOf(card))) ?? 'gone']);
  }
  for (const service of Object.keys(dunned ?? {})) {
    seen.push([service, await stepsOfDunning(api, accountId, service)]);
  }
  for (const card of Object.keys(leaving ?? {})) {
    const contract = await contractOf(api, productOf(card));
    seen.push([card, contract && { served: String(contract.monthsServed), fee: contract.terminationFee }]);
  }
  const expected = { ...sees, ...dunned, ...leaving };
  return seen.length === 0 ? null : { expected: [on, expected], seen: [on, Object.fromEntries(seen)] };
}

function elementOf(card: string): string {
  if (card === 'broadband') return 'olt';
  return card === 'fixed' ? 'ims' : 'hlr';
}

/** What dunning has done in the newest case of a service class: the states that it came to, or the kind of a step back. */
async function stepsOfDunning(api: OperatorApi, accountId: string, service: string): Promise<string[]> {
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
