import { startOperator, type TestOperator } from '@ronghe/testing';
import { CHANGE, CustomerDesk, errorOf } from './customer-desk.fixture';
import { customerDomain } from './index';

const NUMBER = '11010519491231002X';
const OTHER_NUMBER = '440524188001010014';

let operator: TestOperator;
const desk = new CustomerDesk(() => operator);

beforeAll(async () => {
  operator = await startOperator({ domains: [customerDomain] });
});
afterAll(() => operator?.stop());

describe('real-name registration', () => {
  const input = {
    name: ' 王小明 ',
    phone: '13800138000',
    address: '成都市春熙路1号',
    identityDocument: { kind: 'RESIDENT_ID', number: NUMBER },
  };
  let customerId = '';

  it('registers, tells the fact and shows the number masked to the counter', async () => {
    const { data, errors } = await desk.register(input, 'wang');
    expect(errors).toBeUndefined();
    customerId = data?.registerCustomer.customerId ?? '';
    expect(data?.registerCustomer).toEqual({
      customerId,
      name: '王小明',
      phone: '+8613800138000',
      address: '成都市春熙路1号',
      realNameVerified: true,
      identityDocumentKind: 'RESIDENT_ID',
      registeredAt: '2026-05-31T16:00:00.000Z',
    });
    const [event] = await operator.sql<{ payload: object; version: number }>(
      'select payload, version from customer.outbox where aggregate_id = $1',
      [customerId],
    );
    expect(event).toEqual({
      version: 1,
      payload: {
        customerId,
        name: '王小明',
        phone: '+8613800138000',
        address: '成都市春熙路1号',
        registeredAt: '2026-05-31T16:00:00.000Z',
      },
    });
    const masked = await operator.graphql(
      'query ($id: ID!) { customer(customerId: $id) { maskedIdentityNumber } }',
      {
        id: customerId,
      },
    );
    expect(masked.data).toEqual({ customer: { maskedIdentityNumber: '**************002X' } });
  });

  it('answers the same for the same key, refuses another input under it', async () => {
    expect((await desk.register(input, 'wang')).data?.registerCustomer.customerId).toBe(customerId);
    const other = { ...input, identityDocument: { kind: 'RESIDENT_ID', number: OTHER_NUMBER } };
    expect(errorOf(await desk.register(other, 'wang'))?.code).toBe('idempotency_key_reused');
  });

  it('refuses the same document again: the counter learns who it is, a partner does not', async () => {
    const again = { name: '王大明', identityDocument: { kind: 'RESIDENT_ID', number: NUMBER.toLowerCase() } };
    expect(errorOf(await desk.register(again))).toMatchObject({
      code: 'identity_document_registered',
      kind: 'conflict',
      details: { customerId },
    });
    const told = errorOf(await desk.register(again, desk.nextKey(), 'partner'));
    expect(told).toMatchObject({ code: 'identity_document_registered', details: {} });
    expect(JSON.stringify(told)).not.toContain(customerId);
  });

  it('registers one of many who come with the same document at once', async () => {
    const identityDocument = desk.passport();
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) => desk.register({ name: `Clerk ${n}x`, identityDocument })),
    );
    const ids = answers.flatMap((answer) => answer.data?.registerCustomer.customerId ?? []);
    expect(ids).toHaveLength(1);
    const conflicts = answers.flatMap((answer) => errorOf(answer) ?? []);
    expect(conflicts).toHaveLength(11);
    for (const conflict of conflicts) {
      expect(conflict).toMatchObject({
        code: 'identity_document_registered',
        details: { customerId: ids[0] },
      });
    }
  });

  it.each([
    [
      'a wrong check digit',
      { identityDocument: { kind: 'RESIDENT_ID', number: '110105194912310021' } },
      'identity_document_invalid',
    ],
    [
      'a passport without a country',
      { identityDocument: { kind: 'PASSPORT', number: 'E1234567' } },
      'identity_document_invalid',
    ],
    ['no name', { name: ' ' }, 'name_invalid'],
    ['no phone number', { phone: '123' }, 'phone_invalid'],
    [
      'a number of 41 characters',
      { identityDocument: { kind: 'PASSPORT', number: 'x'.repeat(41) } },
      'input_invalid',
    ],
  ])('refuses %s and keeps nothing', async (_what, part, code) => {
    const before = await operator.sql('select count(*) from customer.customer');
    const answer = await desk.register({ name: '李雷', identityDocument: desk.passport(), ...part });
    expect(errorOf(answer)).toMatchObject({ code, kind: 'invalid' });
    expect(await operator.sql('select count(*) from customer.customer')).toEqual(before);
    expect(JSON.stringify(answer)).not.toContain('110105194912310021');
  });

  it('leaves the number nowhere but sealed', async () => {
    const tables = await operator.sql<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'customer' and table_type = 'BASE TABLE'`,
    );
    expect(tables.length).toBeGreaterThan(10);
    for (const { name } of tables) {
      const rows = await operator.sql<{ text: string }>(
        `select row_to_json(t)::text as text from customer."${name}" t`,
      );
      const hex = Buffer.from(NUMBER, 'utf8').toString('hex');
      expect(rows.filter(({ text }) => text.includes(NUMBER) || text.includes(hex))).toEqual([]);
    }
  });

  it('does not let a sealed number be opened in another row', async () => {
    const id = await desk.registered('Sealed Somebody');
    const sql = `update customer.identity_document d set sealed = (select sealed from customer.identity_document where kind = 'RESIDENT_ID')
       from customer.customer c where c.party_id = d.party_id and c.id = $1`;
    await operator.sql(sql, [id]);
    const query = 'query ($id: ID!) { customer(customerId: $id) { name maskedIdentityNumber } }';
    const answer = await operator.graphql(query, { id });
    expect(answer.data).toEqual({ customer: { name: 'Sealed Somebody', maskedIdentityNumber: null } });
    expect(errorOf(answer)?.code).toBe('internal_error');
  });
});

describe('roles', () => {
  it.each([
    ['nobody', null, 'unauthenticated'],
    ['partner', 'partner', 'role_missing'],
  ] as const)('%s may not read customers', async (_who, role, code) => {
    const answer = await operator.graphql('{ customers { edges { node { name } } } }', {}, role);
    expect(errorOf(answer)?.code).toBe(code);
  });

  it('hides the masked number from billing', async () => {
    const id = await desk.registered('Hidden From Billing');
    const answer = await operator.graphql(
      'query ($id: ID!) { customer(customerId: $id) { name maskedIdentityNumber } }',
      { id },
      'billing',
    );
    expect(answer.data).toEqual({ customer: { name: 'Hidden From Billing', maskedIdentityNumber: null } });
    expect(errorOf(answer)?.code).toBe('role_missing');
  });

  it.each(['billing', 'operations', 'partner'] as const)('%s may not change a contact', async (role) => {
    const input = { customerId: await desk.registered('Not To Change'), phone: '13800138001', cause: 'x' };
    expect(errorOf(await operator.graphql(CHANGE, { input, key: desk.nextKey() }, role))?.code).toBe(
      'role_missing',
    );
  });
});
