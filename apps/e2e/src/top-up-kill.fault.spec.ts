import {
  ApiRefusal,
  applyDocuments,
  audit,
  closeSource,
  midnight,
  moveClock,
  OperatorApi,
  settle,
} from '@ronghe/journey';
import { addMonthsClamped, parseLocalDate } from '@ronghe/kernel';
import { allDomains } from '@ronghe/operator';
import { faultSeeds, randomFrom, spawnOperator, TEST_PASSWORD, type SpawnedOperator } from '@ronghe/testing';
import { Client } from 'pg';
import { placeOrder, registerParty } from './counter';
import { documentFiles } from './demonstration';
import { untilAnswered, wait } from './killed-while';
import { stockHall } from './stock';

const TOP_UPS = 40;
const TRANSFERS = 20;
/** Yuan of each top-up: small enough to bring no bonus. */
const TOP_UP = 20;
const TRANSFER = 5;
const UNDISTURBED_MS = 1_500;
/** Prepaid cards of which each statement gives something back. */
const CARDS = 16;
const GIVEN_BACK = 3;
const FUNDS = 60;
/** The first statement to be settled is seen within so long; then the kill comes while charging is asked. */
const SETTLING_MS = 60;
const SEEN_EVERY_MS = 3;
const GIVE_UP_MS = 60_000;
/** A month passes for each seed. */
const SETTLED_SHARE = 0.5;

/** Known only when the period is over, so that it moves money with the statement. */
const THANKS = `kind: discount
code: thanks
version: 1
effectiveFrom: 2026-01-01
label: { en: Thanks, zh-CN: 回馈 }
scope: account
when: [{ ownsAtLeast: { specification: mobile-prepaid, count: 1 } }]
takes: ${GIVEN_BACK}.00
on: { chargeClasses: [plan fee] }
priority: 100
prepaid: at period end
`;

/** Money that is booked and not granted, or taken and not given, when the process dies must arrive once. */
describe('kill -9 between booking and granting, taking and giving', () => {
  let operator: SpawnedOperator;
  let api: OperatorApi;

  beforeAll(async () => {
    operator = await spawnOperator({ shape: 'suite', domains: allDomains });
    api = new OperatorApi({ url: operator.url, password: TEST_PASSWORD });
    await applyDocuments(api, [...documentFiles(), { path: 'policy/thanks.yaml', text: THANKS }]);
    await stockHall(api, { sims: CARDS });
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

  describe('and while statements are settled', () => {
    const accounts: string[] = [];
    let month = parseLocalDate('2026-06-01');

    beforeAll(async () => {
      const parties = await Promise.all(
        Array.from({ length: CARDS }, (_, at) => registerParty(api, `77${at}`, 'PREPAID')),
      );
      await settle(api);
      for (const [at, party] of parties.entries()) {
        accounts.push(party.accountId);
        await topUp(party.accountId, `funds/${at}`, FUNDS);
        await placeOrder(api, party, `77${at}`, { offerings: ['prepaid-8'] });
      }
      await settle(api);
    }, 120_000);

    it.each(faultSeeds(SETTLED_SHARE))(
      'each is settled once: seed %i',
      async (seed) => {
        const random = randomFrom(seed);
        const end = addMonthsClamped(month, 1, 1);
        await moveClock(api, midnight(end));
        const database = new Client({ connectionString: operator.databaseUrl });
        await database.connect();
        try {
          const known = await count(database, `billing.settlement`);
          const closing = untilAnswered(() => closeSource(api, midnight(end), `close/${end}`));
          closing.catch(() => undefined);
          const giveUpAt = Date.now() + GIVE_UP_MS;
          while ((await count(database, `billing.settlement`)) === known && Date.now() < giveUpAt)
            await wait(SEEN_EVERY_MS);
          await wait(random() * SETTLING_MS);
          await operator.apps.get('suite')?.kill();
          await operator.restart('suite');
          await closing;
          await settle(api);

          const { rows } = await database.query<{ account_id: string; settled: string[] }>(
            `select account_id, array_agg(delta::text) as settled from charging.money_entry
             where kind = 'settle' and reference in (select 'statement/' || bill_id from billing.bill where period = $1)
             group by account_id`,
            [month.slice(0, 7)],
          );
          const settled = new Map(rows.map((row) => [row.account_id, row.settled]));
          const once = [`${GIVEN_BACK}000000`];
          expect(accounts.map((accountId) => settled.get(accountId))).toEqual(accounts.map(() => once));
          expect(await count(database, `billing.settlement where settled_at is null`)).toBe(0);
        } finally {
          await database.end();
        }
        expect((await audit(api)).differences).toEqual([]);
        month = end;
      },
      180_000,
    );
  });

  async function count(database: Client, of: string): Promise<number> {
    const { rows } = await database.query<{ count: number }>(`select count(*)::integer as count from ${of}`);
    return rows[0]?.count ?? 0;
  }

  async function topUp(accountId: string, key: string, yuan = TOP_UP): Promise<string> {
    const mutation = `mutation ($input: TopUpInput!, $key: String!) { topUp(input: $input, idempotencyKey: $key) { state } }`;
    const input = { accountId, amount: `${yuan}.00`, method: 'CASH' };
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
