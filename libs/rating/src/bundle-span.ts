import type { BundleRules, OfferDocument } from '@ronghe/contracts';
import { addMs, billPeriodAt, maxInstant, minInstant, type BillCycle, type Period } from '@ronghe/kernel';
import { endOfTime, type Holding } from './holding';

/**
 * When a bundle holds: from when a product of each of its `holdsWhile` members is active, until the end of the
 * bill period in which one of them is lost. Null while a member is missing. `to` is `endOfTime` while nothing is lost.
 * @param holdings products sold under one bundle id (others may be among them and are told apart by offering and role)
 * Source: SEMANTICS §6, TARIFFS (convergent 199).
 */
export function bundleSpan(
  holdings: readonly Holding[],
  bundle: OfferDocument,
  cycle: BillCycle,
): Period | null {
  let from = '0000-01-01T00:00:00.000Z' as Period['from'];
  let lostAt = endOfTime;
  for (const member of rulesOf(bundle).holdsWhile) {
    const active = holdings.filter((h) => h.role === member.role && h.offeringCode === member.offering);
    if (active.length === 0) return null;
    from = maxInstant(from, active.map((h) => h.effectiveFrom).reduce(minInstant));
    lostAt = minInstant(lostAt, active.map((h) => h.effectiveTo ?? endOfTime).reduce(maxInstant));
  }
  if (lostAt <= from) return null;
  // A member that is lost as a period begins was still there to the end of the one before.
  const to = lostAt === endOfTime ? endOfTime : billPeriodAt(addMs(lostAt, -1), cycle).to;
  return { from, to };
}

/** The rules of a bundle offer; an offer without them bundles nothing. */
export function rulesOf(bundle: OfferDocument): BundleRules {
  return bundle.bundle ?? { members: [], holdsWhile: [], priceOverrides: [], allowances: [] };
}
