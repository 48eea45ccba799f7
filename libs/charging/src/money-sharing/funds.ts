import {
  addAmounts,
  minAmount,
  negateAmount,
  subtractAmounts,
  zeroAmount,
  type Amount,
  type Instant,
} from '@ronghe/kernel';
import { transferableMoney } from '../money/transfer';
import {
  applyMoves,
  creditMoney,
  drawMoney,
  freeMoney,
  giveBackMoney,
  holdMoney,
  mainOf,
  ownFunds,
  releaseMoney,
  reserveMoney,
  type DrawReason,
  type MoneyMove,
  type MoneyTake,
  type Purse,
  type PurseChange,
} from '@ronghe/rating';
import type { MoneyShareUse, MoneySharing } from './money-sharing';

/** Another account's money out of which an account may pay too. */
export interface SharedMoney {
  sharing: MoneySharing;
  /** The owner's. */
  purse: Purse;
  use: MoneyShareUse;
}

/** All the money out of which usage of an account and period is paid. */
export interface Funds {
  purse: Purse;
  shared: SharedMoney | null;
}

/** Part of an amount that is held; of another account's money with the sharing that lets it. */
export interface FundsHold extends MoneyTake {
  sharingId?: string;
}

/** A change of a purse that may name its own cause. */
export type CausedChange = PurseChange & { reference?: string };

/** Funds after something happened to them, and each purse that changed, in order. */
export interface FundsChange {
  funds: Funds;
  changes: CausedChange[];
}

/** What may still be spent: the account's own free money, and of the owner's what its cap leaves. */
export function freeFunds({ purse, shared }: Funds, at: Instant): Amount {
  return addAmounts(freeMoney(purse, at), shared ? freeShared(shared, at) : zeroAmount);
}

/**
 * Draws an amount: own money, then the owner's up to the cap, then own credit; what is beyond is owed by the account. What
 * the owner pays goes through the account's own money, so that usage is paid where it was used.
 */
export function drawFunds(
  funds: Funds,
  amount: Amount,
  at: Instant,
  reason: DrawReason,
  since: Instant = at,
): FundsChange & { overrun: Amount } {
  const { shared } = funds;
  const changes: CausedChange[] = [];
  let { purse } = funds;
  let after = shared;
  let own = amount;
  if (shared) {
    const beyond = subtractAmounts(amount, ownFunds(purse, at, since));
    const paid = minAmount(beyond, freeShared(shared, at));
    if (paid > 0n) {
      const paying = paidOver(purse, shared, paid, reason);
      ({ purse, shared: after } = paying);
      changes.push(...paying.changes);
      own = subtractAmounts(amount, paid);
    }
  }
  const drawn = drawMoney(purse, own, at, reason, since);
  changes.push(drawn);
  return { funds: { purse: drawn.purse, shared: after }, changes, overrun: drawn.overrun };
}

/** Holds as much of an amount as is free, in the order in which it would be drawn. */
export function reserveFunds(
  funds: Funds,
  amount: Amount,
  at: Instant,
): FundsChange & { holds: FundsHold[] } {
  const { shared } = funds;
  if (!shared) {
    const reserved = reserveMoney(funds.purse, amount, at);
    return { funds: { purse: reserved.purse, shared }, changes: [reserved], holds: reserved.holds };
  }
  const own = reserveMoney(funds.purse, minAmount(amount, ownFunds(funds.purse, at, at)), at);
  const paid = minAmount(subtractAmounts(amount, own.granted), freeShared(shared, at));
  const rest = subtractAmounts(amount, addAmounts(own.granted, paid));
  const credit = reserveMoney(own.purse, rest, at);
  const hold = { bucketId: mainOf(shared.purse).bucketId, amount: paid };
  const held = paid > 0n ? holdMoney(shared.purse, [hold], 1n) : shared.purse;
  const { sharingId } = shared.sharing;
  return {
    funds: { purse: credit.purse, shared: usedMore({ ...shared, purse: held }, zeroAmount, paid) },
    changes: [own, credit, { purse: held, moves: [] }],
    holds: [...own.holds, ...(paid > 0n ? [{ ...hold, sharingId }] : []), ...credit.holds],
  };
}

