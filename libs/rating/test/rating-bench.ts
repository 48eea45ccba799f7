import type { OfferDocument, UsagePrice } from '@ronghe/contracts';
import { billPeriodOf } from '@ronghe/kernel';
import { periodEntitlements } from '../src/entitlements';
import { ratePeriod } from '../src/rate-period';
import type { UsageEvent } from '../src/rate-usage';
import { openState, type RatingState } from '../src/rating-state';
import { usagePlanOf } from '../src/usage-plan';
import { cycle, lookupOf, plan, product, subCard, usage } from './sample-offers';

/** A main card and a sub card in June 2026, with `plan` replaced by the offer that a test is about. */

export const june = billPeriodOf('2026-06', cycle);
export const holdings = [
  product(),
  product({ productId: 'sub', card: 'sub', role: 'sub', offeringCode: subCard.code }),
];

/** The plan with this one price. */
export function priced(price: UsagePrice, allowances: OfferDocument['allowances'] = []): OfferDocument {
  return plan({ usagePrices: [price], allowances });
}

/** How each event is charged. */
export function planFor(offer: OfferDocument) {
  const offers = lookupOf(offer);
  return (event: UsageEvent) => {
    const holding = holdings.find(({ productId }) => productId === event.productId) ?? product();
    return usagePlanOf({ holding, holdings, offers, usageClass: event.usageClass, usedAt: event.usedAt });
  };
}

/** The state in which the card group begins June. */
export function opened(offer: OfferDocument): RatingState {
  return openState(
    periodEntitlements({ cardGroupId: 'main', holdings, offers: lookupOf(offer), period: june, cycle }),
  );
}

/** Rates data of so many KB each, one after the other. */
export function rateData(offer: OfferDocument, ...quantities: number[]) {
  const events = quantities.map((quantity, index) =>
    usage({ recordId: `r${String(index).padStart(4, '0')}`, quantity: BigInt(quantity) }),
  );
  return ratePeriod(opened(offer), events, planFor(offer));
}
