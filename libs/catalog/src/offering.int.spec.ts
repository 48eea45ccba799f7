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

const errorOf = (answer: { errors?: { extensions: { code: string } }[] }) => answer.errors?.[0]?.extensions;

describe('GraphQL', () => {
  it('shows an offering with its prices, and the bundle with its rules', async () => {
    const query = `{
      plan: productOffering(code: "mobile-5g-199") {
        code version name { en zhCN } kind effectiveFrom soldAlone specification
        recurringPrices { amount firstPeriod timing taxClass }
        usagePrices { code kind amount per blockMaximum cap counter }
        allowances { code quantity unit rolloverPeriods sharedBy }
        discounts { percent periods onlyOrderedAlone }
        bundle { members { role } }
      }
      bundle: productOffering(code: "convergent-199", version: 1) {
        kind specification bundle { members { role offering minimum maximum } holdsWhile { role } priceOverrides { offering amount } allowances { role replaces quantity } }
      }
      none: productOffering(code: "convergent-199", version: 9) { code }
    }`;
    const { data, errors } = await operator.graphql<Record<string, Record<string, unknown>>>(
      query,
      {},
      'partner',
    );
    expect(errors).toBeUndefined();
    expect(data?.['plan']).toMatchObject({
      version: 1,
      kind: 'SIMPLE',
      soldAlone: true,
      specification: 'mobile-main',
      recurringPrices: [
        expect.objectContaining({ amount: expect.stringMatching(/^199(\.00)?$/), firstPeriod: 'PRORATE' }),
      ],
      discounts: [expect.objectContaining({ percent: '20', periods: 6, onlyOrderedAlone: true })],
      bundle: null,
    });
    expect(data?.['plan']?.['usagePrices']).toEqual(
      expect.arrayContaining([expect.objectContaining({ kind: 'REPEATING_STEP', counter: 'CARD_GROUP' })]),
    );
    expect(data?.['bundle']).toMatchObject({ kind: 'BUNDLE', specification: null });
    expect(data?.['none']).toBeNull();
  });

  it('pages through what may be sold on a day, and has nothing before the first day', async () => {
    const query =
      'query ($on: Date, $after: String) { productOfferings(on: $on, first: 4, after: $after) { edges { node { code } } pageInfo { hasNextPage endCursor } } }';
    type Page = {
      productOfferings: {
        edges: { node: { code: string } }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
    };
    const codes: string[] = [];
    let after: string | null = null;
    for (let pages = 0; pages < 20; pages += 1) {
      const page: Page | null = (await operator.graphql<Page>(query, { after })).data;
      codes.push(...(page?.productOfferings.edges.map(({ node }) => node.code) ?? []));
      if (!page?.productOfferings.pageInfo.hasNextPage) break;
      after = page.productOfferings.pageInfo.endCursor;
    }
    const live = await operator.sql<{ code: string }>(
      'select distinct code from catalog.offer_version order by code',
    );
    expect(codes).toEqual(live.map(({ code }) => code));
    expect((await operator.graphql<Page>(query, { on: '1999-01-01' })).data?.productOfferings.edges).toEqual(
      [],
    );
    expect(errorOf(await operator.graphql(query, { on: '2026-02-30' }))?.code).toBe('invalid_local_date');
  });

  it('shows policies to operations and billing alone', async () => {
    const query = '{ policies { edges { node { code kind version document } } } }';
    const { data } = await operator.graphql<{
      policies: { edges: { node: { code: string; document: object } }[] };
    }>(query, {}, 'billing');
    const tax = data?.policies.edges.find(({ node }) => node.code === 'tax')?.node;
    expect(tax).toMatchObject({ kind: 'tax', version: 1, document: { kind: 'tax', pricesIncludeTax: true } });
    expect(errorOf(await operator.graphql(query, {}, 'partner'))?.code).toBe('role_missing');
  });
});
