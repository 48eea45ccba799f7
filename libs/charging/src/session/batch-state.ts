import type { AccountBook } from '../balance/account-book';
import type { GroupPeriod, GroupPeriodKey } from '../balance/group-period';
import type { BucketEntry } from '../balance/bucket-changes';
import type { Purse, PurseChange } from '../money/purse';
import type { RatingOutcome, StoredUsage, UsageFact } from '../usage/rated-usage';
import type { TotalChange } from '../usage/usage-totals';
import type { SessionAnswer } from './charging-answer';
import type { ChargingRequest } from './charging-data';
import type { GuidedSession } from './online-guide';
import type { Session } from './session';
import type { ChargingTime } from './charging-time';

/** A request of a batch: of the network, or of the sweeper. */
export type SessionRequest =
  | { kind: 'create'; scope: string; keys: readonly string[]; request: ChargingRequest }
  | { kind: 'update' | 'release'; scope: string; sessionId: string; request: ChargingRequest }
  | { kind: 'expire'; sessionId: string };

/** A request as it was answered. */
export interface StoredAnswer extends SessionAnswer {
  scope: string;
  sequenceNumber: number;
  bodyHash: string;
}

/** All that the batch read, locked for it. Whatever is not here does not exist. */
export interface BatchRead extends Omit<ChargingTime, 'book'> {
  answers: ReadonlyMap<string, StoredAnswer>;
  sessions: ReadonlyMap<string, Session>;
  groups: ReadonlyMap<string, GroupPeriod>;
  purses: ReadonlyMap<string, Purse>;
  usage: ReadonlyMap<string, StoredUsage>;
  /** Products and offers of an account. @throws DomainError projection_behind */
  bookOf(accountId: string): AccountBook;
  /** Where a create's session belongs. @throws ChargingRefusal */
  guide(keys: readonly string[]): GuidedSession;
}

/** What must be written, and nothing else. */
export interface BatchWrites {
  answers: StoredAnswer[];
  newSessions: Session[];
  sessions: Session[];
  /** As they were read, and as they shall be. */
  groups: { before: GroupPeriod; after: GroupPeriod }[];
  entries: { group: GroupPeriodKey; sessionId: string; entry: BucketEntry }[];
  newUsage: (UsageFact & RatingOutcome)[];
  usage: (UsageFact & RatingOutcome)[];
  totals: TotalChange[];
  purses: (PurseChange & { reference: string })[];
  /** Accounts of which something shared is gone, so that others' sessions may have nothing left. */
  creditChanges: { lane: number; accountId: string }[];
  /** Groups and periods whose roll-over may have changed. */
  rollovers: GroupPeriod[];
}

/** Names a request's stored answer. */
export function answerId(scope: string, sequenceNumber: number): string {
  return `${scope}/${sequenceNumber}`;
}
