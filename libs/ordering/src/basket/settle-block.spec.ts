import type { OrderItemInput, ProductBlock, ProductState } from '@ronghe/contracts';
import { instantFromIso, isDomainError } from '@ronghe/kernel';
import type { ProductVersion } from '../product/product';
import { held } from './offers.fixture';
import { readOrderRequest } from './order-request';
import { settleResumption, settleSuspension } from './settle-block';

const at = instantFromIso('2026-06-11T00:00:00Z');

function product(productId: string, given: Partial<ProductState> = {}): ProductVersion {
  return {
    version: 1,
    orderItemNo: 1,
    specification: 'mobile-main',
    recordedAt: at,
    recordedBy: 'test',
    cause: 'activated',
    state: {
      ...held(productId),
      customerId: 'c',
      accountId: 'a',
      lane: 1,
      orderId: 'o',
      resources: [],
      onlineClasses: [],
      effectiveFrom: at,
      effectiveTo: null,
      ...given,
    },
  };
}

const overdue: ProductBlock = { kind: 'full-stop', reason: 'dunning', orderId: 'o', from: at, to: null };
const sub = (productId: string, given: Partial<ProductState> = {}) =>
  product(productId, { role: 'sub', cardGroupId: 'main', ...given });

/** The products that are blocked or freed, or the code of the refusal. */
function settle(items: OrderItemInput[], products: ProductVersion[], changing: string[] = []): unknown {
  try {
    const request = readOrderRequest(items);
    const context = { products, changing: new Set(changing) };
    if (request.kind === 'suspension')
      return settleSuspension(request.items, context).map(({ product: { state } }) => state.productId);
    if (request.kind === 'resumption')
      return settleResumption(request.items, context).map(({ product: { state } }) => state.productId);
    return request.kind;
  } catch (error) {
    if (isDomainError(error)) return error.code;
    throw error;
  }
}

const suspend = (productId: string, given: Partial<OrderItemInput> = {}): OrderItemInput => ({
  action: 'suspend',
  productId,
  blockReason: 'customer-wish',
  blockKind: 'full-stop',
  ...given,
});
const resume = (productId: string, given: Partial<OrderItemInput> = {}): OrderItemInput => ({
  action: 'resume',
  productId,
  blockReason: 'customer-wish',
  ...given,
});
const dunning = { blockReason: 'dunning' } as const;

it('a customer blocks one card, arrears block its sub cards too', () => {
  const family = [product('main'), sub('sub1'), sub('sub2', { blocks: [overdue] }), product('other')];
  expect(settle([suspend('main')], family)).toEqual(['main']);
  expect(settle([suspend('sub1')], family)).toEqual(['sub1']);
  // The second sub card is stopped already; the first may be named as well.
  expect(settle([suspend('main', dunning)], family)).toEqual(['main', 'sub1']);
  expect(settle([suspend('sub1', dunning), suspend('main', dunning)], family)).toEqual(['sub1', 'main']);
});

it('payment frees the cards that were blocked with the main card', () => {
  const blocks = [overdue];
  const family = [product('main', { blocks }), sub('sub1', { blocks }), sub('sub2')];
  expect(settle([resume('main', dunning)], family)).toEqual(['main', 'sub1']);
  expect(settle([resume('main', { ...dunning, isAlone: true })], family)).toEqual(['main']);
  expect(settle([resume('main')], family)).toBe('product_not_blocked');
});

it.each<[string, OrderItemInput[]]>([
  ['product_not_found', [suspend('nobody')]],
  ['product_not_active', [suspend('ended')]],
  ['product_not_active', [resume('ended')]],
  ['product_in_order', [suspend('busy')]],
  ['product_in_order', [resume('busy', dunning)]],
  ['product_blocked_already', [suspend('blocked', dunning)]],
  ['product_not_blocked', [resume('blocked')]],
  ['product_twice', [suspend('main'), suspend('main')]],
  ['product_missing', [{ action: 'suspend', blockReason: 'sim-lost', blockKind: 'full-stop' }]],
  ['block_missing', [{ action: 'suspend', productId: 'main', blockReason: 'sim-lost' }]],
  ['block_missing', [{ action: 'resume', productId: 'main' }]],
  ['order_actions_mixed', [suspend('main'), resume('blocked', dunning)]],
])('is refused with %s', (code, items) => {
  const products = [
    product('main'),
    product('ended', { effectiveTo: at }),
    product('busy', { blocks: [overdue] }),
    product('blocked', { blocks: [overdue] }),
  ];
  expect(settle(items, products, ['busy'])).toBe(code);
});

it('may change the kind of a block', () => {
  const products = [product('main', { blocks: [overdue] })];
  expect(settle([suspend('main', { ...dunning, blockKind: 'barred-outgoing' })], products)).toEqual(['main']);
});
