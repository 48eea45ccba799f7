import type { OfferDocument } from '@ronghe/contracts';
import { lookupWithCorrections, type OfferLookup } from '@ronghe/rating';
import { billingErrors } from '../billing.errors';

/** Finds an offer, or the version that mends it, among those given. @throws DomainError('offer_unknown', 'conflict'). */
export function lookupIn(offers: readonly OfferDocument[]): OfferLookup {
  return lookupWithCorrections(offers, (code, version) => {
    throw billingErrors.offerUnknown(code, version);
  });
}

/** Whether any of the offers has a fee that is billed before its period. */
export function hasAdvanceFees(offers: readonly OfferDocument[]): boolean {
  return offers.some((offer) => offer.recurringPrices.some((price) => price.timing === 'advance'));
}
