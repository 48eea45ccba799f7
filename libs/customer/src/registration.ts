import type { Instant } from '@ronghe/kernel';
import { readContact, readName, type Contact } from './contact';
import { readIdentityDocument, type IdentityDocument, type IdentityDocumentKind } from './identity-document';

/** What the counter types in. */
export interface RegistrationRequest {
  name: string;
  phone?: string | null;
  address?: string | null;
  identityDocument: { kind: IdentityDocumentKind; number: string; issuingCountry?: string | null };
}

/** A checked registration: a party (TMF632 individual) that takes the role of customer (TMF629). */
export interface Registration {
  name: string;
  contact: Contact;
  document: IdentityDocument;
}

/** A customer as the domain knows it; the identity number is not part of it. */
export interface Customer {
  customerId: string;
  partyId: string;
  name: string;
  /** When the identity document was checked; null would mean that nothing may be sold. */
  realNameVerifiedAt: Instant | null;
  registeredAt: Instant;
}

/** Checks every part. Errors as readName, readContact and readIdentityDocument. */
export function readRegistration(request: RegistrationRequest): Registration {
  const { kind, number, issuingCountry } = request.identityDocument;
  return {
    name: readName(request.name),
    contact: readContact(request),
    document: readIdentityDocument(kind, number, issuingCountry),
  };
}
