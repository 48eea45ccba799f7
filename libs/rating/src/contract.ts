import type { ContractTerms, EarlyTerminationRow, OfferDocument } from '@ronghe/contracts';
import { addDays, addMonthsClamped, addMs, localDateOf, type Instant, type LocalDate } from '@ronghe/kernel';
import { heldTerms } from './held-terms';
import type { Holding, OfferLookup } from './holding';

/** A contract that a product is, or was, held under. */
export interface HeldContract {
  terms: ContractTerms;
  /** The offer that has these terms; the latest one, where the product moved to another that continues them. */
  offer: OfferDocument;
  /** The product under the offers of the contract, oldest first. */
  parts: Holding[];
  startDay: LocalDate;
  /** The first day after the contract's first run of months. */
  endDay: LocalDate;
  /** When the product ended, or went on without the contract; null while it is held. */
  leftAt: Instant | null;
  /** It was renewed before its end: another contract took its place as it was left. */
  isRenewedEarly: boolean;
}

/** How far a contract is on a day. */
export interface ContractProgress {
  /** Full months from the start. */
  served: number;
  /** Of these, those since it last began anew. */
  servedOfRun: number;
  /** Months of the present run that are left, a begun one counted whole; 0: nothing binds any more. */
  monthsLeft: number;
  /** The end of the present run; null when nothing binds any more. */
  boundUntil: LocalDate | null;
}

/**
 * The contracts of a product, oldest first. Offers with the same contract continue it, unless it had ended by then: who moves
 * to one afterwards begins it anew.
 */
export function contractsOf(product: Holding, offers: OfferLookup, zone: string): HeldContract[] {
  const found: HeldContract[] = [];
  for (const part of heldTerms(product)) {
    const offer = offers(part.offeringCode, part.offeringVersion);
    const last = found.at(-1);
    const from = part.effectiveFrom;
    const continued = last !== undefined && last.leftAt === from && continues(last, offer, from, zone);
    if (last && continued && offer.contract) {
      found[found.length - 1] = {
        ...last,
        ...{ terms: offer.contract, offer, leftAt: part.effectiveTo },
        parts: [...last.parts, part],
        endDay: monthsAfter(last.startDay, offer.contract.months),
      };
    } else if (offer.contract) {
      if (last?.leftAt === from && offer.contract.takesPlaceOf?.includes(last.terms.code))
        found[found.length - 1] = { ...last, isRenewedEarly: true };
      const startDay = localDateOf(from, zone);
      const endDay = monthsAfter(startDay, offer.contract.months);
      found.push({
        ...{ terms: offer.contract, offer, parts: [part], startDay, endDay, leftAt: part.effectiveTo },
        isRenewedEarly: false,
      });
    }
  }
  return found;
}

function continues(contract: HeldContract, { contract: terms }: OfferDocument, at: Instant, zone: string) {
  if (terms?.code !== contract.terms.code) return false;
  return contract.terms.afterEnd === 'renews' || localDateOf(at, zone) < contract.endDay;
}

/** How far a contract is when everything before a day has been served. */
export function contractProgress(contract: HeldContract, day: LocalDate): ContractProgress {
  const { startDay, terms } = contract;
  let served = 0;
  while (monthsAfter(startDay, served + 1) <= day) served += 1;
  const isOver = terms.afterEnd === 'ends' && served >= terms.months;
  const run = isOver ? 0 : Math.floor(served / terms.months);
  const servedOfRun = isOver ? served : served - run * terms.months;
  // Who leaves on the very day on which it begins anew has kept it.
  const isRenewalDay = run > 0 && monthsAfter(startDay, run * terms.months) === day;
  const isFree = isOver || isRenewalDay;
  return {
    served,
    servedOfRun,
    monthsLeft: isFree ? 0 : terms.months - servedOfRun,
    boundUntil: isFree ? null : monthsAfter(startDay, (run + 1) * terms.months),
  };
}

/** The row of the table for so many full months; null: leaving costs nothing any more. */
export function terminationRow(
  { terms, isRenewedEarly }: HeldContract,
  { servedOfRun, monthsLeft }: ContractProgress,
): EarlyTerminationRow | null {
  if (monthsLeft === 0 || isRenewedEarly) return null;
  return terms.earlyTermination.table.find(({ servedBelow }) => servedOfRun < servedBelow) ?? null;
}

/** The first day that is not served any more, when a product leaves at an instant: a day that was begun is served. */
export function dayAfterLeaving(at: Instant, zone: string): LocalDate {
  return addDays(localDateOf(addMs(at, -1), zone), 1);
}

function monthsAfter(day: LocalDate, months: number): LocalDate {
  return addMonthsClamped(day, months, Number(day.slice(8)));
}
