import {
  startOperator,
  toyCustomer,
  ToyCustomerService,
  toyOrdering,
  type TestOperator,
} from '@ronghe/testing';
import { MAX_ALIASES, MAX_COMPLEXITY, MAX_TOKENS } from './operation-limits';

let operator: TestOperator;
beforeAll(async () => {
  operator = await startOperator({ domains: [toyCustomer, toyOrdering] });
  await operator.get(ToyCustomerService).register('c1', 'Li Lei');
  await operator.settle();
});
afterAll(() => operator?.stop());

const customer = (fields: string): string => `{ customer(customerId: "c1") { ${fields} } }`;
const codes = (answer: { errors?: { extensions: { code: string } }[] }): string[] =>
  (answer.errors ?? []).map(({ extensions }) => extensions.code);

it('serves one query over two domains', async () => {
  const query = 'query ($id: ID!) { customer(customerId: $id) { name timesHeard } }';
  expect(await operator.graphql(query, { id: 'c1' })).toEqual({
    data: { customer: { name: 'Li Lei', timesHeard: 1 } },
  });
});

describe('guards', () => {
  it('ask for a sign-in, except where anybody may look', async () => {
    expect(codes(await operator.graphql(customer('name'), {}, null))).toEqual(['unauthenticated']);
    expect(await operator.graphql('{ orderingIsHere }', {}, null)).toEqual({
      data: { orderingIsHere: true },
    });
  });

  it('ask for the role', async () => {
    const answer = await operator.graphql(customer('name'), {}, 'partner');
    expect(answer.errors?.[0]).toMatchObject({
      message: 'This needs one of the roles counter.',
      path: ['customer'],
      extensions: { code: 'role_missing', kind: 'forbidden', details: { allowed: ['counter'] } },
    });
  });

  const entities = (actor: unknown) =>
    operator.rest(
      'POST',
      '/internal/graphql/ordering',
      {
        query: `{ _entities(representations: [{ __typename: "Customer", customerId: "c1" }]) { ... on Customer { timesHeard } } }`,
      },
      {
        role: null,
        headers: {
          'x-ronghe-internal': 'internal-token-of-a-test',
          'x-ronghe-actor': encodeURIComponent(JSON.stringify(actor)),
        },
      },
    );

  it('stand before entity references as well', async () => {
    const refusedWith = (code: string) => ({
      data: { _entities: [null] },
      errors: [{ extensions: { code } }],
    });
    expect((await entities(null)).body).toMatchObject(refusedWith('unauthenticated'));
    const partner = await entities({ id: 'p', roles: ['partner'] });
    expect(partner.body).toMatchObject(refusedWith('role_missing'));
    const right = await entities({ id: 'c', roles: ['counter'] });
    expect(right.body).toEqual({ data: { _entities: [{ timesHeard: 1 }] } });
  });

  it('stand before a subgraph that the gateway does not lead to', async () => {
    const reach = await operator.rest('POST', '/internal/graphql/ordering', { query: '{ orderingIsHere }' });
    expect(reach).toMatchObject({ status: 404, body: { code: 'route_not_found' } });
  });

  it('refuse a token that is forged or malformed', async () => {
    const [head, payload] = (await operator.token('counter')).split('.');
    for (const token of [`${head}.${payload}.forged`, 'nonsense']) {
      const answer = await operator.rest('GET', '/clock', undefined, {
        role: null,
        headers: { authorization: `Bearer ${token}` },
      });
      expect(answer).toMatchObject({
        status: 401,
        body: { code: 'unauthenticated', traceId: expect.any(String) },
      });
    }
  });
});

