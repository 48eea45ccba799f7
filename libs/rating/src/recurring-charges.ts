import type { LocalizedText, OfferDocument, RecurringPrice, TaxPart } from '@ronghe/contracts';
import {
  amountFromDecimal,
  daysBetween,
  type Amount,
  type BillCycle,
  type BillPeriod,
  type LocalDate,
} from '@ronghe/kernel';
import { contractsOf, type HeldContract } from './contract';
import { applyContractBenefits, contractGifts, penaltyOf } from './contract-charges';
import { ExplanationBuilder, type Explanation } from './explanation';
import { explainRounded } from './explain-rounded';
import { applyOfferDiscounts, explainList, type Fee } from './fee-price';
import { daysHeld } from './day-parts';
import { applyHeldPrices } from './held-price';
import { allHeldTerms, rulesOfPart } from './held-terms';
import { compareHoldings, endOfTime, isHeldIn, type Holding, type OfferLookup } from './holding';
import { moveFees } from './move-fees';
import { chargedDays, shareOf } from './period-share';
import { bringersOf, type Bringer } from './price-change';
import { stoppedDays } from './stopped-days';
import { feeOf, findWholeFee, isWholeFee, keepWholeFee } from './whole-fee';

export interface RecurringDiscount {
  code: string;
  label: LocalizedText;
  amount: Amount;
}

/** One fee of one product for one bill period, exact. */
export interface RecurringCharge {
  productId: string;
  card: string;
  chargeClass: string;
  /** Code of the recurring price. */
  priceCode: string;
  label: LocalizedText;
  offeringCode: string;
  offeringVersion: number;
  /** Before discounts. */
  listAmount: Amount;
  discounts: RecurringDiscount[];
  /** listAmount − Σ discounts; never below zero. */
  netAmount: Amount;
  taxClass: string;
  /** The services that it is split over for tax; left out: none. */
  taxParts?: readonly TaxPart[] | undefined;
  timing: 'advance' | 'arrears';
  /** First day of the service; the tax rate is looked up by it. */
  serviceDate: LocalDate;
  /** How the two came about; the results are `listAmount` and `netAmount`. */
  listExplanation: Explanation;
  netExplanation: Explanation;
  /** Of a line that is made of nothing else; left out: it is worked out with the line. */
  lineExplanation?: Explanation | undefined;
}

export interface RecurringQuestion {
  /** Every product of the account, also ended ones. */
  holdings: readonly Holding[];
  /** Products of the other accounts of its balance group, which may change prices; default none. */
  groupHoldings?: readonly Holding[];
  offers: OfferLookup;
  /** The service period. */
  period: BillPeriod;
  cycle: BillCycle;
}

/**
 * The fees of an account for a service period, in the order of cards and of prices in their offers. Per fee, in
 * this order: list price → part of the period → price of the bundle while it holds → changes by other products, by
 * priority → discounts of the offer → benefits of its contract. Then, on the bill: discounts of the account and the group. A price that replaces
 * another comes before what takes a share of it, and what is promised for one product before what looks at all.
 */
export function recurringCharges(asked: RecurringQuestion): RecurringCharge[] {
  const holdings = allHeldTerms(asked.holdings);
  const { offers, period, cycle } = asked;
  const groupHoldings = allHeldTerms(asked.groupHoldings ?? []);
  const question = { holdings, groupHoldings, offers, period, cycle };
  const bringers = bringersOf(question);
  const contracts = contractsIn(asked);
  const fees = holdings
    .filter((holding) => isHeldIn(holding, period))
    .sort(compareHoldings)
    .flatMap((holding) => {
      const offer = offers(holding.offeringCode, holding.offeringVersion);
      const contract = contracts.find(({ parts }) => parts.some((part) => isSameTerms(part, holding)));
      return offer.recurringPrices.flatMap((price) =>
        chargeOf(price, { offer, holding, bringers, contract }, question),
      );
    });
  return [
    ...fees,
    ...asked.holdings.flatMap((holding) => moveFees(holding, question)),
    ...contracts.flatMap((contract) => penaltyOf(contract, question)),
  ];
}

/** The contracts of products that are held in the period. */
function contractsIn({ holdings, offers, period, cycle }: RecurringQuestion): HeldContract[] {
  return holdings
    .filter((holding) => isHeldIn(holding, period))
    .flatMap((holding) => contractsOf(holding, offers, cycle.zone));
}

function isSameTerms(a: Holding, b: Holding): boolean {
  return a.productId === b.productId && a.effectiveFrom === b.effectiveFrom;
}

/** What a fee is charged by. */
interface ChargedTerms {
  offer: OfferDocument;
  holding: Holding;
  bringers: readonly Bringer[];
  contract: HeldContract | undefined;
}

function chargeOf(
  price: RecurringPrice,
  { offer, holding, bringers, contract }: ChargedTerms,
  question: RecurringQuestion,
): RecurringCharge[] {
  const { period, cycle } = question;
  const isWhole = bringers.length === 0 && contract === undefined && isWholeFee(holding, offer, period);
  const known = isWhole ? findWholeFee(price, period) : undefined;
  if (known) return [feeOf(known, holding)];
  const active = { from: holding.effectiveFrom, to: holding.effectiveTo ?? endOfTime };
  const days = chargedDays(active, rulesOfPart(price, holding, active), period, cycle.zone);
  if (!days) return [];
  const paused = price.whileStopped === 'paused' ? stoppedDays(holding, period, cycle.zone) : [];
  const chargedCount = daysBetween(days.from, days.to) - daysHeld(days, paused);
  if (chargedCount === 0) return [];
  const fee: Fee = { price, offer, holding, days, paused, share: shareOf(chargedCount, price, period) };
  const listExplanation = explainList(fee);
  const listAmount = amountFromDecimal(listExplanation.result);
  const net = new ExplanationBuilder();
  const discounts = [
    ...applyHeldPrices(net, fee, listAmount, question, bringers),
    ...applyOfferDiscounts(net, fee, question),
    ...applyContractBenefits(net, fee, { contract, period, cycle }),
  ];
  const netExplanation = net.build();
  const charge: RecurringCharge = {
    productId: holding.productId,
    card: holding.card,
    chargeClass: price.chargeClass,
    priceCode: price.code,
    label: price.label,
    offeringCode: offer.code,
    offeringVersion: offer.version,
    listAmount,
    discounts,
    netAmount: amountFromDecimal(netExplanation.result),
    taxClass: price.taxClass,
    ...(price.taxParts && { taxParts: price.taxParts }),
    timing: price.timing,
    serviceDate: days.from,
    listExplanation,
    netExplanation,
    ...(isWhole && { lineExplanation: explainRounded(netExplanation) }),
  };
  if (isWhole) keepWholeFee(price, period, charge);
  return [charge, ...contractGifts(charge, fee, { contract, period, cycle })];
}
