import type { LocalizedText } from './text';

/** A discount that belongs to the offer itself. */
export interface OfferDiscount {
  code: string;
  label: LocalizedText;
  /** Which recurring price it takes from. */
  price: string;
  /** Of the period's price: `20`. */
  percent: string;
  /** For how many bill periods. */
  periods: number;
  /** How many periods after the one of the order it starts: 1 = the following month. */
  startsAfterPeriods: number;
  /** Never for a product that was ordered in a bundle, also after the bundle has ended. */
  onlyOrderedAlone: boolean;
}