/** Gives back what is held. */
export function releaseFunds({ purse, shared }: Funds, holds: readonly FundsHold[]): FundsChange {
  const own = releaseMoney(
    purse,
    holds.filter(({ sharingId }) => sharingId === undefined),
  );
  const others = holds.filter(({ sharingId }) => sharingId === shared?.sharing.sharingId);
  if (!shared || others.length === 0) return { funds: { purse: own.purse, shared }, changes: [own] };
  const released = releaseMoney(shared.purse, others);
  const back = addAmounts(...others.map(({ amount }) => amount));
  const after = usedMore({ ...shared, purse: released.purse }, zeroAmount, negateAmount(back));
  return { funds: { purse: own.purse, shared: after }, changes: [own, released] };
}

/** Gives back what usage turned out to cost less: the owner, who paid last, gets it first, as far as it paid in the period. */
export function giveBackFunds(
  { purse, shared }: Funds,
  back: { amount: Amount; taxClass: string | null; at: Instant },
): FundsChange {
  const toOwner = shared ? minAmount(back.amount, shared.use.used) : zeroAmount;
  if (!shared || toOwner <= 0n) {
    const own = giveBackMoney(purse, back);
    return { funds: { purse: own.purse, shared }, changes: [own] };
  }
  const { bucketId } = mainOf(purse);
  const reference = shareReference(shared);
  const given = moveMoney(purse, [{ bucketId, kind: 'rerate', delta: toOwner, taxClass: back.taxClass }]);
  const out = moveMoney(given.purse, [transferOut(bucketId, toOwner)]);
  const owner = creditMoney(shared.purse, {
    bucketId: mainOf(shared.purse).bucketId,
    amount: toOwner,
    kind: 'transfer-in',
  });
  const rest = giveBackMoney(out.purse, { ...back, amount: subtractAmounts(back.amount, toOwner) });
  return {
    funds: {
      purse: rest.purse,
      shared: usedMore({ ...shared, purse: owner.purse }, negateAmount(toOwner), zeroAmount),
    },
    changes: [given, { ...out, reference }, { ...owner, reference }, rest],
  };
}

/** The cause of the entries by which an owner pays, or gets back. */
export function shareReference({ use: { sharingId, period } }: Pick<SharedMoney, 'use'>): string {
  return `shared/${sharingId}/${period}`;
}

/** min(what the owner has of its own, what the cap leaves); never negative. */
function freeShared({ sharing, purse, use }: SharedMoney, at: Instant): Amount {
  const left = transferableMoney(purse, at);
  if (sharing.cap === null) return left;
  const room = subtractAmounts(sharing.cap, addAmounts(use.used, use.reserved));
  return room > 0n ? minAmount(room, left) : zeroAmount;
}

function paidOver(
  purse: Purse,
  shared: SharedMoney,
  amount: Amount,
  { kind, taxClass }: DrawReason,
): { purse: Purse; shared: SharedMoney; changes: CausedChange[] } {
  const reference = shareReference(shared);
  const out = moveMoney(shared.purse, [transferOut(mainOf(shared.purse).bucketId, amount)]);
  const { bucketId } = mainOf(purse);
  // It comes and goes at once: what the account owes from before is not the owner's to pay.
  const into = moveMoney(purse, [{ bucketId, kind: 'transfer-in', delta: amount, taxClass: null }]);
  const spent = moveMoney(into.purse, [{ bucketId, kind, delta: negateAmount(amount), taxClass }]);
  return {
    purse: spent.purse,
    shared: usedMore({ ...shared, purse: out.purse }, amount, zeroAmount),
    changes: [{ ...out, reference }, { ...into, reference }, spent],
  };
}

function moveMoney(purse: Purse, moves: MoneyMove[]): PurseChange {
  return { purse: applyMoves(purse, moves), moves };
}

function transferOut(bucketId: string, amount: Amount) {
  return { bucketId, kind: 'transfer-out' as const, delta: negateAmount(amount), taxClass: null };
}

function usedMore(shared: SharedMoney, used: Amount, reserved: Amount): SharedMoney {
  const { use } = shared;
  return {
    ...shared,
    use: { ...use, used: addAmounts(use.used, used), reserved: addAmounts(use.reserved, reserved) },
  };
}
