import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startOperator, toyCustomer, toyOrdering, type TestOperator } from '@ronghe/testing';

let operator: TestOperator;
beforeAll(async () => {
  operator = await startOperator({
    domains: [toyCustomer, toyOrdering],
    environment: { RONGHE_DEMO_STAFF: 'true' },
  });
});
afterAll(() => operator?.stop());

const get = (path: string, accept: string) =>
  operator.rest('GET', path, undefined, { role: null, headers: { accept } });
const html = 'text/html,application/xhtml+xml';

describe('the pages of the gateway', () => {
  it.each(['/', '/graphql', '/graphql?x=1'])('shows %s to a browser, to anybody', async (path) => {
    const answer = await get(path, html);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'/);
    expect(answer.text).toContain('Ronghe 融合');
  });

  it('takes everything that a page needs from its own address', async () => {
    const page = (await get('/graphql', html)).text;
    const addresses = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address as string);
    expect(addresses).toEqual(expect.arrayContaining(['/pages/page.css', '/pages/graphql-page.js']));
    for (const address of addresses)
      expect({ address, status: (await get(address, '*/*')).status }).toEqual({ address, status: 200 });
    expect(page).not.toMatch(/<style|style=| on[a-z]+=|<script(?! src)/);
  });

  it('names the demonstration staff only where there is one', async () => {
    expect((await get('/', html)).text).toContain('counter1');
    const other = await startOperator({ domains: [toyCustomer], databaseUrl: operator.databaseUrl });
    const answer = await other.rest('GET', '/', undefined, { role: null });
    await other.stop();
    expect(answer.text).not.toContain('counter1');
  });

  it('leaves GraphQL itself to whoever does not ask for a page', async () => {
    expect((await get('/graphql', 'application/json')).headers.get('content-type')).toContain('json');
    expect(await operator.graphql('{ orderingIsHere }')).toEqual({ data: { orderingIsHere: true } });
  });

  it('lets the page read the schema without a token', async () => {
    const script = readFileSync(join(__dirname, 'graphql-page.js'), 'utf8');
    const query = /const schemaQuery = `([^`]+)`/.exec(script)?.[1];
    const answer = await operator.rest('POST', '/graphql', JSON.stringify({ query }), {
      role: null,
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.body).not.toHaveProperty('errors');
    expect(answer.text).toContain('orderingIsHere');
  });
});
