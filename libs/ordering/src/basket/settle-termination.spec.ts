import { instantFromIso, isDomainError } from '@ronghe/kernel';
import type { ProductVersion } from '../product/product';
import type { HeldProduct } from './basket';
import { held, versions } from './offers.fixture';
import { readOrderRequest } from './order-request';
import { settleTermination } from './settle-termination';

const main = held('main', { role: 'main' });
const sub = held('sub1', {
  offeringCode: 'sub',
  specification: 'mobile-sub',
  role: 'sub',
  cardGroupId: 'main',
});
const line = held('line', { offeringCode: 'line', specification: 'broadband', role: 'broadband' });
const set = held('set', { offeringCode: 'set', specification: 'iptv', role: 'iptv' });
const everything = [main, sub, line, set];

function product(of: HeldProduct, effectiveTo: string | null = null): ProductVersion {
  return {
    version: 1,
    orderItemNo: 1,
    specification: of.specification,
    recordedAt: instantFromIso('2026-06-11T00:00:00Z'),
    recordedBy: 'test',
    cause: 'activated',
    state: {
      ...of,
      customerId: 'c',
      accountId: 'a',
      lane: 1,
      orderId: 'o',
      resources: [],
      onlineClasses: [],
      effectiveFrom: instantFromIso('2026-06-11T00:00:00Z'),
      effectiveTo: effectiveTo === null ? null : instantFromIso(effectiveTo),
    },
  };
}

function end(
  ids: string[],
  given: { products?: ProductVersion[]; held?: HeldProduct[]; ending?: string[]; changing?: string[] } = {},
) {
  const request = readOrderRequest(ids.map((productId) => ({ action: 'delete', productId })));
  if (request.kind !== 'termination') throw new Error('not a termination');
  return settleTermination(request.items, {
    offers: versions(),
    products: given.products ?? everything.map((each) => product(each)),
    held: given.held ?? everything,
    ending: new Set(given.ending ?? []),
    changing: new Set(given.changing ?? []),
  }).map((each) => each.state.productId);
}

function outcome(...parameters: Parameters<typeof end>): unknown {
  try {
    return end(...parameters);
  } catch (error) {
    if (isDomainError(error)) return error.code;
    throw error;
  }
}

describe('ending products', () => {
  it('ends what nothing else needs, in the order of the items', () => {
    expect(end(['set', 'line'])).toEqual(['set', 'line']);
    expect(end(['sub1'])).toEqual(['sub1']);
    expect(end(['main', 'sub1'])).toEqual(['main', 'sub1']);
  });

  it('leaves nothing behind that needs what ends', () => {
    expect(outcome(['main'])).toBe('product_has_dependents');
    expect(outcome(['line'])).toBe('product_has_dependents');
    expect(
      outcome(['line'], { held: [...everything, held('line2', { specification: 'broadband' })] }),
    ).toEqual(['line']);
  });

  it('counts what an open order adds as needing it, and what one ends as gone', () => {
    const coming = { ...set, isFirm: false };
    expect(outcome(['line'], { held: [main, sub, line, coming] })).toBe('product_has_dependents');
    expect(outcome(['line'], { ending: ['set'] })).toEqual(['line']);
  });

  it('refuses what is not there, has ended, or is ending already', () => {
    expect(outcome(['other'])).toBe('product_not_found');
    expect(outcome(['set'], { products: [product(set, '2026-08-01T00:00:00Z')] })).toBe('product_not_active');
    expect(outcome(['set'], { ending: ['set'] })).toBe('product_in_order');
    expect(outcome(['set'], { changing: ['set'] })).toBe('product_in_order');
    expect(outcome(['set', 'set'])).toBe('product_twice');
  });
});
