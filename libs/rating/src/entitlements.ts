import type {
  Allowance,
  BundleAllowance,
  LocalizedText,
  OfferDocument,
  Rollover,
  UsageClass,
  UsageUnit,
} from '@ronghe/contracts';
import {
  addDays,
  contains,
  daysBetween,
  localDateOf,
  minInstant,
  overlap,
  startOfLocalDate,
  type BillCycle,
  type BillPeriod,
  type Instant,
  type Period,
} from '@ronghe/kernel';
import { withOwnCodes } from './bucket-codes';
import { compareBuckets } from './bucket-order';
import type { BucketUsers } from './bucket-users';
import { bundleOf, spanOfRule, type HeldBundle } from './held-bundle';
import { heldPack, isPack } from './held-pack';
import {
  compareHoldings,
  endOfTime,
  isHeldIn,
  type DayRange,
  type Holding,
  type OfferLookup,
} from './holding';
import { allHeldTerms, rulesOfPart } from './held-terms';
import { chargedDays, roundUpShare, shareOf, sharedDays } from './period-share';

/** What a card group (or one product of it) may use in a period: a bucket, when it is opened. */
export interface BucketGrant {
  /**
   * Unique within the card group and period and the same whenever it is worked out: `convergent-199/data`,
   * `rolled/convergent-199/data`; where an offer is held again in the period, `convergent-199/data/2026-07-21`.
   */
  code: string;
  label: LocalizedText;
  /** This period's own, rolled over from the period before, or the rest of a pack that outlives its period. */
  origin: 'base' | 'rolled' | 'carried';
  /** The one product that may use it; null: every product of the card group. */
  productId: string | null;
  usageClasses: UsageClass[];
  unit: UsageUnit;
  /** In `unit`. */
  quantity: bigint;
  /** Usage that starts in [validFrom, validTo) may take from it. */
  validFrom: Instant;
  validTo: Instant;
  /** Lower first, within the same rank. */
  priority: number;
  /** What becomes of what is left; null: it lapses. */
  rollover: Rollover | null;
  /** Base allowances come before add-on packs. Absent: `base`. */
  rank?: 'base' | 'add-on';
  /** Only usage to these zones, in these bands; absent or null: any. */
  zones?: string[] | null;
  bands?: string[] | null;
  /** At most so many units for each product but the owner; absent or null: no limit. */
  memberCap?: bigint | null;
  /** The product that brought it; absent or null: unknown. */
  ownerProductId?: string | null;
  /** Each event takes whole ones of these, in `unit`; absent or null: what it uses. */
  increment?: bigint | null;
  /** Once it is used up nothing after it in the order may serve what it covers. Absent: false. */
  isBlocker?: boolean;
  /** The products that may use it, where card groups share; absent or null: as `productId` says. */
  users?: BucketUsers | null;
  offeringCode: string;
  offeringVersion: number;
}

export interface EntitlementQuestion {
  cardGroupId: string;
  /** Every product of the account, also ended ones: a bundle may depend on products outside the card group. */
  holdings: readonly Holding[];
  offers: OfferLookup;
  period: BillPeriod;
  cycle: BillCycle;
}

/**
 * The base buckets of a card group in a bill period, prorated, with a bundle's allowance in place of the plan's
 * while the bundle holds; in the order of use. Rolled-over buckets come from `rollover`.
 */
export function periodEntitlements(question: EntitlementQuestion): BucketGrant[] {
  const { cardGroupId, period } = question;
  const holdings = allHeldTerms(question.holdings);
  const grants = holdings
    .filter((holding) => holding.cardGroupId === cardGroupId && isHeldIn(holding, period))
    .sort(compareHoldings)
    .flatMap((holding) => grantsOf(holding, { ...question, holdings }));
  return withOwnCodes(grants, question.cycle.zone).toSorted(compareBuckets);
}

function grantsOf(holding: Holding, question: EntitlementQuestion): BucketGrant[] {
  const { holdings, offers, cycle } = question;
  const offer = offers(holding.offeringCode, holding.offeringVersion);
  const bundle = bundleOf(holding, holdings, offers, cycle);
  const fromBundle = (bundle?.rules.allowances ?? [])
    .filter((allowance) => allowance.role === holding.role && allowance.offering === holding.offeringCode)
    .map((allowance) => ({ allowance, days: bundleDays(allowance, bundle, holding, question) }));
  const own = offer.allowances.flatMap((allowance) => {
    if (isPack(allowance)) return grantPack({ allowance, offer, holding }, question);
    const active = activePeriod(holding);
    const days = chargedDays(active, rulesOfPart(allowance, holding, active), question.period, cycle.zone);
    if (!days) return [];
    const replaced =
      fromBundle.find((other) => other.allowance.replaces.includes(allowance.code))?.days ?? null;
    return grant({ allowance, offer, days, replaced }, holding, question);
  });
  const bundled = fromBundle.flatMap(({ allowance, days }) =>
    bundle && days ? grant({ allowance, offer: bundle.offer, days, replaced: null }, holding, question) : [],
  );
  return [...own, ...bundled];
}

