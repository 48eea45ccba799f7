import { DomainError } from '@ronghe/kernel';

/** A version that cannot be published, and what is live instead. */
export interface VersionProblem {
  code: string;
  version: number;
}

/**
 * What the catalog refuses beside `document_invalid`, which readDocuments throws. The codes are part of the API; the
 * README has the table.
 */
export const catalogErrors = {
  /** conflict: the version was published with other content. Sold products hold on to it: publish a new version. */
  versionImmutable: (versions: VersionProblem[]) =>
    new DomainError(
      'version_immutable',
      'conflict',
      `published versions cannot change (${nameAll(versions)}): publish a new version`,
      { versions },
    ),

  /** conflict: a higher version of the code is live already. */
  versionOutOfOrder: (versions: VersionProblem[]) =>
    new DomainError(
      'version_out_of_order',
      'conflict',
      `a higher version is live already (${nameAll(versions)})`,
      {
        versions,
      },
    ),

  /** conflict: two versions of one code would be in force on one day. */
  versionsOverlap: (versions: VersionProblem[]) =>
    new DomainError(
      'versions_overlap',
      'conflict',
      `in force while an earlier version is (${nameAll(versions)}): a version begins where the one before ends, or later`,
      { versions },
    ),

  /** not_found. */
  offeringNotFound: (id: string) =>
    new DomainError('offering_not_found', 'not_found', 'no such offering', { id }),

  /** not_found. */
  priceNotFound: (id: string) => new DomainError('price_not_found', 'not_found', 'no such price', { id }),

  /** not_found. */
  specificationNotFound: (id: string) =>
    new DomainError('specification_not_found', 'not_found', 'no such specification', { id }),
};

function nameAll(versions: readonly VersionProblem[]): string {
  return versions.map(({ code, version }) => `${code} version ${version}`).join(', ');
}
