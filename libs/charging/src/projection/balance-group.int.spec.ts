import type { AccountOpened } from '@ronghe/contracts';
import { DomainError, laneOf, newId } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { openAccount, publishDocuments, sellFamily, type Family } from '../family.fixture';
import { chargingDomain } from '../index';

/** Accounts whose balance group charging did not keep when they were opened. */

let operator: TestOperator;
const known = new Map<string, AccountOpened>();
let asked: string[] = [];
let isReachable = true;

beforeAll(async () => {
  operator = await startOperator({
    domains: [chargingDomain],
    startsAt: '2026-06-11T00:00:00+08:00',
    stubs: {
      queries: {
        'customer.getAccount': ({ accountId }) => {
          asked.push(accountId);
          if (!isReachable) throw new DomainError('projection_behind', 'unavailable', 'not yet');
          const account = known.get(accountId);
          if (!account) throw new DomainError('account_not_found', 'not_found', 'no such account');
          return account;
        },
      },
    },
  });
  await publishDocuments(operator);
});
afterAll(() => operator?.stop());
beforeEach(() => {
  asked = [];
  isReachable = true;
  known.clear();
});

/** Two accounts of one group, each with a main card, as they stood before groups were kept. */
async function sellOld(): Promise<[Family, Family]> {
  const balanceGroupId = newId();
  const more = { balanceGroupId, lane: laneOf(balanceGroupId) };
  const first = await sell(await openAccount(operator, more));
  const second = await sell(await openAccount(operator, more));
  for (const { account } of [first, second]) known.set(account.accountId, account);
  expect(await share(first, first, 'fixed')).toBeNull();
  await operator.sql(
    `with own as (update charging.sharing set balance_group_id = account_id where balance_group_id = $1)
     update charging.account set balance_group_id = account_id, is_group_known = false where balance_group_id = $1`,
    [balanceGroupId],
  );
  return [first, second];
}

async function sell(account: AccountOpened): Promise<Family> {
  const family = await sellFamily(operator, ['main', 'fixed'], { bundle: false, account });
  await operator.settle();
  return family;
}

async function share(owner: Family, member: Family, card = 'main'): Promise<unknown> {
  const answer = await operator.graphql(
    `mutation ($input: ShareAllowancesInput!, $key: String!) {
      shareAllowances(input: $input, idempotencyKey: $key) { effectiveFrom } }`,
    {
      input: {
        ownerProductId: owner.products['main']?.productId,
        memberProductId: member.products[card]?.productId,
        reason: 'family',
      },
      key: newId(),
    },
  );
  return answer.errors?.[0]?.extensions?.['code'] ?? null;
}

const groupsOf = (...families: Family[]) =>
  operator.sql<{ balance_group_id: string }>(
    'select distinct balance_group_id from charging.account where account_id = any($1::uuid[])',
    [families.map(({ account }) => account.accountId)],
  );

it('asks for the group of an account that has a stand-in, once, and lets it share then', async () => {
  const [first, second] = await sellOld();
  await operator.settle();
  expect([...asked].sort()).toEqual([first, second].map(({ account }) => account.accountId).sort());
  expect(await groupsOf(first, second)).toEqual([{ balance_group_id: first.account.balanceGroupId }]);
  // What it shared with itself went with it.
  expect(await share(first, first, 'fixed')).toBe('sharing_conflict');
  expect(await share(first, second)).toBeNull();
  await operator.settle();
  expect(asked).toHaveLength(2);
});

it('keeps the stand-in of an account that nobody knows, and asks no more', async () => {
  const [first, second] = await sellOld();
  known.clear();
  await operator.settle();
  expect(await groupsOf(first)).toEqual([{ balance_group_id: first.account.accountId }]);
  expect(await share(first, second)).toBe('sharing_accounts_differ');
  await operator.settle();
  expect(asked).toHaveLength(2);
});

it('takes the group from the opening when it is told again', async () => {
  isReachable = false;
  const [first, second] = await sellOld();
  for (const { account } of [first, second]) {
    const { accountId: aggregateId, lane } = account;
    await operator.publish('account.opened.v1', { aggregateId, lane, version: 2, payload: account });
  }
  await operator.settle();
  expect(await groupsOf(first, second)).toEqual([{ balance_group_id: first.account.balanceGroupId }]);
});
