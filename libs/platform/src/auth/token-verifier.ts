import { roles, type Actor } from '@ronghe/contracts';
import { DomainError } from '@ronghe/kernel';
import { jwtVerify } from 'jose';

export const ISSUER = 'ronghe';
/** Good tokens that are remembered; then all are forgotten. */
const REMEMBERED_LIMIT = 10_000;

/** Checks access tokens (JWT, HS256), on any thread. */
export class TokenVerifier {
  protected readonly key: Uint8Array;
  private readonly verified = new Map<string, { actor: Actor; untilMs: number }>();

  constructor(jwtSecret: string) {
    this.key = new TextEncoder().encode(jwtSecret);
  }

  /**
   * Whose token it is. A good one is remembered until it expires: a network function sends the same one thousands of
   * times a second.
   * @throws DomainError `unauthenticated` for a token that is forged, malformed or expired.
   */
  async verify(token: string): Promise<Actor> {
    const known = this.known(token);
    if (known) return known;
    this.verified.delete(token);
    try {
      const { payload } = await jwtVerify(token, this.key, { issuer: ISSUER, algorithms: ['HS256'] });
      const given = Array.isArray(payload['roles']) ? payload['roles'] : [];
      const actor = { id: payload.sub ?? '', roles: roles.filter((role) => given.includes(role)) };
      if (payload.exp !== undefined) this.remember(token, { actor, untilMs: payload.exp * 1000 });
      return actor;
    } catch {
      throw new DomainError(
        'unauthenticated',
        'forbidden',
        'The access token is not valid or has expired: sign in again.',
      );
    }
  }

  /** Whose token it is, if it was verified before and still holds. */
  known(token: string): Actor | undefined {
    const known = this.verified.get(token);
    return known && Date.now() < known.untilMs ? known.actor : undefined;
  }

  private remember(token: string, verified: { actor: Actor; untilMs: number }): void {
    if (this.verified.size >= REMEMBERED_LIMIT) this.verified.clear();
    this.verified.set(token, verified);
  }
}
