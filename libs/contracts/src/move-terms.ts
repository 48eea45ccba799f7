import type { ResourceKind } from './ordering';
import type { AmountText, LocalizedText } from './text';

/** Moving a product to another address (移机). */
export interface MoveTerms {
  /** Tax included; `0` where it is free. */
  fee: AmountText;
  label: LocalizedText;
  chargeClass: string;
  taxClass: string;
  /** Kinds of stock that are given back at the old address and taken anew at the new one; the others, a number too, stay. */
  renews: ResourceKind[];
}
