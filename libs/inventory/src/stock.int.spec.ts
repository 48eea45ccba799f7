import { luhnCheckDigit, newId } from '@ronghe/kernel';
import { startOperator, type GraphQLAnswer, type TestOperator } from '@ronghe/testing';
import { inventoryDomain } from './inventory.domain';

const ADD = `mutation($input: AddStockInput!, $key: String!) {
  addStock(input: $input, idempotencyKey: $key) { kind placeCode count first last } }`;
const OPEN = `mutation($code: String!, $key: String!) {
  openStockPlace(input: { code: $code, name: "Tianfu hall" }, idempotencyKey: $key) { code name } }`;
const payload = '898603260000000000';
const iccid = `${payload}${luhnCheckDigit(payload)}`;
const numbers = { kind: 'MOBILE_NUMBER', first: '13312340000', count: 250, placeCode: 'cd-01' };

let operator: TestOperator;

beforeAll(async () => {
  operator = await startOperator({ domains: [inventoryDomain] });
  await operator.graphql(OPEN, { code: 'cd-01', key: 'p1' }, 'operations');
});

afterAll(() => operator?.stop());

function add(input: object, key = newId(), role: 'operations' | 'counter' = 'operations') {
  return operator.graphql<{ addStock: object }>(ADD, { input, key }, role);
}

function codeOf(answer: GraphQLAnswer<unknown>): string | undefined {
  return answer.errors?.[0]?.extensions.code;
}

describe('taking stock in', () => {
  it('stores a whole range once, however often the command comes', async () => {
    const first = await add(numbers, 'n1');
    expect(first.data?.addStock).toEqual({
      kind: 'MOBILE_NUMBER',
      placeCode: 'cd-01',
      count: 250,
      first: '8613312340000',
      last: '8613312340249',
    });
    expect(await add(numbers, 'n1')).toEqual(first);
    expect(codeOf(await add({ ...numbers, count: 5 }, 'n1'))).toBe('idempotency_key_reused');
    const [row] = await operator.sql<{ n: string }>(`select count(*) as n from inventory.resource`);
    expect(row?.n).toBe('250');
  });

  it('stores nothing of a range that overlaps', async () => {
    const answer = await add({ ...numbers, first: '13312340240', count: 20 });
    expect(codeOf(answer)).toBe('stock_already_known');
    expect(answer.errors?.[0]?.extensions.details).toMatchObject({
      examples: expect.arrayContaining(['8613312340240']) as unknown,
    });
    const [row] = await operator.sql<{ n: string }>(`select count(*) as n from inventory.resource`);
    expect(row?.n).toBe('250');
  });

  it('knows SIMs by check digit and IMSI', async () => {
    const sims = { kind: 'SIM', first: iccid, firstImsi: '460110000000000', count: 3, placeCode: 'cd-01' };
    const wrong = `${payload}${(luhnCheckDigit(payload) + 1) % 10}`;
    expect(codeOf(await add({ ...sims, first: wrong }))).toBe('iccid_invalid');
    expect(codeOf(await add({ ...sims, firstImsi: null }))).toBe('imsi_invalid');
    expect((await add(sims)).errors).toBeUndefined();
    const other = '898603260000000500';
    const sameImsi = { ...sims, first: `${other}${luhnCheckDigit(other)}`, firstImsi: '460110000000002' };
    expect(codeOf(await add(sameImsi))).toBe('stock_already_known');
  });

  it.each([
    ['number_invalid', { ...numbers, first: '12345678901' }],
    ['place_not_found', { ...numbers, first: '13399990000', placeCode: 'nowhere' }],
    ['input_invalid', { ...numbers, count: 0 }],
    ['input_invalid', { ...numbers, count: 50_001 }],
    ['serial_invalid', { ...numbers, kind: 'OPTICAL_TERMINAL', first: 'x' }],
  ])('is refused with %s', async (code, input) => {
    expect(codeOf(await add(input))).toBe(code);
  });

  it('is for operations', async () => {
    expect(codeOf(await add(numbers, newId(), 'counter'))).toBe('role_missing');
    const answer = await operator.graphql(OPEN, { code: 'cd-02', key: newId() }, 'counter');
    expect(codeOf(answer)).toBe('role_missing');
    expect(codeOf(await operator.graphql(OPEN, { code: 'cd-01', key: newId() }, 'operations'))).toBe(
      'place_already_open',
    );
    expect(codeOf(await operator.graphql(OPEN, { code: 'CD 2', key: newId() }, 'operations'))).toBe(
      'input_invalid',
    );
  });
});

