import type { AmountText, LocalizedText } from './text';

/** A service that a fee is also for. */
export interface TaxPart {
  taxClass: string;
  /** Text of the bill line. */
  label: LocalizedText;
  /** What the service costs alone for a whole bill period, above zero. */
  standAlone: AmountText;
}
