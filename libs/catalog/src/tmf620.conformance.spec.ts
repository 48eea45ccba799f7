import { startOperator, tmfConformance, type TestOperator } from '@ronghe/testing';
import { exampleTariffs, offerWith, withExamples } from '../test/document-files.adapter';
import { catalogDomain } from './index';

const BASE = '/tmf-api/productCatalogManagement/v4';
const problemsOf = tmfConformance('TMF620');

let operator: TestOperator;
beforeAll(async () => {
  operator = await startOperator({ domains: [catalogDomain] });
  await operator.command(
    'catalog.applyDocuments',
    { files: [...withExamples, ...exampleTariffs.map(offerWith)] },
    { key: 'demonstration' },
  );
});
afterAll(() => operator?.stop());

describe.each([
  ['productOffering', 'ProductOffering'],
  ['productOfferingPrice', 'ProductOfferingPrice'],
  ['productSpecification', 'ProductSpecification'],
])('%s', (resource, definition) => {
  it('every one in the list conforms', async () => {
    const answer = await operator.rest('GET', `${BASE}/${resource}?limit=100`);
    expect(answer.status).toBe(200);
    const total = Number(answer.headers.get('x-total-count'));
    const list = answer.body as { id: string; '@type': string }[];
    for (let offset = 100; offset < total; offset += 100) {
      const { body } = await operator.rest('GET', `${BASE}/${resource}?limit=100&offset=${offset}`);
      list.push(...(body as typeof list));
    }
    expect(list).toHaveLength(total);
    for (const each of list) expect([each.id, problemsOf(definition, each)]).toEqual([each.id, []]);
    expect(list.every((each) => each['@type'] === definition)).toBe(true);
  });

  it('every one by its id conforms', async () => {
    const { body } = await operator.rest('GET', `${BASE}/${resource}?limit=100&fields=href`);
    for (const { href } of body as { href: string }[]) {
      const answer = await operator.rest('GET', href.slice(operator.url.length));
      expect([answer.status, problemsOf(definition, answer.body)]).toEqual([200, []]);
    }
  });

  it('sees a wrong attribute and a wrong type', () => {
    expect(problemsOf(definition, { id: 1 })).toHaveLength(1);
    expect(problemsOf(definition, { nmae: 'typing error' })).toHaveLength(1);
  });
});