describe('errors', () => {
  it('say what a client may know of a refusal', async () => {
    const answer = await operator.graphql('{ orderingRefuses }');
    expect(answer.errors).toEqual([
      expect.objectContaining({
        message: 'Not now.',
        path: ['orderingRefuses'],
        extensions: { code: 'order_refused', kind: 'conflict', details: { until: 'tomorrow' } },
      }),
    ]);
  });

  it('say nothing of a defect, neither its message nor a stack', async () => {
    const graphql = await operator.graphql('{ orderingBreaks }');
    const rest = await operator.rest('GET', '/toy/breaks', undefined, { role: 'counter' });
    expect(codes(graphql)).toEqual(['internal_error']);
    expect(rest).toMatchObject({
      status: 500,
      body: { code: 'internal_error', traceId: expect.any(String) },
    });
    for (const text of [JSON.stringify(graphql), rest.text])
      expect(text).not.toMatch(/secret|stack|\.ts|node_modules/i);
  });

  it('say what is wrong with a variable', async () => {
    const query = 'query ($id: ID!) { customer(customerId: $id) { name } }';
    for (const variables of [{}, { id: {} }]) {
      const answer = await operator.graphql(query, variables);
      expect(codes(answer)).toEqual(['BAD_USER_INPUT']);
      expect(answer.errors?.[0]?.message).toContain('Variable "$id"');
    }
  });

  it.each([
    ['a variable of a wrong type', 'query ($id: ID!) { customer(customerId: $id) { name } }'],
    ['a syntax error', '{ customer('],
    ['too many tokens', `{ ${'orderingIsHere '.repeat(MAX_TOKENS)} }`],
    [
      'too large pages',
      customer('friends(first: 100) { friends(first: 100) { friends(first: 100) { name } } }'),
    ],
  ])('say that a request is wrong with status 400: %s', async (_, query) => {
    const answer = await operator.rest(
      'POST',
      '/graphql',
      { query, variables: { id: {} } },
      { role: 'counter' },
    );
    expect(answer.status).toBe(400);
  });

  it.each(['/toy/%E0%A4%A', `/tmf-api/productInventory/v4/product/${'a'.repeat(3000)}`])(
    'are the same for an address that cannot be read',
    async (path) => {
      const answer = await operator.rest('GET', path, undefined, { role: 'counter' });
      expect(answer).toMatchObject({ status: expect.any(Number), body: { kind: expect.any(String) } });
      expect([400, 404]).toContain(answer.status);
      expect(answer.text).not.toMatch(/FST_|stack/);
    },
  );

  it('are the same for what does not exist and what cannot be read', async () => {
    expect(await operator.rest('GET', '/nothing/here')).toMatchObject({
      status: 404,
      body: { code: 'route_not_found' },
    });
    const malformed = await operator.rest('POST', '/clock', '{"to":', {
      headers: { 'content-type': 'application/json' },
    });
    expect(malformed).toMatchObject({ status: 400, body: { code: 'request_malformed' } });
    expect(malformed.text).not.toMatch(/stack|node_modules/);
    expect(codes(await operator.graphql('{ nonsense }'))).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  });
});

describe('limits', () => {
  const nested = (depth: number, first: number): string =>
    Array.from({ length: depth }).reduce<string>((inner) => `friends(first: ${first}) { ${inner} }`, 'name');
  const aliases = (count: number): string =>
    Array.from({ length: count }, (_, at) => `n${at}: name`).join(' ');

  it.each([
    ['depth', customer(nested(14, 1)), customer(nested(8, 1))],
    ['aliases', customer(aliases(MAX_ALIASES + 1)), customer(aliases(MAX_ALIASES - 1))],
    ['tokens', `{ ${'orderingIsHere '.repeat(MAX_TOKENS)} }`, `{ ${'orderingIsHere '.repeat(50)} }`],
    ['cost', customer(nested(3, 100)), customer(nested(2, 100))],
  ])('refuse a query by its %s before it runs', async (_limit, tooMuch, enough) => {
    const refused = await operator.graphql(tooMuch);
    expect(codes(refused)[0]).toMatch(/^(GRAPHQL_VALIDATION_FAILED|GRAPHQL_PARSE_FAILED|query_too_complex)$/);
    expect(refused.data ?? null).toBeNull();
    expect((await operator.graphql(enough)).errors).toBeUndefined();
  });

  it('say what a query would have cost', async () => {
    const answer = await operator.graphql(customer(nested(3, 100)));
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'query_too_complex', kind: 'invalid' });
    expect(answer.errors?.[0]?.message).toContain(`of ${MAX_COMPLEXITY}`);
  });
});

it('keeps each request to its own actor when bodies come slowly', async () => {
  const [counter, partner] = [await operator.token('counter'), await operator.token('partner')];
  const body = JSON.stringify({ query: customer('name') });
  const slow = (token: string): Promise<Response> =>
    fetch(`${operator.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      duplex: 'half',
      body: new ReadableStream({
        async start(controller) {
          for (const part of [body.slice(0, 9), body.slice(9)]) {
            await new Promise((resolve) => setTimeout(resolve, 100));
            controller.enqueue(new TextEncoder().encode(part));
          }
          controller.close();
        },
      }),
    } as RequestInit);
  const answers = await Promise.all(
    Array.from({ length: 10 }, async (_, at) => (await slow(at % 2 === 0 ? counter : partner)).text()),
  );
  answers.forEach((text, at) => expect(text).toContain(at % 2 === 0 ? 'Li Lei' : 'role_missing'));
});
