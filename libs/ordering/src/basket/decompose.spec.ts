import { resourceRequests, resourcesOfItem, serviceRequests, type DecomposableItem } from './decompose';

const item = (given: Partial<DecomposableItem>): DecomposableItem => ({
  itemNo: 1,
  productId: 'p1',
  specification: 'mobile-main',
  characteristics: {},
  resourceNeeds: ['mobile_number', 'sim'],
  requestedNumber: null,
  resources: [],
  barring: null,
  ...given,
});

describe('what an order needs from stock', () => {
  it('names a slot per need and asks for the chosen number', () => {
    const requests = resourceRequests([
      item({ requestedNumber: '8613800138000' }),
      item({ itemNo: 11, resourceNeeds: ['set_top_box', 'set_top_box'] }),
    ]);
    expect(requests).toEqual([
      { slot: '1/mobile_number', kind: 'mobile_number', value: '8613800138000' },
      { slot: '1/sim', kind: 'sim' },
      { slot: '11/set_top_box', kind: 'set_top_box' },
      { slot: '11/set_top_box-2', kind: 'set_top_box' },
    ]);
  });

  it('gives each item what was held for it: item 1 nothing of item 11', () => {
    const sim = { resourceId: 'r1', kind: 'sim' as const, value: '8986' };
    const box = { resourceId: 'r2', kind: 'set_top_box' as const, value: 'B1' };
    const resources = [
      { ...box, slot: '11/set_top_box' },
      { ...sim, slot: '1/sim' },
    ];
    expect(resourcesOfItem(1, resources)).toEqual([sim]);
    expect(resourcesOfItem(11, resources)).toEqual([box]);
  });

  it('keeps the grade of a number, for what it must spend', () => {
    const number = {
      resourceId: 'r9',
      kind: 'mobile_number' as const,
      value: '8613300008888',
      grade: 'platinum',
    };
    expect(resourcesOfItem(1, [{ ...number, slot: '1/mobile_number' }])).toEqual([number]);
  });
});

describe('what an order switches', () => {
  it('asks for a service per product that has one', () => {
    const services = serviceRequests([item({}), item({ productId: 'p2', specification: null })]);
    expect(services.map((service) => service.productId)).toEqual(['p1']);
  });
});
