import { isDomainError } from '@ronghe/kernel';
import { readProductOrder } from './read-product-order';

const parties = { relatedParty: [{ id: 'c', role: 'Customer' }], billingAccount: { id: 'a' } };
const add = (offering: string, product: object = {}) => ({
  id: '1',
  action: 'add',
  productOffering: { id: offering },
  product,
});

function problems(body: unknown): unknown {
  try {
    return readProductOrder(body);
  } catch (error) {
    if (isDomainError(error)) return [error.code, error.details['problems']];
    throw error;
  }
}

describe('a product order of TMF622', () => {
  it('is read with its characteristics', () => {
    const product = {
      name: 'dad',
      productCharacteristic: [
        { name: 'role', value: 'main' },
        { name: 'requestedNumber', value: '13800138000' },
        { name: 'onlineClasses', value: ['data'] },
      ],
    };
    expect(readProductOrder({ ...parties, productOrderItem: [add('plan', product)] })).toEqual({
      customerId: 'c',
      accountId: 'a',
      items: [
        {
          action: 'add',
          offeringCode: 'plan',
          card: 'dad',
          role: 'main',
          requestedNumber: '13800138000',
          onlineClasses: ['data'],
        },
      ],
    });
  });

  it('names its bundle by the item that its members are nested in', () => {
    const bundle = { ...add('family'), productOrderItem: [add('plan'), add('line')] };
    expect(readProductOrder({ ...parties, productOrderItem: [bundle] })).toMatchObject({
      bundleOfferingCode: 'family',
      items: [{ offeringCode: 'plan' }, { offeringCode: 'line' }],
    });
    expect(problems({ ...parties, productOrderItem: [bundle, add('plan')] })).toEqual([
      'order_body_invalid',
      [expect.stringContaining('the only one at the top')],
    ]);
  });

  it('ends products', () => {
    const body = { ...parties, productOrderItem: [{ id: '1', action: 'delete', product: { id: 'p' } }] };
    expect(readProductOrder(body).items).toEqual([{ action: 'delete', productId: 'p' }]);
  });

  it('moves products to other offers from a day on', () => {
    const modify = { ...add('large', { id: 'p' }), action: 'modify' };
    const body = { ...parties, productOrderItem: [modify] };
    const change = { action: 'change', productId: 'p', offeringCode: 'large' };
    expect(readProductOrder(body)).toMatchObject({ items: [change] });
    expect(readProductOrder({ ...body, requestedStartDate: '2026-06-30T16:00:00Z' })).toMatchObject({
      effectiveOn: '2026-07-01',
      items: [change],
    });
    const bundle = { ...add('family'), action: 'modify', productOrderItem: [modify] };
    expect(readProductOrder({ ...parties, productOrderItem: [bundle] })).toMatchObject({
      bundleOfferingCode: 'family',
      items: [change],
    });
    expect(problems({ ...body, requestedStartDate: 'soon' })).toEqual([
      'order_body_invalid',
      ['requestedStartDate: not an instant'],
    ]);
  });

  it('says what is wrong, and where', () => {
    expect(problems({ ...parties, productOrderItem: [{ id: '1', action: 'noChange' }] })).toEqual([
      'order_body_invalid',
      [expect.stringContaining('productOrderItem.0.action')],
    ]);
    expect(problems({ ...parties, relatedParty: [{ id: 'x' }, { id: 'y' }], productOrderItem: [] })).toEqual([
      'order_body_invalid',
      [expect.stringContaining('relatedParty')],
    ]);
    expect(problems('nonsense')).toEqual([
      'order_body_invalid',
      [expect.stringContaining('expected object')],
    ]);
    const product = { productCharacteristic: [{ name: 'role', value: 'king' }] };
    expect(problems({ ...parties, productOrderItem: [add('plan', product)] })).toEqual([
      'order_body_invalid',
      [expect.stringContaining('role: one of main')],
    ]);
  });
});
