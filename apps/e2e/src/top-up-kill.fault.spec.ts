import { ApiRefusal, applyDocuments, audit, OperatorApi, settle } from '@ronghe/journey';
import { allDomains } from '@ronghe/operator';
import { faultSeeds, randomFrom, spawnOperator, TEST_PASSWORD, type SpawnedOperator } from '@ronghe/testing';
import { registerParty } from './counter';
import { documentFiles } from './demonstration';

const TOP_UPS = 40;
const TRANSFERS = 20;
/** Yuan of each top-up: small enough to bring no bonus. */
const TOP_UP = 20;
const TRANSFER = 5;
const UNDISTURBED_MS = 1_500;
const AWAY_MS = 60_000;
const PAUSE_MS = 100;

/** Money that is booked and not granted, or taken and not given, when the process dies must arrive once. */
describe('kill -9 between booking and granting, taking and giving', () => {
  let operator: SpawnedOperator;
  let api: OperatorApi;

  beforeAll(async () => {
    operator = await spawnOperator({ shape: 'suite', domains: allDomains });
    api = new OperatorApi({ url: operator.url, password: TEST_PASSWORD });
    await applyDocuments(api, documentFiles());
    await settle(api);
  }, 180_000);
  afterAll(() => operator?.stop());

  it.each(faultSeeds())(
    'no yuan is lost or doubled: seed %i',
    async (seed) => {
      const random = randomFrom(seed);
      const [payer, friend] = await Promise.all(
        ['1', '2'].map((code) => registerParty(api, `${seed % 1_000_000}${code}`, 'PREPAID')),
      );
      if (!payer || !friend) throw new Error('nobody');
      await settle(api);
      const first = await topUp(payer.accountId, `${seed}/first`);
      expect(first).toBe('GRANTED');
      const work = [
        ...Array.from({ length: TOP_UPS }, (_, at) => topUp(payer.accountId, `${seed}/${at}`)),
        ...Array.from({ length: TRANSFERS }, (_, at) =>
          transfer(payer.accountId, friend.accountId, `${seed}/${at}`),
        ),
      ];
      await wait(random() * UNDISTURBED_MS);
      await operator.apps.get('suite')?.kill();
      await operator.restart('suite');
      const answers = await Promise.all(work);
      await settle(api);

      const given = answers.slice(TOP_UPS).filter((answer) => answer !== 'money_not_enough').length;
      expect(await freeOf(payer.accountId)).toBe((TOP_UPS + 1) * TOP_UP - given * TRANSFER);
      expect(await freeOf(friend.accountId)).toBe(given * TRANSFER);
      expect((await audit(api)).differences).toEqual([]);
    },
    180_000,
  );

  async function topUp(accountId: string, key: string): Promise<string> {
    const mutation = `mutation ($input: TopUpInput!, $key: String!) { topUp(input: $input, idempotencyKey: $key) { state } }`;
    const input = { accountId, amount: `${TOP_UP}.00`, method: 'CASH' };
    const { topUp: answer } = await untilAnswered(() =>
      api.graphql<{ topUp: { state: string } }>('counter', mutation, { input, key }),
    );
    return answer.state;
  }

  async function transfer(fromAccountId: string, toAccountId: string, key: string): Promise<string> {
    const mutation = `mutation ($input: TransferMoneyInput!, $key: String!) {
      transferMoney(input: $input, idempotencyKey: $key) { state } }`;
    const input = { fromAccountId, toAccountId, amount: `${TRANSFER}.00` };
    try {
      const { transferMoney } = await untilAnswered(() =>
        api.graphql<{ transferMoney: { state: string } }>('counter', mutation, { input, key }),
      );
      return transferMoney.state;
    } catch (error) {
      if (error instanceof ApiRefusal && error.code === 'money_not_enough') return error.code;
      throw error;
    }
  }

  async function freeOf(accountId: string): Promise<number> {
    const query = `query ($id: ID!) { account(accountId: $id) { money { exactFree } } }`;
    const { account } = await api.graphql<{ account: { money: { exactFree: string } } }>('counter', query, {
      id: accountId,
    });
    return Number(account.money.exactFree);
  }
});

/** Codes of refusals that say nothing of the command: a process is going or coming. */
const passing = ['busy', 'internal_error', 'unknown', 'database_unavailable', 'peer_unavailable'];

/** Repeats a call with the same key until somebody answers: the operator is away for a while. */
async function untilAnswered<T>(call: () => Promise<T>): Promise<T> {
  const giveUpAt = Date.now() + AWAY_MS;
  for (;;) {
    try {
      return await call();
    } catch (error) {
      const isFinal = error instanceof ApiRefusal && !passing.includes(error.code);
      if (isFinal || Date.now() > giveUpAt) throw error;
      await wait(PAUSE_MS);
    }
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
