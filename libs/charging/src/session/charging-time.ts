import type { OnlineChargingPolicy } from '@ronghe/contracts';
import type { Instant } from '@ronghe/kernel';
import type { AccountBook } from '../balance/account-book';
import type { GroupPeriod } from '../balance/group-period';
import type { Funds } from '../money-sharing/funds';
import type { Spending } from '../spend-cap/spend-cap';
import type { RatingOutcome, UsageFact } from '../usage/rated-usage';
import type { ReservationKey, Session } from './session';

/** What is the same for all requests of a batch. */
export interface ChargingTime {
  /** Business time. */
  now: Instant;
  /** The system's clock. */
  systemNow: Instant;
  policy: OnlineChargingPolicy;
  /** Until when, in business time, what is granted now may be used. */
  grantsUntil: Instant;
  book: AccountBook;
}

/** A session with the balances that it draws on. `funds` is null for an account that pays afterwards. */
export interface SessionBalances {
  session: Session;
  group: GroupPeriod;
  funds: Funds | null;
  /** What its product has spent under a cap that blocks; null: it has none. */
  spending: Spending | null;
  /** What was rated of the session's lines. */
  usage: ReadonlyMap<string, UsageFact & RatingOutcome>;
}

/** Whether two reservations stand in the same place. */
export function isSamePlace(a: ReservationKey, b: ReservationKey): boolean {
  return a.ratingGroup === b.ratingGroup && a.upfId === b.upfId;
}
