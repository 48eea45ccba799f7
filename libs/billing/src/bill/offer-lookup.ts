import type { OfferDocument } from '@ronghe/contracts';
import type { OfferLookup } from '@ronghe/rating';
import { billingErrors } from '../billing.errors';

/** Finds an offer among those given. @throws DomainError('offer_unknown', 'conflict'). */
export function lookupIn(offers: readonly OfferDocument[]): OfferLookup {
  const byVersion = new Map(offers.map((offer) => [`${offer.code}/${offer.version}`, offer]));
  return (code, version) => {
    const offer = byVersion.get(`${code}/${version}`);
    if (!offer) throw billingErrors.offerUnknown(code, version);
    return offer;
  };
}

/** Whether any of the offers has a fee that is billed before its period. */
export function hasAdvanceFees(offers: readonly OfferDocument[]): boolean {
  return offers.some((offer) => offer.recurringPrices.some((price) => price.timing === 'advance'));
}
