import type { PlaceOrderInput } from '@ronghe/contracts';
import { addMs, instantFromIso, newId } from '@ronghe/kernel';
import { countedIds, saleContext, versions } from '../basket/offers.fixture';
import { readOrderRequest } from '../basket/order-request';
import { settleSale } from '../basket/settle-sale';
import { priceOfSale, quotedOrder, validUntil, versionsOf, type StoredQuote } from './quote';

const now = instantFromIso('2026-06-11T00:00:00+08:00');
const chargeClasses = [{ code: 'plan fee', name: { en: 'Plan fee', 'zh-CN': '套餐费' } }];

function sell(codes: string[], bundle: string | null = null) {
  const request = readOrderRequest(codes.map((offeringCode) => ({ action: 'add', offeringCode })));
  if (request.kind !== 'sale') throw new Error('not a sale');
  return settleSale(request.items, bundle, saleContext(), countedIds());
}

const request: PlaceOrderInput = {
  customerId: 'c',
  accountId: 'a',
  bundleOfferingCode: 'family',
  items: [{ action: 'add', offeringCode: 'plan' }],
};

function stored(given: Partial<StoredQuote> = {}): StoredQuote {
  const items = sell(['plan', 'line'], 'family');
  return {
    quoteId: newId(),
    customerId: 'c',
    accountId: 'a',
    request,
    offeringVersions: versionsOf(items),
    price: priceOfSale(items, {
      offers: versions(),
      held: [],
      cycle: { billDay: 1, zone: 'Asia/Shanghai' },
      startsAt: now,
      chargeClasses,
    }),
    createdAt: now,
    createdBy: 'clerk',
    validUntil: validUntil(now),
    ...given,
  };
}

const bare: PlaceOrderInput = { customerId: 'c', accountId: 'a', items: [] };

describe('a quote', () => {
  it('prices the first period by days and the next as a whole, each line explained', () => {
    const { firstPeriod, monthly } = stored().price;
    // 20 of 30 days of a fee of 70.
    expect([firstPeriod.period, firstPeriod.total, monthly.total]).toEqual(['2026-06', '46.67', '70.00']);
    expect(firstPeriod.lines.map((line) => line.card)).toEqual(['main']);
    expect(firstPeriod.lines[0]?.explanation['zh-CN']).toContain('20');
  });

  it('holds to the versions of everything that it names, the bundle too', () => {
    expect(stored().offeringVersions).toEqual({ plan: 1, line: 1, family: 1 });
  });

  it('is ordered as it is', () => {
    const quote = stored();
    expect(quotedOrder(quote, { ...bare, quoteId: quote.quoteId }, now)).toEqual({
      ...request,
      quoteId: quote.quoteId,
    });
  });

  it.each<[string, PlaceOrderInput, string]>([
    ['for another account', { ...bare, accountId: 'x' }, 'quote_of_other_account'],
    ['with other items', { ...bare, items: request.items }, 'order_body_invalid'],
  ])('is refused %s', (_what, input, code) => {
    expect(() => quotedOrder(stored(), input, now)).toThrow(expect.objectContaining({ code }));
  });

  it('runs out after thirty days', () => {
    const quote = stored();
    expect(() => quotedOrder(quote, bare, addMs(quote.validUntil, -1))).not.toThrow();
    expect(() => quotedOrder(quote, bare, quote.validUntil)).toThrow(
      expect.objectContaining({ code: 'quote_expired' }),
    );
  });
});
