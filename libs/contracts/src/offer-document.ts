/** An offer as a document. The catalog validates the YAML into this shape; events carry it whole. */
export interface OfferDocument {
  code: string;
  version: number;
}
