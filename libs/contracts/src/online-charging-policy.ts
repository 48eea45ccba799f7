import type { UsageClass } from './offer-document';
import type { PolicyHead } from './policy-head';
import type { AmountText } from './text';

/** How sessions of the network are charged online (TS 32.291). Quantities are octets, seconds, messages or items by class. */
export interface OnlineChargingPolicy extends PolicyHead<'online-charging'> {
  /** What a rating group is used for. One that is not listed: calls and messages by what the request carries, else data. */
  ratingGroups: OnlineRatingGroup[];
  /** How long a grant holds. A session that is silent for longer is taken for dead and gives back what it reserved. */
  validitySeconds: number;
  /** After so long without use the network gives quota back; null: it keeps it. */
  quotaHoldingSeconds: number | null;
  grants: OnlineGrantSize[];
  /** A grant shall last about so long at the pace of the last one. */
  grantLastsSeconds: number;
  /** Of what is free, at most so many percent for one grant without a size that was asked for. */
  shareOfFreePercent: number;
  /** The network asks again when so many percent of a grant are left; null: when it is used up. */
  thresholdPercent: number | null;
  finalUnit: OnlineFinalUnit;
  /**
   * Hosts that may be called at a session's `notifyUri`: `smf.example`, `10.0.0.8:8080`, `*.5gc.example`; with `h2c://` before it, over
   * HTTP/2 without encryption. Default: none.
   */
  notifyHosts?: string[];
  /** What every product may spend on usage, unless something else was said of it; then nothing that costs is granted. Default: no cap. */
  spendCap?: { amount: AmountText; per: 'period' | 'day' } | null | undefined;
}

/** What a rating group is used for. */
export interface OnlineRatingGroup {
  ratingGroup: number;
  usageClass: UsageClass;
  /** Content: what its provider has priced one unit of it at; percentages and dynamic prices are of it. Default: nothing. */
  each?: AmountText | null;
}

/** What is granted of a usage class where no size is asked for. Whole numbers. */
export interface OnlineGrantSize {
  usageClass: UsageClass;
  /** Before a pace is known. */
  first: string;
  minimum: string;
  maximum: string;
}

/** What the network does when the last grant is used up. */
export type OnlineFinalUnit =
  | { action: 'TERMINATE' }
  | { action: 'REDIRECT'; addressType: 'IPV4' | 'IPV6' | 'URL' | 'URI'; address: string }
  | { action: 'RESTRICT_ACCESS'; filterIds: string[] };
