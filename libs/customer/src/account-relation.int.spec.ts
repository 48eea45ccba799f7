import { Transactions } from '@ronghe/platform';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { CustomerAudit } from './customer-audit.service';
import { customerDomain } from './index';

const REGISTER = `mutation ($input: RegisterCustomerInput!, $key: String!) {
  registerCustomer(input: $input, idempotencyKey: $key) { customerId } }`;
const OPEN = `mutation ($input: OpenAccountInput!, $key: String!) {
  openAccount(input: $input, idempotencyKey: $key) { accountId balanceGroupId billDay zone } }`;
const fields = `relationId kind ownerAccountId memberAccountId percent limit chargeClasses memberPays effectiveFrom effectiveTo`;
const RELATE = `mutation ($input: RelateAccountsInput!, $key: String!) {
  relateAccounts(input: $input, idempotencyKey: $key) { ${fields} } }`;
const END = `mutation ($input: EndAccountRelationInput!, $key: String!) {
  endAccountRelation(input: $input, idempotencyKey: $key) { ${fields} } }`;

interface Relation {
  relationId: string;
  ownerAccountId: string;
  effectiveTo: string | null;
}
interface Opened {
  openAccount: { accountId: string; balanceGroupId: string; billDay: number };
}

let operator: TestOperator;
let serial = 0;
const nextKey = () => `key-${(serial += 1)}`;
let customerId = '';

beforeAll(async () => {
  operator = await startOperator({ domains: [customerDomain], startsAt: '2026-07-10T00:00:00+08:00' });
  const identityDocument = { kind: 'PASSPORT', number: 'E7654321', issuingCountry: 'DE' };
  const answer = await operator.graphql<{ registerCustomer: { customerId: string } }>(
    REGISTER,
    { input: { name: 'Somebody Tied', identityDocument }, key: nextKey() },
    'counter',
  );
  customerId = answer.data?.registerCustomer.customerId ?? '';
});
afterAll(() => operator?.stop());

async function opened(part: object = {}): Promise<Opened['openAccount']> {
  const input = { customerId, ...part };
  const { data, errors } = await operator.graphql<Opened>(OPEN, { input, key: nextKey() }, 'counter');
  if (!data) throw new Error(JSON.stringify(errors));
  return data.openAccount;
}

async function relate(ownerAccountId: string, memberAccountId: string, terms: object) {
  const input = { ownerAccountId, memberAccountId, cause: 'agreed', ...terms };
  const variables = { input, key: nextKey() };
  return operator.graphql<{ relateAccounts: Relation }>(RELATE, variables, 'counter');
}

const codeOf = (answer: { errors?: { extensions: { code: string } }[] }) =>
  answer.errors?.[0]?.extensions.code ?? 'allowed';
const sponsored = { kind: 'SPONSORSHIP', percent: '60', limit: '100' };

it('opens an account beside another one, in its lane and with its bill day', async () => {
  const owner = await opened({ billDay: 20 });
  const member = await opened({ billedWithAccountId: owner.accountId });
  expect(member.billDay).toBe(20);
  expect(member.balanceGroupId).not.toBe(owner.balanceGroupId);
  const lanes = await operator.sql<{ lane: number }>(
    `select lane from customer.balance_group where id = any($1)`,
    [[owner.balanceGroupId, member.balanceGroupId]],
  );
  expect(new Set(lanes.map(({ lane }) => lane)).size).toBe(1);
});

