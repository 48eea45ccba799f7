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

export interface CatalogQueries {
  /**
   * What would be live if these documents were applied over what is live now; nothing is written. A path replaces its
   * applied text, as in `catalog.applyDocuments`. Unreadable or contradictory documents give `problems` and nothing else.
   */
  'catalog.resolveDraft': {
    input: { files: { path: string; text: string }[] };
    answer: {
      /** Every version that would be live, by code and version: drafts in place of, and beside, what is live. */
      offers: OfferDocument[];
      policies: PolicyDocument[];
      /** `CODE@VERSION` of those that are new or differ from what is live. */
      drafted: string[];
      /** Those of them whose content is live and whose end alone differs. */
      ended?: string[];
      /** What is wrong in the documents: `FILE:LINE FIELD: MESSAGE`, in that order. */
      problems: string[];
      /** Why applying them as they are would be refused all the same: a published version would change, or overlap. */
      conflicts: string[];
    };
  };
}
