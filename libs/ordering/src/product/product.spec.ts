import { instantFromIso, isDomainError } from '@ronghe/kernel';
import { countNumbers, isLive, terminate, type ProductVersion } from './product';

const installed: ProductVersion = {
  version: 1,
  orderItemNo: 1,
  specification: 'mobile-main',
  recordedAt: instantFromIso('2026-06-11T00:00:00+08:00'),
  recordedBy: 'clerk',
  cause: 'activated',
  state: {
    productId: 'p',
    customerId: 'c',
    accountId: 'a',
    lane: 7,
    orderId: 'o',
    offeringCode: 'plan',
    offeringVersion: 1,
    role: 'alone',
    card: 'main',
    bundleId: null,
    bundleOfferingCode: null,
    bundleOfferingVersion: null,
    cardGroupId: 'p',
    resources: [{ resourceId: 'r', kind: 'sim', value: '8986' }],
    onlineClasses: [],
    effectiveFrom: instantFromIso('2026-06-11T00:00:00+08:00'),
    effectiveTo: null,
  },
};

describe('a product', () => {
  it('ends in a version of its own, with all that it was', () => {
    const at = instantFromIso('2026-08-16T00:00:00+08:00');
    const ended = terminate(installed, at, 'other');
    expect(ended).toEqual({
      ...installed,
      version: 2,
      recordedAt: at,
      recordedBy: 'other',
      cause: 'terminated',
      state: { ...installed.state, effectiveTo: at },
    });
    expect([isLive(installed.state), isLive(ended.state)]).toEqual([true, false]);
  });

  it('ends once', () => {
    const ended = terminate(installed, instantFromIso('2026-08-16T00:00:00+08:00'), 'other');
    const again = () => terminate(ended, instantFromIso('2026-08-17T00:00:00+08:00'), 'other');
    expect(again).toThrow(expect.objectContaining({ code: 'product_not_active' }));
    try {
      again();
    } catch (error) {
      expect(isDomainError(error) && error.kind).toBe('conflict');
    }
  });

  it('counts mobile and fixed numbers, not SIMs and boxes', () => {
    expect(countNumbers(['mobile_number', 'sim', 'fixed_number', 'set_top_box'])).toBe(2);
  });
});