it('ties accounts and tells of it, once for the same key', async () => {
  const owner = await opened();
  const member = await opened({ billedWithAccountId: owner.accountId });
  const input = {
    ...{ ...sponsored, ownerAccountId: owner.accountId, memberAccountId: member.accountId },
    ...{ chargeClasses: ['plan fee'], cause: 'hired' },
  };
  const variables = { input, key: nextKey() };
  const first = await operator.graphql<{ relateAccounts: Relation }>(RELATE, variables, 'counter');
  expect(first.data?.relateAccounts).toMatchObject({
    kind: 'SPONSORSHIP',
    percent: '60',
    limit: '100.00',
    chargeClasses: ['plan fee'],
    memberPays: null,
    effectiveFrom: '2026-07-10',
    effectiveTo: null,
  });
  expect((await operator.graphql(RELATE, variables, 'counter')).data).toEqual(first.data);
  const relationId = first.data?.relateAccounts.relationId ?? '';
  const end = { relationId, effectiveTo: '2026-08-01', cause: 'left' };
  const ended = await operator.graphql<{ endAccountRelation: Relation }>(
    END,
    { input: end, key: nextKey() },
    'counter',
  );
  expect(ended.data?.endAccountRelation.effectiveTo).toBe('2026-08-01');
  const told = await operator.sql<{ version: number; lane: number; payload: { effectiveTo: string | null } }>(
    `select version, lane, payload from customer.outbox where type = 'account-relation.changed.v1' and aggregate_id = $1
     order by version`,
    [relationId],
  );
  expect(told.map(({ version, payload }) => [version, payload.effectiveTo])).toEqual([
    [1, null],
    [2, '2026-08-01'],
  ]);
  const query = `query ($id: ID!) { account(accountId: $id) { relations { ownerAccountId effectiveTo } } }`;
  const shown = await operator.graphql(query, { id: member.accountId }, 'billing');
  expect(shown.data).toEqual({
    account: { relations: [{ ownerAccountId: owner.accountId, effectiveTo: '2026-08-01' }] },
  });
  const rows = await operator.sql<{ cause: string; superseded: boolean }>(
    `select cause, superseded_at is not null as superseded from customer.account_relation where relation_id = $1
     order by version`,
    [relationId],
  );
  expect(rows).toEqual([
    { cause: 'hired', superseded: true },
    { cause: 'left', superseded: false },
  ]);
});

it('refuses what cannot be billed together, and says why', async () => {
  const owner = await opened({ billDay: 5 });
  const answers = await Promise.all([
    relate(owner.accountId, (await opened({ billDay: 6 })).accountId, sponsored),
    relate(
      owner.accountId,
      (await opened({ billedWithAccountId: owner.accountId, paymentMode: 'PREPAID' })).accountId,
      sponsored,
    ),
    relate(owner.accountId, '00000000-0000-7000-8000-000000000000', sponsored),
    relate(owner.accountId, owner.accountId, sponsored),
  ]);
  expect(answers.map(codeOf)).toEqual([
    'billing_group_cycle',
    'account_prepaid',
    'account_not_found',
    'account_relation_invalid',
  ]);
  expect(
    codeOf(
      await operator.graphql(
        END,
        { input: { relationId: owner.accountId, effectiveTo: '2026-08-01', cause: 'x' }, key: nextKey() },
        'counter',
      ),
    ),
  ).toBe('account_relation_not_found');
});

it('refuses a circle, also when two halves of it are asked for at once', async () => {
  const a = await opened();
  const [b, c, d] = await Promise.all([1, 2, 3].map(() => opened({ billedWithAccountId: a.accountId })));
  if (!b || !c || !d) throw new Error('no accounts');
  const parent = { kind: 'PARENT', memberPays: false };
  expect(codeOf(await relate(a.accountId, b.accountId, parent))).toBe('allowed');
  expect(codeOf(await relate(c.accountId, d.accountId, parent))).toBe('allowed');
  const halves = await Promise.all([
    relate(b.accountId, c.accountId, sponsored),
    relate(d.accountId, a.accountId, sponsored),
  ]);
  expect(halves.map(codeOf).sort()).toEqual(['account_relations_loop', 'allowed']);
  expect(codeOf(await relate(d.accountId, b.accountId, parent))).toBe('account_has_parent');
});

it('passes the audit', async () => {
  const report = await operator.get(Transactions).read((tx) => operator.get(CustomerAudit).audit(tx));
  expect(report.checks.filter((check) => check.left !== check.right)).toEqual([]);
});
