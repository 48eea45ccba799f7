import type { ProductState } from '@ronghe/contracts';
import { planFor } from '../balance/balance.fixture';
import { priceOriginOf, pricingProductOf } from './price-origin';

const product = (productId: string, card: string, more: Partial<ProductState> = {}): ProductState =>
  ({
    productId,
    card,
    cardGroupId: 'main',
    offeringCode: 'plan',
    offeringVersion: 1,
    ...more,
  }) as ProductState;
const main = product('main', 'main');
const sub = product('sub', 'sub1', { offeringCode: 'sub-card' });

it('says under which version a product was sold, and which one mends it', () => {
  const plan = planFor('voice');
  expect(priceOriginOf(plan, main, main).reason.en).toBe('main was sold under plan version 1');
  const mended = priceOriginOf({ ...plan, offeringVersion: 3 }, main, main);
  expect(mended).toMatchObject({ soldOfferingVersion: 1, offeringVersion: 3, policies: [] });
  expect(mended.reason).toEqual({
    en: 'main was sold under plan version 1, which version 3 mends',
    'zh-CN': 'main 按 plan 第 1 版办理，已由第 3 版更正',
  });
});

it('finds the main card where its offer prices the usage of a sub card', () => {
  const plan = planFor('voice');
  expect(pricingProductOf(plan, main, [sub, main])).toBe(main);
  const pricing = pricingProductOf(plan, sub, [sub, main]);
  expect(pricing).toBe(main);
  expect(priceOriginOf(plan, sub, pricing)).toMatchObject({
    pricedByCard: 'main',
    reason: {
      en: "main was sold under plan version 1; usage of sub1 is charged by its main card's offer",
    },
  });
});
