/** What a line of the result is about. */
export type WhatIfKind = 'usage' | 'minimum' | 'fee' | 'discount' | 'rounding';

/** What an offer's price or a discount comes to, before and after. Micro-yuan. */
export interface WhatIfLine {
  offeringCode: string;
  kind: WhatIfKind;
  /** The price: `voice-out`, `monthly-fee`; the discount: `two-plans`. */
  chargeCode: string;
  /** Usage events, fees, or bill lines that are discounted or rounded. */
  count: number;
  before: bigint;
  after: bigint;
}

/** What an account is charged: exact usage and fees, discounts of account and group, and what is to pay. Micro-yuan. */
export interface AccountSum {
  /** With what is missing to minimum spends. */
  usage: bigint;
  fees: bigint;
  /** Zero or less. */
  discounts: bigint;
  /** As its bill says: discounted and rounded to fen. */
  total: bigint;
}

/** What an account would pay. */
export interface WhatIfAccount {
  lane: number;
  accountId: string;
  before: AccountSum;
  after: AccountSum;
  /** Why it cannot be charged by the drafts; its figures then stay as they are. */
  problem: string | null;
}

/** How the changes of accounts spread. Micro-yuan. */
export interface WhatIfSpread {
  changed: number;
  rising: number;
  falling: number;
  problems: number;
  /** The change below which a share of the changed accounts lies. */
  percentiles: { percent: number; delta: bigint }[];
  /** Changed accounts by the size of their change: from (inclusive) … to; null: open. */
  histogram: { from: bigint | null; to: bigint | null; accounts: number }[];
}

/** All that a trial came to. */
export interface WhatIfFigures {
  /** Over all accounts; together they are what bills say. */
  revenue: Record<WhatIfKind, { before: bigint; after: bigint }>;
  lines: WhatIfLine[];
  spread: WhatIfSpread;
  rising: WhatIfAccount[];
  falling: WhatIfAccount[];
  problems: { accountId: string; reason: string }[];
}
