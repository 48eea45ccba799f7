import { moneyToDecimal, subtractMoney, sumMoney, zeroMoney, type Instant, type Money } from '@ronghe/kernel';
import { openOf, type Aging } from '../aging/aging';
import type { TmfWriting } from './payment-resource';

/** Where billing accounts lie in TMF666 Account Management, version 4. */
export const billingAccounts = '/tmf-api/accountManagement/v4/billingAccount';

/** What is known of an account's money at an instant. */
export interface AccountMoneyNow {
  accountId: string;
  customerId: string;
  credit: Money;
  deposit: Money;
  aging: Aging;
}

/** An account with its balances as TMF666 BillingAccount: what is due, overdue, disputed, too much, and left as a deposit. */
export function billingAccountResource(
  { accountId, customerId, credit, deposit, aging }: AccountMoneyNow,
  now: Instant,
  { number, hrefOf }: TmfWriting,
): { id: string } & Record<string, unknown> {
  const late = subtractMoney(openOf(aging), aging.notDue);
  const overdue = late > sumMoney([aging.disputed, aging.instalment]) ? late : zeroMoney;
  const balances: [string, Money][] = [
    ['receivableBalance', subtractMoney(openOf(aging), credit)],
    ['overdueBalance', late],
    ['disputedBalance', aging.disputed],
    ['creditBalance', credit],
    ['depositBalance', deposit],
  ];
  return {
    id: accountId,
    href: hrefOf(billingAccounts, accountId),
    name: accountId,
    paymentStatus: overdue > zeroMoney ? 'in arrears' : openOf(aging) > zeroMoney ? 'due' : 'paid',
    accountBalance: balances.map(([balanceType, amount]) => ({
      balanceType,
      amount: { unit: 'CNY', value: number(moneyToDecimal(amount)) },
      validFor: { startDateTime: now, endDateTime: now },
      '@type': 'AccountBalance',
    })),
    relatedParty: [{ id: customerId, name: customerId, role: 'customer', '@referredType': 'Customer' }],
    '@type': 'BillingAccount',
  };
}
