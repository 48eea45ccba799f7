import { Injectable } from '@nestjs/common';
import type { Tx } from '@ronghe/platform';
import type { AccountBook } from '../balance/account-book';
import type { GroupPeriod } from '../balance/group-period';
import { findGroupPeriods } from '../balance/group-period.store';
import { chargingError } from '../charging.errors';
import { findAccounts } from '../projection/account.store';
import { eventOf } from '../usage/rated-usage';
import type { GrantedUnits } from './charging-answer';
import type { UnitUsage } from './charging-data';
import { DEFAULT_GRANT_OCTETS, grantQuota, kbOf, type Grant } from './quota';
import type { Reservation, Session } from './session';
import { findReservations, moveReserved, saveReservations } from './session.store';
import { factOf, SessionUsage } from './session-usage.service';

/** Moves a session's reservations: what was used is charged, the rest goes back, and what is asked for is reserved. */
@Injectable()
export class SessionQuota {
  constructor(private readonly usage: SessionUsage) {}

  /**
   * Charges and grants. A rating group that is named gives back what it held before it is granted anew, so that a new
   * request replaces the old one and never adds to it.
   */
  async move(
    tx: Tx,
    session: Session,
    units: readonly UnitUsage[],
    book: AccountBook,
  ): Promise<{ session: Session; units: GrantedUnits[] }> {
    const held = await findReservations(tx, session);
    const isNamed = ({ ratingGroup, upfId }: Reservation) =>
      units.some((unit) => unit.ratingGroup === ratingGroup && unit.upfId === upfId);
    const kept = held.filter((reservation) => !isNamed(reservation));
    const used = withUse(session, units);
    const group = await this.giveBack(tx, used, held.filter(isNamed), book);
    const mayExceed = await this.mayExceed(tx, session);
    const granted: GrantedUnits[] = [];
    const reserved: Reservation[] = [];
    let buckets = group.buckets;
    for (const { ratingGroup, upfId, requestedOctets } of units) {
      if (requestedOctets === undefined) continue;
      const grant = this.grant(
        used,
        requestedOctets ?? DEFAULT_GRANT_OCTETS,
        { ...group, buckets },
        book,
        mayExceed,
      );
      granted.push({ ratingGroup, upfId, grant });
      reserved.push(...grant.reserved.map((reservation) => ({ ratingGroup, upfId, ...reservation })));
      buckets = buckets.map((bucket) => {
        const more = grant.reserved.find(({ bucketCode }) => bucketCode === bucket.code);
        return more ? { ...bucket, reserved: bucket.reserved + more.units } : bucket;
      });
    }
    await moveReserved(tx, session, reserved);
    await saveReservations(tx, session, [...kept, ...reserved]);
    return { session: used, units: granted };
  }

  /** Charges what was used last and gives everything back. */
  async end(tx: Tx, session: Session, units: readonly UnitUsage[], book: AccountBook): Promise<Session> {
    const used = withUse(session, units);
    await this.giveBack(tx, used, await findReservations(tx, session), book);
    await saveReservations(tx, session, []);
    return used;
  }

  /** Locks the session's group, gives back reservations and charges the session's total; the group after it. */
  private async giveBack(
    tx: Tx,
    session: Session,
    reservations: readonly Reservation[],
    book: AccountBook,
  ): Promise<GroupPeriod> {
    const [locked] = await findGroupPeriods(tx, [session], { lock: true });
    if (!locked)
      throw chargingError('projection_behind', 'the period of the session is not open', {
        period: session.period,
      });
    await moveReserved(
      tx,
      session,
      reservations.map(({ bucketCode, units }) => ({ bucketCode, units: -units })),
    );
    const buckets = locked.buckets.map((bucket) => {
      const back = reservations.filter(({ bucketCode }) => bucketCode === bucket.code);
      return { ...bucket, reserved: back.reduce((left, { units }) => left - units, bucket.reserved) };
    });
    return this.usage.charge(tx, session, { ...locked, buckets }, book);
  }

  private grant(
    session: Session,
    wantedOctets: bigint,
    group: GroupPeriod,
    book: AccountBook,
    mayExceed: boolean,
  ): Grant {
    const fact = factOf(session, kbOf(wantedOctets), book);
    const { buckets, counters } = group;
    return grantQuota({
      wantedOctets,
      event: eventOf(fact),
      plan: book.planOf(fact),
      buckets,
      counters,
      mayExceed,
    });
  }

  private async mayExceed(tx: Tx, { accountId }: Session): Promise<boolean> {
    const [account] = await findAccounts(tx, [accountId]);
    return account?.paymentMode === 'postpaid';
  }
}

function withUse(session: Session, units: readonly UnitUsage[]): Session {
  return {
    ...session,
    usedOctets: units.reduce((sum, { usedOctets }) => sum + usedOctets, session.usedOctets),
  };
}
