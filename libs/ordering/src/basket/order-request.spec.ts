import { isDomainError } from '@ronghe/kernel';
import type { OrderItemInput } from '@ronghe/contracts';
import { ORDER_ITEMS_MAXIMUM, readOrderRequest } from './order-request';

function refusal(items: OrderItemInput[]): string {
  try {
    return readOrderRequest(items).kind;
  } catch (error) {
    if (isDomainError(error)) return error.code;
    throw error;
  }
}

const add: OrderItemInput = { action: 'add', offeringCode: 'plan' };
const end: OrderItemInput = { action: 'delete', productId: 'p' };

describe('the shape of an order', () => {
  it.each<[string, OrderItemInput[], string]>([
    ['that adds', [add, add], 'sale'],
    ['that ends', [end], 'termination'],
    ['without items', [], 'order_empty'],
    ['that does both', [add, end], 'order_actions_mixed'],
    ['that adds a product', [{ ...add, productId: 'p' }], 'offering_missing'],
    ['that adds nothing', [{ action: 'add' }], 'offering_missing'],
    ['that ends an offering', [{ ...end, offeringCode: 'plan' }], 'product_missing'],
    ['that charges gossip online', [{ ...add, onlineClasses: ['gossip'] }], 'online_class_invalid'],
    ['that is too large', Array.from({ length: ORDER_ITEMS_MAXIMUM + 1 }, () => add), 'order_too_large'],
  ])('%s: %s', (_what, items, code) => {
    expect(refusal(items)).toBe(code);
  });
});
