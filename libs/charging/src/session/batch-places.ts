import { addMs, billPeriodAt, groupBy, type Instant } from '@ronghe/kernel';
import type { AccountBook } from '../balance/account-book';
import { groupPeriodId, type GroupPeriodKey } from '../balance/group-period';
import { chargingError } from '../charging.errors';
import { holderAt } from '../usage/guide';
import type { SessionPlace, SessionRequest } from './batch-state';
import type { OnlineHolder } from './online-account';
import type { Session } from './session';

/** Who is meant by the requests of a batch, and where their balances lie. */

/** The zone whose day says which policy is in force. */
export const OPERATOR_ZONE = 'Asia/Shanghai';

export type AskedCreate = SessionRequest & { kind: 'create' };

/** Who holds one of a create's keys now. */
export type HolderOf = (keys: readonly string[]) => OnlineHolder | undefined;

/** So long after somebody began to hold a number a create may be one that was refused before. One day. */
const REFUSAL_REPEATED_MS = 86_400_000;

/** Since when somebody has to hold a number so that no create can have been refused before. */
export function newHoldersSince(now: Instant): Instant {
  return addMs(now, -REFUSAL_REPEATED_MS);
}

/** Whether somebody began to hold the number so lately that a create may have been refused before (`newHoldersSince`). */
export function isNewHolder(holder: OnlineHolder | undefined, since: Instant): boolean {
  return holder !== undefined && holder.validFrom > since;
}

/** Where sessions would be that creates opened if they came before. */
export function createKeys(
  asked: readonly AskedCreate[],
  holderOf: HolderOf,
): { lane: number; requestKey: string }[] {
  return asked.flatMap(({ requestKey, keys }) => {
    const holder = holderOf(keys);
    return holder ? { lane: holder.lane, requestKey } : [];
  });
}

/** Finds holders by the keys of a create. */
export function holdersBy(holders: readonly OnlineHolder[], now: Instant): HolderOf {
  const byNumber = groupBy(holders, (holder) => holder.number);
  return (keys) =>
    holderAt(
      keys.flatMap((key) => byNumber.get(key) ?? []),
      now,
    );
}

/** Finds books by account. @throws DomainError projection_behind */
export function bookBy(books: ReadonlyMap<string, AccountBook>): (accountId: string) => AccountBook {
  return (accountId) => {
    const book = books.get(accountId);
    if (!book) throw chargingError('projection_behind', 'the account has not arrived', { accountId });
    return book;
  };
}

/** Where the balances lie on which a session that starts now draws. */
export function placeOf({ account, cardGroupId }: OnlineHolder, now: Instant): GroupPeriodKey {
  return { lane: account.lane, cardGroupId, period: billPeriodAt(now, account).key };
}

/** Whose a session is that starts now. */
export function sessionPlaceOf(holder: OnlineHolder, now: Instant): SessionPlace {
  const { accountId, productId, cardGroupId, account } = holder;
  const { lane } = account;
  return { lane, cardGroupId, period: billPeriodAt(now, account).key, accountId, productId };
}

/** The periods of card groups' periods, each once. */
export function periodsOf(places: readonly GroupPeriodKey[]): string[] {
  return [...new Set(places.map(({ period }) => period))];
}

/** Each once. */
export function distinct(keys: readonly GroupPeriodKey[]): GroupPeriodKey[] {
  return [...new Map(keys.map((key) => [groupPeriodId(key), key])).values()];
}

/** What was rated of a session before; a line without use has none. */
export function linesToRead({ lane, lines }: Session): { lane: number; usageId: string }[] {
  return lines.filter(({ used }) => used > 0n).map(({ usageId }) => ({ lane, usageId }));
}
