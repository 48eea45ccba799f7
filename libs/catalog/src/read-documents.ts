import type { OfferDocument, PolicyDocument } from '@ronghe/contracts';

/** One document file as it was authored. */
export interface DocumentFile {
  path: string;
  text: string;
}

/** What is wrong where. `line` counts from 1; `field` is a path such as `allowances[0].data`. */
export interface DocumentProblem {
  file: string;
  line: number;
  field: string;
  message: string;
}

/**
 * Reads YAML documents, resolves them into offers and policies and validates them together.
 * Throws DomainError('document_invalid', 'invalid') with `details.errors: DocumentProblem[]`, all at once.
 */
export function readDocuments(files: readonly DocumentFile[]): { offers: OfferDocument[]; policies: PolicyDocument[] } {
  throw new Error(`not written yet: ${files.length}`);
}
