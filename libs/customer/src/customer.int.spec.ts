import { startOperator, type TestOperator } from '@ronghe/testing';
import { CHANGE, CustomerDesk, errorOf } from './customer-desk.fixture';
import { customerDomain } from './index';

const OPEN = `mutation ($input: OpenAccountInput!, $key: String!) {
  openAccount(input: $input, idempotencyKey: $key) {
    accountId balanceGroupId billDay zone paymentMode openedAt customer { customerId }
  }
}`;
let operator: TestOperator;
const desk = new CustomerDesk(() => operator);

beforeAll(async () => {
  operator = await startOperator({ domains: [customerDomain] });
});
afterAll(() => operator?.stop());

describe('customers by name', () => {
  it('pages through names in order, whatever the letter case, and takes % literally', async () => {
    for (const name of ['Zhao Yi', 'zhao er', 'ZHAO San', 'Zhang Si']) await desk.registered(name);
    const query = `query ($search: String, $after: String) {
      customers(search: $search, first: 2, after: $after) { edges { node { name } } pageInfo { hasNextPage endCursor } }
    }`;
    type Page = {
      customers: {
        edges: { node: { name: string } }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
    };
    const first = (await operator.graphql<Page>(query, { search: 'ZHAO ' })).data?.customers;
    expect(first?.edges.map(({ node }) => node.name)).toEqual(['zhao er', 'ZHAO San']);
    expect(first?.pageInfo.hasNextPage).toBe(true);
    const second = (
      await operator.graphql<Page>(query, { search: 'ZHAO ', after: first?.pageInfo.endCursor })
    ).data?.customers;
    expect(second?.edges.map(({ node }) => node.name)).toEqual(['Zhao Yi']);
    expect(second?.pageInfo.hasNextPage).toBe(false);
    expect((await operator.graphql<Page>(query, { search: '%' })).data?.customers.edges).toEqual([]);
  });

  it('refuses a cursor that is not its own, and a page that is too large', async () => {
    const cursor = await operator.graphql('{ customers(after: "bm9uc2Vuc2U") { edges { cursor } } }');
    expect(errorOf(cursor)?.code).toBe('cursor_invalid');
    const large = await operator.graphql('{ customers(first: 101) { edges { cursor } } }');
    expect(errorOf(large)?.code).toBe('page_size_invalid');
  });
});

describe('contacts', () => {
  it('keeps what was in force and what was known', async () => {
    const customerId = await desk.registered('Moving House');
    await operator.moveClock('2026-06-05T00:00:00+08:00');
    const input = { customerId, address: 'New Street 1', cause: 'moved' };
    await operator.graphql(CHANGE, { input, key: desk.nextKey() });
    const corrected = {
      customerId,
      phone: '13800138002',
      effectiveFrom: '2026-06-03T00:00:00+08:00',
      cause: 'told late',
    };
    const answer = await operator.graphql(CHANGE, { input: corrected, key: desk.nextKey() });
    expect(answer.data).toEqual({
      changeContact: {
        phone: null,
        address: 'New Street 1',
        contactHistory: [
          {
            phone: null,
            address: null,
            effectiveFrom: '2026-05-31T16:00:00.000Z',
            effectiveTo: '2026-06-02T16:00:00.000Z',
          },
          {
            phone: '+8613800138002',
            address: null,
            effectiveFrom: '2026-06-02T16:00:00.000Z',
            effectiveTo: '2026-06-04T16:00:00.000Z',
          },
          {
            phone: null,
            address: 'New Street 1',
            effectiveFrom: '2026-06-04T16:00:00.000Z',
            effectiveTo: null,
          },
        ],
      },
    });
    const rows = await operator.sql<{ cause: string; superseded: boolean }>(
      `select m.cause, m.superseded_at is not null as superseded from customer.contact_medium m
       join customer.customer c on c.party_id = m.party_id where c.id = $1 order by m.id`,
      [customerId],
    );
    expect(rows.filter(({ superseded }) => superseded).map(({ cause }) => cause)).toEqual([
      'registration',
      'moved',
    ]);
    const events = await operator.sql<{ type: string; version: number; payload: object }>(
      'select type, version, payload from customer.outbox where aggregate_id = $1 order by sequence',
      [customerId],
    );
    expect(events.map(({ version }) => version)).toEqual([1, 2, 3]);
    expect(events[2]).toMatchObject({
      type: 'customer.contact-changed.v1',
      payload: { phone: null, address: 'New Street 1' },
    });
  });

  it('changes by two clerks at once both count, one after the other', async () => {
    const customerId = await desk.registered('Twice At Once');
    const change = (part: object) =>
      operator.graphql(CHANGE, { input: { customerId, cause: 'x', ...part }, key: desk.nextKey() });
    await Promise.all([change({ phone: '13800138003' }), change({ address: 'Other Street 2' })]);
    const query = 'query ($id: ID!) { customer(customerId: $id) { phone address } }';
    const answer = await operator.graphql(query, { id: customerId });
    expect(answer.data).toEqual({ customer: { phone: '+8613800138003', address: 'Other Street 2' } });
  });

  it('refuses a change before registration, an unknown customer, and no change', async () => {
    const customerId = await desk.registered('Refused Change');
    const code = async (input: object) =>
      errorOf(
        await operator.graphql(CHANGE, { input: { customerId, cause: 'x', ...input }, key: desk.nextKey() }),
      )?.code;
    expect(await code({ phone: '13800138004', effectiveFrom: '2020-01-01T00:00:00Z' })).toBe(
      'contact_change_invalid',
    );
    expect(await code({})).toBe('contact_change_invalid');
    expect(await code({ customerId: '01890000-0000-7000-8000-000000000000', phone: '13800138004' })).toBe(
      'customer_not_found',
    );
    expect(await code({ customerId: 'c1', phone: '13800138004' })).toBe('input_invalid');
  });
});

describe('accounts', () => {
  it('opens an account in a group of its own and tells the fact in the group’s lane', async () => {
    const customerId = await desk.registered('Account Holder');
    const answer = await operator.graphql<{ openAccount: { accountId: string; balanceGroupId: string } }>(
      OPEN,
      {
        input: { customerId, billDay: 31, paymentMode: 'PREPAID' },
        key: desk.nextKey(),
      },
    );
    expect(answer.errors).toBeUndefined();
    const account = answer.data?.openAccount;
    expect(account).toMatchObject({
      billDay: 31,
      zone: 'Asia/Shanghai',
      paymentMode: 'PREPAID',
      customer: { customerId },
    });
    const asked = await operator.ask('customer.getAccount', { accountId: account?.accountId ?? '' });
    const [event] = await operator.sql<{ payload: object; lane: number; aggregate_id: string }>(
      `select payload, lane, aggregate_id from customer.outbox where type = 'account.opened.v1' and aggregate_id = $1`,
      [account?.accountId],
    );
    expect(event).toEqual({ payload: asked, lane: asked.lane, aggregate_id: account?.accountId });
    expect(asked).toMatchObject({
      customerId,
      balanceGroupId: account?.balanceGroupId,
      billDay: 31,
      paymentMode: 'prepaid',
    });
    const listed = await operator.graphql(
      'query ($id: ID!) { customer(customerId: $id) { accounts { edges { node { accountId } } } } }',
      {
        id: customerId,
      },
    );
    expect(listed.data).toEqual({
      customer: { accounts: { edges: [{ node: { accountId: account?.accountId } }] } },
    });
  });

  it('opens an account in the balance group of another one, whose lane and bill cycle it gets', async () => {
    const customerId = await desk.registered('Group Opener');
    const open = (input: object) =>
      operator.graphql<{ openAccount: { accountId: string; balanceGroupId: string } }>(OPEN, {
        input,
        key: desk.nextKey(),
      });
    const first = (await open({ customerId, billDay: 20 })).data?.openAccount;
    const member = await desk.registered('Group Member');
    const second = (await open({ customerId: member, balanceGroupId: first?.balanceGroupId })).data
      ?.openAccount;
    const [one, other] = await Promise.all(
      [first, second].map((each) =>
        operator.ask('customer.getAccount', { accountId: each?.accountId ?? '' }),
      ),
    );
    const { balanceGroupId, lane } = one ?? {};
    expect(other).toMatchObject({ customerId: member, balanceGroupId, lane, billDay: 20 });
    const groups = await operator.sql(`select lane from customer.balance_group where id = $1`, [
      balanceGroupId,
    ]);
    expect(groups).toEqual([{ lane }]);
    expect(errorOf(await open({ customerId: member, balanceGroupId, billDay: 3 }))?.code).toBe(
      'account_invalid',
    );
    const unknown = '01890000-0000-7000-8000-000000000000';
    expect(errorOf(await open({ customerId: member, balanceGroupId: unknown }))?.code).toBe(
      'balance_group_not_found',
    );
  });

  it('opens one account for one key', async () => {
    const input = { customerId: await desk.registered('Once Only') };
    const key = desk.nextKey();
    const answers = await Promise.all(
      [1, 2, 3].map(() => operator.graphql<{ openAccount: { accountId: string } }>(OPEN, { input, key })),
    );
    expect(new Set(answers.map((answer) => answer.data?.openAccount.accountId)).size).toBe(1);
  });

  it.each([
    [{ billDay: 0 }, 'input_invalid'],
    [{ billDay: 32 }, 'input_invalid'],
    [{ zone: 'Mars/Olympus' }, 'account_invalid'],
    [{ customerId: '01890000-0000-7000-8000-000000000000' }, 'customer_not_found'],
  ])('refuses %j', async (part, code) => {
    const input = { customerId: await desk.registered('Refused Account'), ...part };
    expect(errorOf(await operator.graphql(OPEN, { input, key: desk.nextKey() }))?.code).toBe(code);
  });
});

describe('read ports', () => {
  it('say whether a customer is verified', async () => {
    const customerId = await desk.registered('Asked About');
    expect(await operator.ask('customer.getCustomer', { customerId })).toEqual({
      customerId,
      realNameVerified: true,
    });
  });

  it('refuse what is not there, also when it is no id', async () => {
    for (const id of ['nobody', '01890000-0000-7000-8000-000000000000']) {
      await expect(operator.ask('customer.getCustomer', { customerId: id })).rejects.toMatchObject({
        code: 'customer_not_found',
      });
      await expect(operator.ask('customer.getAccount', { accountId: id })).rejects.toMatchObject({
        code: 'account_not_found',
      });
    }
  });
});

describe('the operator', () => {
  it('finds no difference in the audit', async () => {
    const { body } = await operator.rest('POST', '/audit', {});
    expect(body).toMatchObject({ differences: [] });
  });
});
