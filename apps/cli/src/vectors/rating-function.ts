import { newSession, updateSession, type SessionAnswer, type SessionState } from './terms/charging-session';
import { priceEvent, type PricedUsage } from './terms/event-price';
import type { RateTable } from './terms/rate-table';
import type { SpendableBalance } from './terms/spendable-balances';

/** One element of `serviceRating` (Nrf_Rating, TS 32.296 annex): what is rated, with its units as whole numbers. */
export interface ServiceRating {
  serviceId: number;
  ratingGroup: number;
  /** Used since the last report; an immediate event uses what it asks for. */
  consumed: bigint;
  /** Units to set aside; null: none. */
  requested: bigint | null;
}

/** What is said of one of them. */
export interface RatedService {
  serviceId: number;
  ratingGroup: number;
  resultCode: 'SUCCESS' | 'QUOTA_LIMIT_REACHED';
  /** Units that may be used next; null where none were asked for or nothing covers them. */
  granted: bigint | null;
}

export interface RatingAnswer {
  status: 201 | 200 | 403;
  headers: string[];
  services: RatedService[];
}

/**
 * Nrf_Rating of one subscriber by the engine's sessions: each rating group is a session on the same balances, and a request
 * of which nothing could be covered is answered 403.
 */
export class RatingFunction {
  private readonly sessions = new Map<number, SessionState>();

  constructor(
    private readonly table: RateTable,
    private readonly usage: PricedUsage,
    private current: readonly SpendableBalance[],
  ) {}

  /** After what open sessions hold. */
  get balances(): readonly SpendableBalance[] {
    return this.current;
  }

  create(services: readonly ServiceRating[]): RatingAnswer {
    return this.answer(201, services);
  }

  update(services: readonly ServiceRating[]): RatingAnswer {
    return this.answer(200, services);
  }

  /** Ends the sessions of the rating groups; what they hold goes back. */
  release(services: readonly ServiceRating[]): RatingAnswer {
    const answer = this.answer(
      200,
      services.map((service) => ({ ...service, requested: null })),
    );
    for (const { ratingGroup } of services) this.sessions.delete(ratingGroup);
    return { ...answer, status: 200 };
  }

  private answer(status: 201 | 200, services: readonly ServiceRating[]): RatingAnswer {
    const rated = services.map((service): RatedService => {
      const { serviceId, ratingGroup } = service;
      const { isOutOfCredit, overrun, granted } = this.rate(service);
      const resultCode = isOutOfCredit || overrun > 0n ? 'QUOTA_LIMIT_REACHED' : 'SUCCESS';
      return { serviceId, ratingGroup, resultCode, granted };
    });
    const isOut = rated.every(({ resultCode }) => resultCode !== 'SUCCESS');
    return {
      status: isOut ? 403 : status,
      headers: status === 201 && !isOut ? ['location'] : [],
      services: rated,
    };
  }

  private rate({ ratingGroup, consumed, requested }: ServiceRating): SessionAnswer {
    const price = priceEvent(this.table, this.usage);
    const session = this.sessions.get(ratingGroup) ?? newSession;
    const answer = updateSession(session, this.current, price, { used: consumed, reserve: requested });
    this.sessions.set(ratingGroup, answer.session);
    this.current = answer.balances;
    return answer;
  }
}
