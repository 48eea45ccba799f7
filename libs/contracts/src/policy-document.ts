/** A business parameter as a document, versioned and effective-dated like a price. */
export interface PolicyDocument {
  code: string;
  version: number;
}
