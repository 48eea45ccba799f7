import type { UsageStart } from './operator-account';
import type { OperatorSessions, SessionAnswer } from './operator-sessions';

/** One element of `serviceRating` (Nrf_Rating, TS 32.296 annex): what is rated, with its units as whole numbers. */
export interface ServiceRating {
  serviceId: number;
  ratingGroup: number;
  /** Used since the last report; an immediate event uses what it asks for. */
  consumed: bigint;
  /** Units to set aside, of no particular size where 0; null: none. */
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

const SESSION = 'rating data';

/**
 * Nrf_Rating of one subscriber by an account's sessions: its rating groups are those of one session, and a request of which
 * nothing could be covered is answered 403.
 */
export class RatingFunction {
  constructor(
    readonly sessions: OperatorSessions,
    private readonly start: UsageStart,
  ) {}

  create(services: readonly ServiceRating[]): RatingAnswer {
    return this.answer(201, services);
  }

  update(services: readonly ServiceRating[]): RatingAnswer {
    return this.answer(200, services);
  }

  /** Ends the session; what it holds goes back. */
  release(services: readonly ServiceRating[]): RatingAnswer {
    const answer = this.answer(
      200,
      services.map((service) => ({ ...service, requested: null })),
    );
    this.sessions.end(SESSION, this.start, 0n, this.start.startedAt);
    return { ...answer, status: 200 };
  }

  private answer(status: 201 | 200, services: readonly ServiceRating[]): RatingAnswer {
    const reports = services.map(({ ratingGroup, consumed, requested }) => ({
      ratingGroup,
      used: consumed,
      wanted: requested,
    }));
    const answer = this.sessions.report(SESSION, this.start, reports, this.start.startedAt);
    const rated = services.map((service) => ratedOf(service, answer));
    const isOut = rated.every(({ resultCode }) => resultCode !== 'SUCCESS');
    return {
      status: isOut ? 403 : status,
      headers: status === 201 && !isOut ? ['location'] : [],
      services: rated,
    };
  }
}

function ratedOf(
  { serviceId, ratingGroup }: ServiceRating,
  { told, hasOverrun }: SessionAnswer,
): RatedService {
  const granted = told.find((each) => each.ratingGroup === ratingGroup)?.granted ?? null;
  const isOut = hasOverrun || granted === 0n;
  return {
    serviceId,
    ratingGroup,
    resultCode: isOut ? 'QUOTA_LIMIT_REACHED' : 'SUCCESS',
    granted: isOut ? null : granted,
  };
}
