import type { OfferDocument } from '@ronghe/contracts';
import type { LocalDate } from '@ronghe/kernel';
import { orderingError } from '../ordering.errors';
import type { SaleContext } from './basket';

/** Whether an offer may be sold on a local day. */
export function isOnSale(offer: OfferDocument, day: LocalDate): boolean {
  return offer.effectiveFrom <= day && (offer.effectiveTo === null || day < offer.effectiveTo);
}

/**
 * The version of an offering that is sold today: the one that a valid quote promised, else the newest whose
 * sale window holds the day.
 * @throws DomainError offering_unknown, offer_not_on_sale
 */
export function offerOnSale(
  code: string,
  context: Pick<SaleContext, 'offers' | 'today' | 'quoted'>,
): OfferDocument {
  const versions = context.offers(code);
  if (versions.length === 0) throw orderingError('offering_unknown', { offering: code });
  const quoted = context.quoted[code];
  const offer = versions.findLast((version) =>
    quoted === undefined ? isOnSale(version, context.today) : version.version === quoted,
  );
  if (!offer) {
    const windows = versions.map(({ version, effectiveFrom, effectiveTo }) => ({
      version,
      effectiveFrom,
      effectiveTo,
    }));
    throw orderingError('offer_not_on_sale', { offering: code, day: context.today, windows });
  }
  return offer;
}

/** A published version by its number. @throws DomainError offering_unknown */
export function offerVersion(
  context: Pick<SaleContext, 'offers'>,
  code: string,
  version: number,
): OfferDocument {
  const offer = context.offers(code).find((candidate) => candidate.version === version);
  if (!offer) throw orderingError('offering_unknown', { offering: code, version });
  return offer;
}
