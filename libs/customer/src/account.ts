import { isZone, laneOf, type Instant } from '@ronghe/kernel';
import type { AccountOpened } from '@ronghe/contracts';
import { customerErrors } from './customer.errors';

export const paymentModes = ['postpaid', 'prepaid'] as const;
export type PaymentMode = (typeof paymentModes)[number];

/** What bills are issued to: TMF666's billing account. `openedAt` is business time. */
export type Account = AccountOpened;

/** What the counter asks for; what it leaves out takes the default. */
export interface AccountRequest {
  customerId: string;
  /** 1–31, clamped in shorter months; default 1. */
  billDay?: number | null;
  /** IANA name, default Asia/Shanghai. */
  zone?: string | null;
  /** Default postpaid. */
  paymentMode?: PaymentMode | null;
}

const DEFAULT_BILL_DAY = 1;
const DEFAULT_ZONE = 'Asia/Shanghai';

/**
 * A new account in a balance group of its own; the lane comes from the group and is never computed again.
 * @throws DomainError('account_invalid') for a bill day outside 1–31 or an unknown zone.
 */
export function decideAccount(
  request: AccountRequest,
  ids: { accountId: string; balanceGroupId: string },
  now: Instant,
): Account {
  const billDay = request.billDay ?? DEFAULT_BILL_DAY;
  const zone = request.zone ?? DEFAULT_ZONE;
  if (!Number.isInteger(billDay) || billDay < 1 || billDay > 31) {
    throw customerErrors.accountInvalid('billDay', 'the bill day is 1 to 31');
  }
  if (!isZone(zone)) throw customerErrors.accountInvalid('zone', 'the time zone is not known');
  return {
    ...ids,
    customerId: request.customerId,
    lane: laneOf(ids.balanceGroupId),
    zone,
    billDay,
    paymentMode: request.paymentMode ?? 'postpaid',
    openedAt: now,
  };
}
