import { zeroAmount, type Amount } from '@ronghe/kernel';

/**
 * That a prepaid account pays what another one of its balance group uses beyond its own money, from one bill period to
 * another. It pays out of its own money: bonuses and credit stay with whom they were given to.
 */
export interface MoneySharing {
  lane: number;
  sharingId: string;
  balanceGroupId: string;
  ownerAccountId: string;
  memberAccountId: string;
  /** At most so much in a period; null: as much as the owner has. */
  cap: Amount | null;
  /** First bill period in which it pays, and the first in which it no longer does. `2026-07` */
  fromPeriod: string;
  toPeriod: string | null;
}

/** What a sharing paid in a period. */
export interface MoneyShareUse {
  sharingId: string;
  period: string;
  /** What the owner paid, less what it got back. */
  used: Amount;
  /** What the member's open sessions hold of the owner's money. */
  reserved: Amount;
}

/** What a sharing paid before and after, to be written. */
export interface ShareUseChange {
  sharing: MoneySharing;
  before: Amount;
  after: MoneyShareUse;
}

/** Names a sharing and period, for maps. */
export function shareUseId({ sharingId, period }: Pick<MoneyShareUse, 'sharingId' | 'period'>): string {
  return `${sharingId}/${period}`;
}

/** What nobody has used yet. */
export function unusedShare(sharingId: string, period: string): MoneyShareUse {
  return { sharingId, period, used: zeroAmount, reserved: zeroAmount };
}

/** Whether a sharing holds in a bill period. */
export function holdsIn({ fromPeriod, toPeriod }: MoneySharing, period: string): boolean {
  return fromPeriod <= period && (toPeriod === null || period < toPeriod);
}

/** Who pays for an account in a period; undefined: itself alone. */
export function payerOf(
  sharings: readonly MoneySharing[],
  memberAccountId: string,
  period: string,
): MoneySharing | undefined {
  return sharings.find((each) => each.memberAccountId === memberAccountId && holdsIn(each, period));
}

/** Why an account cannot pay for another from a period on; null: it can. Whoever pays has nobody who pays for it. */
export function moneyConflictOf(
  wanted: Pick<MoneySharing, 'ownerAccountId' | 'memberAccountId' | 'fromPeriod'>,
  known: readonly MoneySharing[],
): 'itself' | 'member-already' | 'owner-is-member' | 'member-is-owner' | null {
  const { ownerAccountId: owner, memberAccountId: member, fromPeriod } = wanted;
  if (owner === member) return 'itself';
  const open = known.filter(({ toPeriod }) => toPeriod === null || toPeriod > fromPeriod);
  if (open.some((each) => each.memberAccountId === member)) return 'member-already';
  if (open.some((each) => each.memberAccountId === owner)) return 'owner-is-member';
  if (open.some((each) => each.ownerAccountId === member)) return 'member-is-owner';
  return null;
}
