import type { OfferDocument, PriceChange } from '@ronghe/contracts';
import { overlap, type BillCycle, type BillPeriod } from '@ronghe/kernel';
import { compareText } from './compare-text';
import { daysTouched, endOfTime, isHeldIn, type DayRange, type Holding, type OfferLookup } from './holding';

/** Products that may change the prices of others, and the days that are looked at. */
export interface ChangeQuestion {
  /** Every product of the account, also ended ones. */
  holdings: readonly Holding[];
  /** Products of the other accounts of its balance group; default none. */
  groupHoldings?: readonly Holding[];
  offers: OfferLookup;
  period: BillPeriod;
  cycle: BillCycle;
}

/** A change of a price, and the days of the period on which a product that brings it is held. */
export interface HeldChange {
  change: PriceChange;
  days: DayRange[];
}

/** A product that changes prices of others. */
export interface Bringer {
  holding: Holding;
  offer: OfferDocument;
  days: DayRange;
  /** Of the account itself; else of its balance group. */
  isOwn: boolean;
}

/** The products that are held in the period and change prices of others: found once, asked for every price. */
export function bringersOf(question: ChangeQuestion): Bringer[] {
  const { holdings, groupHoldings = [], offers } = question;
  const found = (isOwn: boolean) => (holding: Holding) => {
    if (!isHeldIn(holding, question.period)) return [];
    const offer = offers(holding.offeringCode, holding.offeringVersion);
    const days = offer.priceChanges?.length ? heldDays(holding, question) : null;
    return days ? [{ holding, offer, days, isOwn }] : [];
  };
  return [...holdings.flatMap(found(true)), ...groupHoldings.flatMap(found(false))];
}

/** Whether a product is held in the period and may change prices of other accounts of its balance group. */
export function changesGroupPrices(
  holding: Holding,
  { offers, period }: { offers: OfferLookup; period: BillPeriod },
): boolean {
  if (!isHeldIn(holding, period)) return false;
  const { priceChanges } = offers(holding.offeringCode, holding.offeringVersion);
  return !!priceChanges?.some(({ within }) => within === 'balance-group');
}

/**
 * What the other products that are owned change of a product's price, by priority, then by code. A change counts once,
 * however many products bring it; where they are of several versions the newest one's terms count. SEMANTICS §3.
 * @param price code of a recurring or usage price
 */
export function changesOf(
  { productId, offeringCode, offeringVersion }: Holding,
  price: { code: string; isRecurring: boolean },
  bringers: readonly Bringer[],
  offers: OfferLookup,
): HeldChange[] {
  if (bringers.length === 0) return [];
  const changed = offers(offeringCode, offeringVersion);
  const found = new Map<string, HeldChange & { code: string; version: number }>();
  for (const { holding, offer, days, isOwn } of bringers) {
    if (holding.productId === productId) continue;
    for (const change of offer.priceChanges ?? []) {
      if (!isOwn && change.within === 'account') continue;
      if (!fits(change, changed, price)) continue;
      const code = `${offer.code}/${change.code}`;
      const known = found.get(code);
      const newest = known && known.version > offer.version ? known : { change, version: offer.version };
      found.set(code, { ...newest, code, days: [...(known?.days ?? []), days] });
    }
  }
  return [...found.values()].sort(
    (a, b) => a.change.priority - b.change.priority || compareText(a.code, b.code),
  );
}

/** The days of the period on which a product is held; null: on none. */
export function heldDays(holding: Holding, { period, cycle }: ChangeQuestion): DayRange | null {
  const held = overlap({ from: holding.effectiveFrom, to: holding.effectiveTo ?? endOfTime }, period);
  return held && daysTouched(held, cycle.zone);
}

function fits(
  { of, price: code, to }: PriceChange,
  changed: OfferDocument,
  price: { code: string; isRecurring: boolean },
): boolean {
  const isOfProduct =
    'offering' in of ? of.offering === changed.code : of.specification === changed.specification;
  // Every recurring price, or the one that is named; what usage costs is changed by percent only.
  const isOfPrice = code === null ? price.isRecurring : code === price.code;
  return isOfProduct && isOfPrice && (price.isRecurring || 'percentLess' in to);
}
