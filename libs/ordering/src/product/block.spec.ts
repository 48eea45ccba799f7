import type { BlockKind, BlockReason, ProductState } from '@ronghe/contracts';
import { addMs, instantFromIso } from '@ronghe/kernel';
import fc from 'fast-check';
import { held } from '../basket/offers.fixture';
import { barringOf, blockKinds, blockReasons, openBlocks } from './block';
import { resume, statusOf, suspend, terminate, type ProductVersion } from './product';

const start = instantFromIso('2026-06-11T00:00:00Z');

function installed(): ProductVersion {
  const state: ProductState = {
    ...held('p1'),
    customerId: 'c',
    accountId: 'a',
    lane: 1,
    orderId: 'o',
    resources: [],
    onlineClasses: [],
    effectiveFrom: start,
    effectiveTo: null,
  };
  return {
    version: 1,
    state,
    orderItemNo: 1,
    specification: 'mobile-main',
    recordedAt: start,
    recordedBy: 'test',
    cause: 'activated',
  };
}

const stop = (product: ProductVersion, reason: BlockReason, kind: BlockKind, at = start): ProductVersion =>
  suspend(product, { reason, kind, orderId: 'o1' }, at, 'test');

it('goes on only when its last block is lifted', () => {
  const twice = stop(stop(installed(), 'sim-lost', 'full-stop'), 'dunning', 'barred-outgoing');
  expect(barringOf(openBlocks(twice.state))).toBe('full-stop');
  const found = resume(twice, 'sim-lost', addMs(start, 1000), 'test');
  expect([statusOf(found.state), barringOf(openBlocks(found.state))]).toEqual([
    'suspended',
    'barred-outgoing',
  ]);
  const paid = resume(found, 'dunning', addMs(start, 2000), 'test');
  expect([statusOf(paid.state), barringOf(openBlocks(paid.state))]).toEqual(['active', null]);
  expect(paid.state.blocks).toMatchObject([
    { reason: 'sim-lost', from: start, to: addMs(start, 1000) },
    { reason: 'dunning', from: start, to: addMs(start, 2000) },
  ]);
  expect([paid.version, paid.cause]).toEqual([5, 'resumed']);
});

it('of one reason holds once: it changes its kind', () => {
  const later = addMs(start, 1000);
  const both = stop(stop(installed(), 'dunning', 'barred-outgoing'), 'dunning', 'full-stop', later);
  expect(openBlocks(both.state)).toMatchObject([{ kind: 'full-stop', from: later }]);
  expect(both.state.blocks).toHaveLength(2);
  expect(() => stop(both, 'dunning', 'full-stop')).toThrow(
    expect.objectContaining({ code: 'product_blocked_already' }),
  );
});

it('cannot be lifted where there is none, nor placed on what has ended', () => {
  expect(() => resume(installed(), 'dunning', start, 'test')).toThrow(
    expect.objectContaining({ code: 'product_not_blocked' }),
  );
  const ended = terminate(stop(installed(), 'dunning', 'full-stop'), addMs(start, 5000), 'test');
  expect([statusOf(ended.state), openBlocks(ended.state)]).toEqual(['terminated', []]);
  expect(() => stop(ended, 'sim-lost', 'full-stop')).toThrow(
    expect.objectContaining({ code: 'product_not_active' }),
  );
});

it('a product stands as its open blocks say, whatever came in which order', () => {
  const change = fc.record({
    reason: fc.constantFrom(...blockReasons),
    kind: fc.option(fc.constantFrom(...blockKinds)),
  });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 20 }), (changes) => {
      const expected = new Map<BlockReason, BlockKind>();
      let product = installed();
      for (const [index, { reason, kind }] of changes.entries()) {
        const at = addMs(start, index);
        if (kind !== null && expected.get(reason) !== kind) {
          product = stop(product, reason, kind, at);
          expected.set(reason, kind);
        } else if (kind === null && expected.delete(reason)) product = resume(product, reason, at, 'test');
      }
      expect(new Map(openBlocks(product.state).map(({ reason, kind }) => [reason, kind]))).toEqual(expected);
      expect(statusOf(product.state)).toBe(expected.size > 0 ? 'suspended' : 'active');
      for (const { from, to } of product.state.blocks ?? []) expect(to === null || from <= to).toBe(true);
    }),
  );
});
