import { isValidResidentId } from '@ronghe/kernel';
import { customerErrors } from './customer.errors';

/** The kinds of proof of identity that real-name registration accepts. */
export const identityDocumentKinds = ['RESIDENT_ID', 'PASSPORT'] as const;
export type IdentityDocumentKind = (typeof identityDocumentKinds)[number];

/** A proof of identity as it was shown. The number is secret: it is encrypted before it is stored. */
export interface IdentityDocument {
  kind: IdentityDocumentKind;
  /** Who issued it, ISO 3166-1 alpha-2; CN for a resident identity card. Passport numbers are unique per country. */
  issuingCountry: string;
  /** Upper case, without blanks. */
  number: string;
}

const COUNTRY = /^[A-Z]{2}$/;
/** ICAO Doc 9303 part 4 leaves nine positions to the passport number. */
const PASSPORT = /^[A-Z0-9]{5,9}$/;

/**
 * Normalises and checks an identity document: blanks and letter case do not matter, the check digit does.
 * @param issuingCountry needed for a passport; CN or nothing for a resident identity card.
 * @throws DomainError('identity_document_invalid').
 */
export function readIdentityDocument(
  kind: IdentityDocumentKind,
  numberText: string,
  issuingCountry?: string | null,
): IdentityDocument {
  const number = numberText.normalize('NFKC').replace(/\s/g, '').toUpperCase();
  const country = (issuingCountry ?? (kind === 'RESIDENT_ID' ? 'CN' : '')).toUpperCase();
  switch (kind) {
    case 'RESIDENT_ID':
      if (country !== 'CN')
        throw customerErrors.identityDocumentInvalid(kind, 'a resident identity card is issued in CN');
      if (!isValidResidentId(number)) {
        throw customerErrors.identityDocumentInvalid(kind, 'region, birth date or check digit is wrong');
      }
      break;
    case 'PASSPORT':
      if (!COUNTRY.test(country))
        throw customerErrors.identityDocumentInvalid(kind, 'the issuing country has two letters');
      if (!PASSPORT.test(number)) {
        throw customerErrors.identityDocumentInvalid(
          kind,
          'a passport number has five to nine letters and digits',
        );
      }
      break;
  }
  return { kind, issuingCountry: country, number };
}

/** What clerks and customers may see: the last four characters, of a short number the last two. */
export function maskIdentityNumber(number: string): string {
  const shown = number.length >= 12 ? 4 : 2;
  return '*'.repeat(number.length - shown) + number.slice(-shown);
}
