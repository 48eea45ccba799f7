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
  /** The balance group that it joins; without it, one of its own. */
  balanceGroupId?: string | null;
  /** An account with which it will be billed: it lies in that one's lane, with its bill day and zone. */
  billedWithAccountId?: string | null;
  /** Where its revenue counts. */
  region?: string | null;
}

const DEFAULT_BILL_DAY = 1;
const DEFAULT_ZONE = 'Asia/Shanghai';

/** What all accounts of a balance group have in common: they share whole bill periods, and lie in one lane. */
export type GroupTerms = Pick<Account, 'balanceGroupId' | 'lane' | 'billDay' | 'zone'>;

/**
 * A new account in a balance group of its own, or in the one that is given. The lane comes from the group and is never
 * computed again; so do bill day and zone where the group is given. A group of its own may be made beside another one, in
 * its lane (`beside`), so that their accounts can be billed together.
 * @throws DomainError('account_invalid') for a bill day outside 1–31, an unknown zone, or others than the group's.
 */
export function decideAccount(
  request: AccountRequest,
  ids: { accountId: string; balanceGroupId: string },
  now: Instant,
  group: GroupTerms | null = null,
  beside: GroupTerms | null = null,
): Account {
  const terms = group ?? beside;
  const billDay = request.billDay ?? terms?.billDay ?? DEFAULT_BILL_DAY;
  const zone = request.zone ?? terms?.zone ?? DEFAULT_ZONE;
  if (!Number.isInteger(billDay) || billDay < 1 || billDay > 31) {
    throw customerErrors.accountInvalid('billDay', 'the bill day is 1 to 31');
  }
  if (!isZone(zone)) throw customerErrors.accountInvalid('zone', 'the time zone is not known');
  if (group && beside)
    throw customerErrors.accountInvalid('billedWithAccountId', 'a balance group has its lane already');
  if (terms && billDay !== terms.billDay)
    throw customerErrors.accountInvalid('billDay', "the group's bill day is another one");
  if (terms && zone !== terms.zone)
    throw customerErrors.accountInvalid('zone', "the group's time zone is another one");
  return {
    accountId: ids.accountId,
    balanceGroupId: group?.balanceGroupId ?? ids.balanceGroupId,
    customerId: request.customerId,
    lane: terms?.lane ?? laneOf(ids.balanceGroupId),
    zone,
    billDay,
    paymentMode: request.paymentMode ?? 'postpaid',
    openedAt: now,
    ...(request.region ? { region: request.region } : {}),
  };
}
