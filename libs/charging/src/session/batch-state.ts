import type { AccountBook } from '../balance/account-book';
import type { GroupPeriod, GroupPeriodKey } from '../balance/group-period';
import type { GroupDecided } from './batch-groups';
import type { BucketEntry } from '../balance/bucket-changes';
import type { CausedChange } from '../money-sharing/funds';
import type { FundsRead } from '../money-sharing/funds-book';
import type { ShareUseChange } from '../money-sharing/money-sharing';
import type { SpendHold, Spending } from '../spend-cap/spend-cap';
import type { RatingOutcome, StoredUsage, UsageFact } from '../usage/rated-usage';
import type { AccountPeriod, TotalChange } from '../usage/usage-totals';
import type { ChargingRequest } from './charging-data';
import type { OnlineHolder } from './online-account';
import type { Session } from './session';
import type { Answered } from './session-answers';
import type { PlacedUnit } from '../sharing/unit-neighbours';
import type { ChargingTime } from './charging-time';

/** A request of a batch: of the network, or of the sweeper. */
export type SessionRequest =
  | { kind: 'create'; requestKey: string; keys: readonly string[]; request: ChargingRequest }
  | { kind: 'update' | 'release'; sessionId: string; request: ChargingRequest }
  | { kind: 'expire'; sessionId: string };

/** Whose a session is, and where the balances lie on which it draws. */
export interface SessionPlace extends GroupPeriodKey {
  accountId: string;
  productId: string;
}

/** A create that was refused because nobody holds the number: there is no lane in which a session could keep the answer. */
export interface RefusedCreate extends Answered {
  requestKey: string;
}

/** All that the batch read, locked for it. Whatever is not here does not exist. */
export interface BatchRead extends Omit<ChargingTime, 'book' | 'grantsUntil'> {
  /** By request key. */
  refused: ReadonlyMap<string, RefusedCreate>;
  sessions: ReadonlyMap<string, Session>;
  groups: ReadonlyMap<string, GroupPeriod>;
  funds: FundsRead;
  /** What products have spent under caps that block, by `spendingId`. */
  spending: ReadonlyMap<string, Spending>;
  usage: ReadonlyMap<string, StoredUsage>;
  /** Products and offers of an account. @throws DomainError projection_behind */
  bookOf(accountId: string): AccountBook;
  /** Who holds one of a create's keys now. */
  holderOf(keys: readonly string[]): OnlineHolder | undefined;
}

/** What must be written, and nothing else. */
export interface BatchWrites {
  refused: RefusedCreate[];
  newSessions: Session[];
  sessions: Session[];
  /** Open ones of these of which no deadline tells yet, or only a later one. */
  undated: Session[];
  groups: GroupDecided[];
  entries: { group: GroupPeriodKey; sessionId: string; entry: BucketEntry }[];
  newUsage: (UsageFact & RatingOutcome)[];
  usage: (UsageFact & RatingOutcome)[];
  /** Of accounts that use another one's card group; those of its own account stand in the group. */
  totals: TotalChange[];
  /** Whose totals changed, wherever they stand. */
  changedTotals: AccountPeriod[];
  purses: CausedChange[];
  shareUses: ShareUseChange[];
  spendHolds: SpendHold[];
  /** Accounts of which something shared is gone, so that others' sessions may have nothing left. */
  creditChanges: { lane: number; accountId: string }[];
  /** Groups and periods whose roll-over may have changed. */
  rollovers: PlacedUnit[];
}
