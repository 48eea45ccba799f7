import { startOperator, type TestOperator } from '@ronghe/testing';
import { exampleTariffs, offerWith, withExamples } from '../test/document-files.adapter';
import { catalogDomain } from './index';

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

  it('shows tiers, shares and rates of every price model', async () => {
    const offers = new Map<string, Record<string, unknown>>();
    for (const tariff of exampleTariffs) {
      const { data, errors } = await operator.graphql<{ productOffering: { usagePrices: object[] } }>(
        `query ($code: ID!) { productOffering(code: $code) { usagePrices {
          kind amount per unit increment { initial repeat } freeUnits minimumSpend maximumSpend inForceFrom inForceTo
          eventRounding { decimals mode } chargesBegunPackage multiplier zonePlan calendar
          tiers { upTo amount per percent flat maximum } share { percent minimumPerEvent freeEvents }
          rates { zone band steps { from amount per increment } connectFee maximumPerEvent } } } }`,
        { code: `with-${tariff}` },
      );
      expect(errors).toBeUndefined();
      offers.set(tariff, data?.productOffering.usagePrices[0] as Record<string, unknown>);
    }
    expect(offers.get('example-linear')).toMatchObject({
      unit: 'SECOND',
      increment: { initial: 30, repeat: 6 },
      freeUnits: '600',
      eventRounding: { decimals: 2, mode: 'HALF_AWAY_FROM_ZERO' },
      tiers: [],
      rates: [],
    });
    expect(offers.get('example-package')).toMatchObject({
      amount: '5.00',
      per: '102400',
      chargesBegunPackage: true,
    });
    expect(offers.get('example-graduated')?.['tiers']).toEqual([
      { upTo: '100', amount: '0.20', per: '1', percent: null, flat: '0', maximum: null },
      { upTo: '500', amount: '0.12', per: '1', percent: null, flat: '2.00', maximum: null },
      { upTo: null, amount: '0.05', per: '1', percent: null, flat: '0', maximum: '30.00' },
    ]);
    expect(offers.get('example-graduated-percentage')?.['tiers']).toMatchObject([
      { upTo: '1000.00', amount: null, percent: '3' },
      { upTo: null, percent: '1.5', flat: '2.00' },
    ]);
    expect(offers.get('example-percentage')?.['share']).toEqual({
      percent: '3',
      minimumPerEvent: '0.10',
      freeEvents: '3',
    });
    expect(offers.get('example-dynamic')).toMatchObject({ multiplier: '1.15', amount: null });
    expect(offers.get('example-dated')).toMatchObject({ inForceFrom: '2026-01-01', inForceTo: '2027-01-01' });
    expect(offers.get('example-rates')).toMatchObject({
      zonePlan: 'example-zones',
      calendar: 'example-hours',
      rates: [
        { zone: 'home', band: 'evening', steps: [{ from: '0', amount: '0.05', per: '60', increment: '1' }] },
        { zone: 'home', band: null },
        {
          zone: 'hong-kong',
          steps: [{}, { from: '180', amount: '0.49', increment: '6' }],
          maximumPerEvent: '20.00',
        },
        { zone: null, connectFee: '0.50' },
      ],
    });
  });

  it('shows what limits an allowance and what a product changes', async () => {
    const { data, errors } = await operator.graphql<Record<string, unknown>>(`{
      plan: productOffering(code: "example-plan") { allowances { code unit rank zones bands memberCap isBlocker rolloverCap } }
      pack: productOffering(code: "example-pack") { allowances { rank validDays priority } }
      cloud: productOffering(code: "example-cloud") { priceChanges { specification offering within price amount percentLess priority } }
    }`);
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      plan: {
        allowances: [
          {
            code: 'data',
            memberCap: '10485760',
            rolloverCap: '20971520',
            rank: 'BASE',
            zones: null,
            isBlocker: false,
          },
          { code: 'night-data', bands: ['evening'] },
          { code: 'hong-kong', zones: ['hong-kong'], unit: 'SECOND' },
          { code: 'messages', isBlocker: true },
        ],
      },
      pack: { allowances: [{ rank: 'ADD_ON', validDays: 30, priority: 10 }] },
      cloud: {
        priceChanges: [
          {
            specification: 'iptv',
            offering: null,
            within: 'ACCOUNT',
            price: 'monthly-fee',
            amount: '5.00',
            percentLess: null,
          },
          {
            specification: null,
            offering: 'broadband-second-line',
            price: null,
            amount: null,
            percentLess: '10',
            priority: 20,
          },
        ],
      },
    });
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
