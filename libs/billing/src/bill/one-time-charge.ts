import {
  billPeriodAt,
  DomainError,
  moneyFromDecimal,
  moneyToDecimal,
  startOfLocalDate,
  zeroMoney,
  type BillCycle,
  type LocalDate,
  type Money,
} from '@ronghe/kernel';
import { ExplanationBuilder } from '@ronghe/rating';
import { billingErrors } from '../billing.errors';
import { onceKey, onceLine, type ChargeLine } from './charge-line';

/** A fee that comes once: a late fee, a penalty, a card replacement. It goes on the account's next bill, undiscounted. */
export interface OneTimeCharge {
  chargeId: string;
  accountId: string;
  lane: number;
  chargeClass: string;
  label: string;
  /** Tax included; negative for a credit. */
  amount: Money;
  taxClass: string;
  serviceDate: LocalDate;
}

/** @throws DomainError('charge_amount_invalid', 'invalid') for zero, or more than two decimals. */
export function chargeAmount(text: string): Money {
  try {
    const amount = moneyFromDecimal(text);
    if (amount !== zeroMoney) return amount;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
  throw billingErrors.chargeAmountInvalid(text);
}

/** The charge as a bill line; its service period is the one of its service date. */
export function onceLineOf(charge: OneTimeCharge, cycle: BillCycle): ChargeLine {
  const text = moneyToDecimal(charge.amount);
  const builder = new ExplanationBuilder();
  const given = builder.add('given', { amount: text }, () => ({
    en: `${charge.label}: ${text}`,
    'zh-CN': `${charge.label}：${text}`,
  }));
  builder.add('round', { amount: given }, (result) => ({
    en: `to pay ${result}`,
    'zh-CN': `应付 ${result}`,
  }));
  return onceLine({
    chargeId: charge.chargeId,
    servicePeriod: billPeriodAt(startOfLocalDate(charge.serviceDate, cycle.zone), cycle).key,
    key: onceKey(charge.chargeId),
    card: '',
    productId: null,
    chargeClass: charge.chargeClass,
    chargeCode: 'once',
    label: { en: charge.label, 'zh-CN': charge.label },
    amount: charge.amount,
    discount: zeroMoney,
    net: charge.amount,
    taxClass: charge.taxClass,
    serviceDate: charge.serviceDate,
    explanation: builder.build(),
  });
}
