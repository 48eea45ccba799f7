import { addRatios, subtractRatios, zeroRatio, type Ratio } from '@ronghe/kernel';
import type { EventPrice } from './event-price';
import { drawBalances, type BalanceDraw, type SpendableBalance } from './spendable-balances';

/** What a session takes from one balance: units or money, as the balance counts. */
export type Hold = { kind: 'units'; taken: bigint } | { kind: 'money'; taken: Ratio };
export type Holds = ReadonlyMap<string, Hold>;

/** A session so far. Plain data; never changed in place. */
export interface SessionState {
  /** Units used since it began. */
  used: bigint;
  /** For what was used, and with what is set aside on top. */
  charged: Holds;
  held: Holds;
}

export interface SessionAnswer {
  session: SessionState;
  /** After what the session holds. */
  balances: SpendableBalance[];
  /** Units that may be used next; null where none were asked for or funds do not cover them. */
  granted: bigint | null;
  isOutOfCredit: boolean;
  /** Used units that no balance covered: owed. */
  overrun: bigint;
}

export const newSession: SessionState = { used: 0n, charged: new Map(), held: new Map() };

/**
 * Takes a report of use and a request for more. A session is rated on its total: it holds what all of its units cost,
 * those used and those set aside. A request replaces what was set aside; where funds do not cover it and nothing was
 * used, all stays as it was. Use is charged also beyond the grant. SEMANTICS §1 and §4.
 * @param balances the usable ones, after what this session holds
 * @param report `reserve`: units to set aside, at least; null: the session ends and gives back what it did not use
 */
export function updateSession(
  session: SessionState,
  balances: readonly SpendableBalance[],
  price: EventPrice,
  report: { used: bigint; reserve: bigint | null },
): SessionAnswer {
  const open = giveBack(balances, session.held);
  const used = session.used + report.used;
  const charge = drawBalances(open, used, price);
  const charged = holdsOf(open, charge);
  const settled: SessionAnswer = {
    session: { used, charged, held: charged },
    balances: charge.balances,
    granted: null,
    isOutOfCredit: false,
    overrun: used - charge.served,
  };
  if (report.reserve === null) return settled;
  // Up to the end of the increment that it begins: the price of the total pays for that in any case.
  const until = price.counted(used + report.reserve);
  const reservation = drawBalances(open, until, price);
  if (!reservation.isCovered) {
    const unchanged = { ...settled, session, balances: [...balances] };
    return { ...(report.used === 0n ? unchanged : settled), isOutOfCredit: true };
  }
  return {
    session: { used, charged, held: holdsOf(open, reservation) },
    balances: reservation.balances,
    granted: until - used,
    isOutOfCredit: false,
    overrun: 0n,
  };
}

/** What is set aside of a balance beyond what was used: zero for none. */
export function reservedOf({ held, charged }: SessionState, id: string): Ratio {
  return subtractRatios(takenOf(held.get(id)), takenOf(charged.get(id)));
}

function takenOf(hold: Hold | undefined): Ratio {
  if (hold === undefined) return zeroRatio;
  return hold.kind === 'money' ? hold.taken : { numerator: hold.taken, denominator: 1n };
}

function giveBack(balances: readonly SpendableBalance[], holds: Holds): SpendableBalance[] {
  return balances.map((balance) => {
    const hold = holds.get(balance.id);
    if (hold?.kind === 'units' && balance.kind === 'units')
      return { ...balance, remaining: balance.remaining + hold.taken };
    if (hold?.kind === 'money' && balance.kind === 'money')
      return { ...balance, remaining: addRatios(balance.remaining, hold.taken) };
    return balance;
  });
}

function holdsOf(open: readonly SpendableBalance[], { balances, drawn }: BalanceDraw): Holds {
  const after = new Map(balances.map((balance) => [balance.id, balance]));
  return new Map(
    open.flatMap((before): [string, Hold][] => {
      const left = after.get(before.id);
      if (!left || !drawn.includes(before.id)) return [];
      if (before.kind === 'units' && left.kind === 'units')
        return [[before.id, { kind: 'units', taken: before.remaining - left.remaining }]];
      if (before.kind === 'money' && left.kind === 'money')
        return [[before.id, { kind: 'money', taken: subtractRatios(before.remaining, left.remaining) }]];
      return [];
    }),
  );
}