function bundleDays(
  allowance: BundleAllowance,
  bundle: HeldBundle | null,
  holding: Holding,
  { period, cycle }: EntitlementQuestion,
): DayRange | null {
  const span = bundle && spanOfRule(bundle, allowance);
  const active = span && overlap(span, activePeriod(holding));
  return active && chargedDays(active, rulesOfPart(allowance, holding, active), period, cycle.zone);
}

/** An allowance of an offer, the days that count, and those of them on which a bundle's allowance takes its place. */
interface AllowancePart {
  allowance: Allowance;
  offer: OfferDocument;
  days: DayRange;
  replaced: DayRange | null;
}

function grant(
  { allowance, offer, days, replaced }: AllowancePart,
  holding: Holding,
  { period, cycle }: EntitlementQuestion,
): BucketGrant[] {
  const countedDays = daysBetween(days.from, days.to) - (replaced ? sharedDays(days, replaced) : 0);
  if (countedDays <= 0) return [];
  const share = shareOf(countedDays, allowance, period);
  return [
    {
      ...describe(allowance, offer, holding),
      quantity: roundUpShare(
        BigInt(allowance.quantity),
        BigInt(share.days),
        BigInt(share.ofDays),
        BigInt(allowance.wholeUnits),
      ),
      validFrom: startOfLocalDate(days.from, cycle.zone),
      validTo: startOfLocalDate(days.to, cycle.zone),
    },
  ];
}

/** What a bucket of an allowance says apart from its quantity and validity. */
function describe(
  allowance: Allowance,
  offer: OfferDocument,
  holding: Holding,
): Omit<BucketGrant, 'quantity' | 'validFrom' | 'validTo'> {
  const owner = holding.productId === holding.cardGroupId ? '' : `/${holding.card}`;
  return {
    code: `${offer.code}/${allowance.code}${owner}`,
    label: allowance.label,
    origin: 'base',
    productId: allowance.sharedBy === 'product' ? holding.productId : null,
    usageClasses: allowance.usageClasses,
    unit: allowance.unit,
    priority: allowance.priority,
    rollover: allowance.rollover,
    rank: allowance.rank ?? 'base',
    zones: allowance.zones ?? null,
    bands: allowance.bands ?? null,
    memberCap: allowance.memberCap ? BigInt(allowance.memberCap) : null,
    increment: allowance.increment ? BigInt(allowance.increment) : null,
    ownerProductId: holding.productId,
    isBlocker: allowance.isBlocker ?? false,
    offeringCode: offer.code,
    offeringVersion: offer.version,
  };
}

/**
 * A pack of so many days is granted whole, once, in the period in which its product starts; the day of the start is the
 * first. What is left of it goes over period ends by `rollover`. Each product of it has a bucket of its own; one that goes
 * back to a pack that it has left gets it anew.
 */
function grantPack(
  { allowance, offer, holding }: { allowance: Allowance; offer: OfferDocument; holding: Holding },
  { period, cycle, holdings, offers }: EntitlementQuestion,
): BucketGrant[] {
  const { effectiveFrom } = holding;
  if (!contains(period, effectiveFrom)) return [];
  const held = heldPack(
    holding,
    { offeringCode: offer.code, allowanceCode: allowance.code },
    holdings,
    offers,
  );
  if (!held) return [];
  const startDay = localDateOf(effectiveFrom, cycle.zone);
  const end = startOfLocalDate(addDays(startDay, allowance.validDays ?? 0), cycle.zone);
  const code = `${offer.code}/${allowance.code}/${holding.productId}`;
  return [
    {
      ...describe(allowance, offer, holding),
      code: held.isAgain ? `${code}/${startDay}` : code,
      quantity: BigInt(allowance.quantity),
      validFrom: effectiveFrom,
      validTo: held.heldTo === null ? end : minInstant(end, held.heldTo),
    },
  ];
}

function activePeriod(holding: Holding): Period {
  return { from: holding.effectiveFrom, to: holding.effectiveTo ?? endOfTime };
}
