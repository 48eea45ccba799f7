import type { ProductBlock, ProductState } from '@ronghe/contracts';
import { instantFromIso } from '@ronghe/kernel';
import { stopKey, stopOrder, wantedAction, type FeeStop } from './fee-stop';

const at = instantFromIso('2026-08-03T00:00:00+08:00');
const block = (given: Partial<ProductBlock> = {}): ProductBlock => ({
  kind: 'full-stop',
  reason: 'unpaid-fee',
  orderId: 'o',
  from: at,
  to: null,
  ...given,
});
const productWith = (given: Partial<ProductState> = {}) =>
  ({ productId: 'p', customerId: 'c', accountId: 'a', effectiveTo: null, ...given }) as ProductState;
const stop = (isWanted: boolean, product: ProductState | null, isMainCardWanted = false): FeeStop => ({
  lane: 1,
  productId: 'p',
  isWanted,
  isMainCardWanted,
  freedSubCards: [],
  attempt: 3,
  tries: 0,
  product,
});

it.each([
  ['suspend', true, productWith()],
  ['suspend', true, productWith({ blocks: [block({ to: at }), block({ reason: 'sim-lost' })] })],
  [null, true, productWith({ blocks: [block()] })],
  ['resume', false, productWith({ blocks: [block()] })],
  [null, false, productWith({ blocks: [block({ reason: 'dunning' })] })],
  [null, true, productWith({ effectiveTo: at })],
  [null, true, null],
] as const)('orders to %s when a stop is wanted: %s', (action, isWanted, product) => {
  expect(wantedAction(stop(isWanted, product))).toBe(action);
});

it('leaves a sub card alone while its main card shall be stopped, unless its own fee is unpaid', () => {
  const stopped = productWith({ blocks: [block()] });
  expect(wantedAction(stop(false, stopped, true))).toBeNull();
  expect(wantedAction(stop(false, productWith(), true))).toBeNull();
  expect(wantedAction(stop(true, productWith(), true))).toBe('suspend');
  expect(wantedAction(stop(true, stopped, true))).toBeNull();
});

it('names each order for what it asks', () => {
  expect(stopOrder(productWith(), 'suspend')).toEqual({
    customerId: 'c',
    accountId: 'a',
    items: [{ action: 'suspend', productId: 'p', blockReason: 'unpaid-fee', blockKind: 'full-stop' }],
  });
  const resume = { action: 'resume', blockReason: 'unpaid-fee', isAlone: true };
  expect(stopOrder(productWith(), 'resume', ['sub']).items).toEqual([
    { ...resume, productId: 'p' },
    { ...resume, productId: 'sub' },
  ]);
  expect(stopKey(stop(true, null), 'suspend')).toBe('fee-stop/p/3/suspend');
});
