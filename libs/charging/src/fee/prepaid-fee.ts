import type { LocalizedText, PrepaidFeeRules } from '@ronghe/contracts';
import {
  addAmounts,
  addMs,
  maxInstant,
  minAmount,
  minInstant,
  subtractAmounts,
  zeroAmount,
  type Amount,
  type BillCycle,
  type BillPeriod,
  type Instant,
} from '@ronghe/kernel';
import {
  drawMoney,
  freeMoney,
  giveBackMoney,
  type Holding,
  type OfferLookup,
  type Purse,
  type PurseChange,
  type RecurringCharge,
  recurringCharges,
} from '@ronghe/rating';

const HOUR_MS = 3_600_000;

/** A recurring fee of a prepaid account. */
export interface PrepaidFee {
  lane: number;
  accountId: string;
  productId: string;
  priceCode: string;
  /** Bill period of the service. */
  period: string;
  label: LocalizedText;
  taxClass: string;
  /** What the period costs as things stand. */
  amount: Amount;
  paid: Amount;
  /** `void`: it turned out to cost nothing. */
  state: 'due' | 'paid' | 'void';
  /** In advance: the start of period or product, whichever is later. In arrears: the end of the period. */
  dueAt: Instant;
  nextTryAt: Instant;
  /** Unpaid for so long that the product is stopped until it is paid. */
  isBlocked: boolean;
}

/** What fees are looked up by. */
export interface FeeQuestion {
  account: { accountId: string; lane: number };
  cycle: BillCycle;
  holdings: readonly Holding[];
  offers: OfferLookup;
  period: BillPeriod;
  timing: 'advance' | 'arrears';
}

/** What a period costs: fees whose price is charged at that time. */
export function feesOf({ account, cycle, holdings, offers, period, timing }: FeeQuestion): PrepaidFee[] {
  const starts = new Map(holdings.map((holding) => [holding.productId, holding.effectiveFrom]));
  const charges = recurringCharges({ holdings, offers, period, cycle });
  return togetherByPrice(charges)
    .filter((charge) => charge.timing === timing && charge.netAmount > 0n)
    .map((charge) => {
      const start = starts.get(charge.productId) ?? period.from;
      const dueAt = timing === 'advance' ? maxInstant(period.from, start) : period.to;
      return {
        ...account,
        productId: charge.productId,
        priceCode: charge.priceCode,
        period: period.key,
        label: charge.label,
        taxClass: charge.taxClass,
        amount: charge.netAmount,
        paid: zeroAmount,
        state: 'due',
        dueAt,
        nextTryAt: dueAt,
        isBlocked: false,
      };
    });
}

/** Where the offer changed within the period, the parts of a product's fee are one fee. */
function togetherByPrice(charges: readonly RecurringCharge[]): RecurringCharge[] {
  const fees = new Map<string, RecurringCharge>();
  for (const charge of charges) {
    const id = `${charge.productId}/${charge.priceCode}`;
    const earlier = fees.get(id);
    const netAmount = earlier ? addAmounts(earlier.netAmount, charge.netAmount) : charge.netAmount;
    fees.set(id, { ...charge, netAmount });
  }
  return [...fees.values()];
}

/**
 * A fee that pauses while its product is stopped is lowered once it is known for how long: when the stop has ended, or
 * the period has. Else what was given back might have to be taken again.
 */
export function withKnownStops(
  holdings: readonly Holding[],
  period: BillPeriod,
  now: Instant,
): readonly Holding[] {
  if (period.to <= now) return holdings;
  return holdings.map((holding) =>
    holding.blocks
      ? { ...holding, blocks: holding.blocks.filter(({ from, to }) => to !== null || from <= period.from) }
      : holding,
  );
}

/** A fee that changes, and what is given back of it. */
export interface FeeCorrection {
  fee: PrepaidFee;
  refund: Amount;
}

/**
 * Brings stored fees of a period to what it costs now. New fees are due; unpaid ones follow the price; what was paid
 * too much (a product that ended, a bundle that came together) is given back; where a paid one costs more again (the bundle
 * fell apart), the difference is due now.
 */
export function correctFees(
  stored: readonly PrepaidFee[],
  wanted: readonly PrepaidFee[],
  now: Instant,
): { added: PrepaidFee[]; corrections: FeeCorrection[] } {
  const known = new Map(stored.map((fee) => [feeId(fee), fee]));
  const prices = new Map(wanted.map((fee) => [feeId(fee), fee.amount]));
  const corrections = stored.flatMap((fee) => {
    const amount = prices.get(feeId(fee)) ?? zeroAmount;
    if (fee.state === 'void' && amount > 0n)
      return [{ fee: { ...fee, amount, state: 'due' as const }, refund: zeroAmount }];
    if (amount === fee.amount) return [];
    if (fee.state === 'paid' && amount > fee.amount) {
      const raised = { ...fee, amount, state: 'due' as const, dueAt: now, nextTryAt: now };
      return [{ fee: raised, refund: zeroAmount }];
    }
    const paid = minAmount(fee.paid, amount);
    const state: PrepaidFee['state'] = amount === 0n ? 'void' : paid < amount ? 'due' : 'paid';
    const isBlocked = fee.isBlocked && state === 'due';
    return [{ fee: { ...fee, amount, paid, state, isBlocked }, refund: subtractAmounts(fee.paid, paid) }];
  });
  return { added: wanted.filter((fee) => !known.has(feeId(fee))), corrections };
}

/** What trying to debit a fee leads to. */
export interface FeeTry {
  fee: PrepaidFee;
  change: PurseChange | null;
}

/**
 * Debits what is unpaid of a fee whole, or says when it is tried again; once its grace has passed, its product is blocked.
 * @param purse the account's purse as the fees before left it
 */
export function tryFee(fee: PrepaidFee, purse: Purse, now: Instant, rules: PrepaidFeeRules): FeeTry {
  const unpaid = subtractAmounts(fee.amount, fee.paid);
  if (freeMoney(purse, now) >= unpaid) {
    const change = drawMoney(purse, unpaid, now, { kind: 'fee', taxClass: fee.taxClass });
    return { fee: { ...fee, paid: fee.amount, state: 'paid', isBlocked: false }, change };
  }
  const again = addMs(now, rules.retryHours * HOUR_MS);
  if (rules.graceHours === null) return { fee: { ...fee, nextTryAt: again }, change: null };
  const blockAt = addMs(fee.dueAt, rules.graceHours * HOUR_MS);
  const isBlocked = fee.isBlocked || blockAt <= now;
  return {
    fee: { ...fee, isBlocked, nextTryAt: isBlocked ? again : minInstant(again, blockAt) },
    change: null,
  };
}

/**
 * Gives a part of a paid fee back to the money that paid it.
 * @param paid what each bucket has paid of it
 */
export function refundFee(
  purse: Purse,
  { fee, refund }: FeeCorrection,
  paid: ReadonlyMap<string, Amount>,
  at: Instant,
): PurseChange {
  return giveBackMoney(purse, { amount: refund, taxClass: fee.taxClass, at, kind: 'refund' }, paid);
}

/** Names a fee. */
export function feeId({ productId, priceCode, period }: PrepaidFee): string {
  return `${productId}/${priceCode}/${period}`;
}
