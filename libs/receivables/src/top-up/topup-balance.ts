import type { HrefOf } from '@ronghe/contracts';
import { DomainError, moneyToDecimal } from '@ronghe/kernel';
import { paymentMethods, type PaymentMethod } from '../payment';
import type { TopUp } from './top-up';

/** Where top-ups lie in TMF654 Prepay Balance Management, version 4. */
export const topUpBalances = '/tmf-api/prepayBalanceManagement/v4/topupBalance';

const statuses = { booked: 'created', granted: 'completed', refused: 'failed' } as const;

/** A top-up as TMF654 TopupBalance; the bucket is the account's own money, whose id is the account's. */
export function topUpResource(
  topUp: TopUp,
  { number, hrefOf }: { number: (decimalText: string) => unknown; hrefOf: HrefOf },
) {
  return {
    id: topUp.paymentId,
    href: hrefOf(topUpBalances, topUp.paymentId),
    status: statuses[topUp.state],
    requestedDate: topUp.bookedAt,
    ...(topUp.grantedAt === null ? {} : { confirmationDate: topUp.grantedAt }),
    isAutoTopup: false,
    amount: { amount: number(moneyToDecimal(topUp.amount)), units: 'CNY' },
    usageType: 'monetary',
    bucket: { id: topUp.accountId, '@referredType': 'Bucket' },
    partyAccount: { id: topUp.accountId, '@referredType': 'Account' },
    paymentMethod: { id: topUp.method, name: topUp.method, '@referredType': 'PaymentMethod' },
    '@type': 'TopupBalance',
  };
}

/** Reads a TMF654 TopupBalance_Create. @throws DomainError `balance_body_invalid`. */
export function readTopUp(body: unknown): { accountId: string; amount: string; method: PaymentMethod } {
  const content = objectOf(body);
  const accountId = objectOf(content['partyAccount'])['id'];
  if (typeof accountId !== 'string') throw bodyInvalid('partyAccount', 'a reference with an id');
  const { amount, units } = objectOf(content['amount']);
  const isNumber = typeof amount === 'number' || typeof amount === 'string';
  if (!isNumber || (units !== undefined && units !== 'CNY')) throw bodyInvalid('amount', 'a quantity of CNY');
  const named = objectOf(content['paymentMethod'])['name'];
  const method = paymentMethods.find((each) => each === named) ?? 'gateway';
  return { accountId, amount: String(amount), method };
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function bodyInvalid(field: string, wanted: string): DomainError {
  return new DomainError('balance_body_invalid', 'invalid', `${field} must be ${wanted}`, { field });
}
