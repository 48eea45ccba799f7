import { demonstrationDocuments, startOperator, type TestOperator } from '@ronghe/testing';
import { catalogDomain } from './index';

let operator: TestOperator;
beforeAll(async () => {
  operator = await startOperator({ domains: [catalogDomain] });
  await operator.command(
    'catalog.applyDocuments',
    { files: demonstrationDocuments() },
    { key: 'demonstration' },
  );
});
afterAll(() => operator?.stop());

describe('TMF620', () => {
  const BASE = '/tmf-api/productCatalogManagement/v4';
  const get = (path: string, role: 'partner' | null = 'partner') =>
    operator.rest('GET', `${BASE}${path}`, undefined, { role });

  it('lists offerings with how many there are, cut to what was asked for', async () => {
    const all = await get('/productOffering?limit=100');
    const offerings = all.body as { id: string; lifecycleStatus: string; '@type': string }[];
    expect(all.status).toBe(200);
    expect(all.headers.get('x-total-count')).toBe(String(offerings.length));
    expect(offerings.map(({ id }) => id)).toEqual([...offerings.map(({ id }) => id)].sort());
    const some = await get('/productOffering?offset=1&limit=2&fields=name');
    expect(some.headers.get('x-total-count')).toBe(String(offerings.length));
    expect(some.headers.get('x-result-count')).toBe('2');
    expect((some.body as object[]).map((each) => Object.keys(each).sort())).toEqual(
      Array(2).fill(['@type', 'href', 'id', 'name']),
    );
  });

  it('gives the address that it answers at', async () => {
    for (const resource of ['productOffering', 'productOfferingPrice', 'productSpecification']) {
      const { body } = await get(`/${resource}?limit=100`);
      const list = body as { id: string; href: string }[];
      expect(list.length).toBeGreaterThan(3);
      expect(new Set(list.map(({ id }) => id)).size).toBe(list.length);
      for (const each of list) {
        expect(each.href.startsWith(`${operator.url}${BASE}/`)).toBe(true);
        const answer = await get(each.href.slice(operator.url.length + BASE.length));
        expect(answer.status).toBe(200);
        expect(answer.body).toEqual(each);
      }
    }
  });

  it('writes prices as JSON numbers, digit by digit', async () => {
    const { text, body } = await get('/productOfferingPrice?limit=100');
    expect(text).toMatch(/"value":199(\.00)?[,}]/);
    expect(text).not.toContain('ronghe:');
    const prices = body as { price?: { value: unknown } }[];
    expect(prices.every(({ price }) => price === undefined || typeof price.value === 'number')).toBe(true);
  });

  it('gives a version by its number', async () => {
    const answer = await get('/productOffering/mobile-5g-199:(version=1)');
    expect(answer.body).toMatchObject({
      id: 'mobile-5g-199',
      version: '1',
      lifecycleStatus: 'Launched',
      isSellable: true,
    });
  });

  it.each([
    ['/productOffering/nothing', 404, 'offering_not_found'],
    ['/productOffering/mobile-5g-199:(version=9)', 404, 'offering_not_found'],
    ["/productOffering/x';drop", 404, 'offering_not_found'],
    ['/productOfferingPrice/mobile-5g-199.nothing', 404, 'price_not_found'],
    ['/productSpecification/nothing', 404, 'specification_not_found'],
    ['/productOffering?limit=0', 400, 'page_invalid'],
    ['/productOffering?limit=101', 400, 'page_invalid'],
    ['/productOffering?offset=-1', 400, 'page_invalid'],
    ['/productOffering?colour=red', 400, 'input_invalid'],
  ])('%s is %d %s', async (path, status, code) => {
    const answer = await get(path);
    expect([answer.status, (answer.body as { code: string }).code]).toEqual([status, code]);
  });

  it('is closed to those who have not signed in', async () => {
    expect((await get('/productOffering', null)).status).toBe(401);
  });
});