describe('looking at stock', () => {
  const AVAILABLE = `query($pattern: String, $first: Int, $after: String) {
    availableNumbers(pattern: $pattern, first: $first, after: $after) {
      edges { node { value grade state place { code name } } } pageInfo { hasNextPage endCursor } } }`;
  interface Page {
    availableNumbers: {
      edges: { node: { value: string; grade: string } }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    };
  }

  it('finds free numbers by a tail, page by page', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 10; page += 1) {
      const answer: GraphQLAnswer<Page> = await operator.graphql<Page>(AVAILABLE, {
        pattern: '?8',
        first: 10,
        after,
      });
      const found = answer.data?.availableNumbers;
      seen.push(...(found?.edges.map((edge) => edge.node.value) ?? []));
      if (!found?.pageInfo.hasNextPage) break;
      after = found.pageInfo.endCursor;
    }
    expect(seen).toHaveLength(25);
    expect(new Set(seen).size).toBe(25);
    expect(seen.every((value) => value.endsWith('8'))).toBe(true);
    const graded = await operator.graphql<Page>(AVAILABLE, { pattern: '*0222' });
    expect(graded.data?.availableNumbers.edges).toEqual([
      {
        node: expect.objectContaining({
          value: '8613312340222',
          grade: 'GOLD',
          place: { code: 'cd-01', name: 'Tianfu hall' },
        }) as unknown,
      },
    ]);
    expect(codeOf(await operator.graphql(AVAILABLE, { pattern: "8' or 1" }))).toBe('pattern_invalid');
    expect(codeOf(await operator.graphql(AVAILABLE, { first: 101 }))).toBe('page_size_invalid');
    expect(codeOf(await operator.graphql(AVAILABLE, {}, null))).toBe('unauthenticated');
    expect(codeOf(await operator.graphql(AVAILABLE, {}, 'partner'))).toBe('role_missing');
  });

  it('knows a unit in any spelling of its number', async () => {
    const query = `query($value: String!) { resource(value: $value) { kind value state orderId until imsi } }`;
    const spellings = ['13312340001', '+86 133 1234 0001', '8613312340001'];
    const answers = await Promise.all(spellings.map((value) => operator.graphql(query, { value })));
    expect(answers.map((answer) => answer.data)).toEqual(
      spellings.map(() => ({
        resource: {
          kind: 'MOBILE_NUMBER',
          value: '8613312340001',
          state: 'AVAILABLE',
          orderId: null,
          until: null,
          imsi: null,
        },
      })),
    );
    expect((await operator.graphql(query, { value: iccid })).data).toMatchObject({
      resource: { imsi: '460110000000000' },
    });
    expect((await operator.graphql(query, { value: 'nothing' })).data).toEqual({ resource: null });
  });

  it('counts what lies where', async () => {
    const answer = await operator.graphql(
      `{ stockLevels { place { code } kind state count } stockPlaces { code } }`,
    );
    expect(answer.data).toEqual({
      stockLevels: [
        { place: { code: 'cd-01' }, kind: 'MOBILE_NUMBER', state: 'AVAILABLE', count: 250 },
        { place: { code: 'cd-01' }, kind: 'SIM', state: 'AVAILABLE', count: 3 },
      ],
      stockPlaces: [{ code: 'cd-01' }],
    });
  });

  it('shows TMF639 resources', async () => {
    const base = '/tmf-api/resourceInventoryManagement/v4/resource';
    const page = await operator.rest('GET', `${base}?category=sim&limit=2&offset=1&fields=name`);
    expect(page.status).toBe(200);
    expect(page.headers.get('x-total-count')).toBe('3');
    const rows = page.body as { id: string; href: string; name: string; category?: string }[];
    expect(rows).toHaveLength(2);
    expect(rows[0]).not.toHaveProperty('category');
    const one = await operator.rest('GET', `${base}/${rows[0]?.id ?? ''}`);
    expect(one.body).toMatchObject({
      href: rows[0]?.href,
      name: rows[0]?.name,
      category: 'sim',
      usageState: 'idle',
    });
    expect(await operator.rest('GET', `${base}/${newId()}`)).toMatchObject({
      status: 404,
      body: { code: 'resource_not_found' },
    });
    expect((await operator.rest('GET', `${base}/x`)).status).toBe(404);
    expect((await operator.rest('GET', `${base}?limit=1000`)).status).toBe(400);
    expect((await operator.rest('GET', base, undefined, { role: 'partner' })).status).toBe(403);
    expect((await operator.rest('GET', base, undefined, { role: null })).status).toBe(401);
  });
});
