import type { Instant } from '@ronghe/kernel';
import type { OfferDocument } from './offer-document';
import type { PolicyDocument } from './policy-document';

/** A version of an offer went live. The document is complete: consumers need nothing else. */
export interface OfferingPublished {
  code: string;
  version: number;
  document: OfferDocument;
  publishedAt: Instant;
}

/** A business parameter document (tax, rounding, limits, usage mapping) went live. */
export interface PolicyPublished {
  code: string;
  version: number;
  document: PolicyDocument;
  publishedAt: Instant;
}

export interface CatalogEvents {
  'offering.published.v1': OfferingPublished;
  'policy.published.v1': PolicyPublished;
}

export interface CatalogCommands {
  /** The only writer of live offers and policies: validated documents, applied at once or not at all. */
  'catalog.applyDocuments': {
    input: { files: { path: string; text: string }[] };
    answer: { published: string[]; unchanged: string[] };
  };
}
