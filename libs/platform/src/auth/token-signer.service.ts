import { Injectable } from '@nestjs/common';
import type { Role } from '@ronghe/contracts';
import { SignJWT } from 'jose';
import { PlatformConfig } from '../config/platform-config';
import { ISSUER, TokenVerifier } from './token-verifier';

/** Signs and checks the access tokens of staff and partners (JWT, HS256). */
@Injectable()
export class TokenSigner extends TokenVerifier {
  constructor(config: PlatformConfig) {
    super(config.jwtSecret);
  }

  /** A token for an actor, valid for `expiresInSeconds` by the system clock. */
  async sign(actor: { id: string; roles: readonly Role[]; expiresInSeconds: number }): Promise<string> {
    const expiresAt = Math.floor(Date.now() / 1000) + actor.expiresInSeconds;
    return new SignJWT({ roles: actor.roles })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(ISSUER)
      .setSubject(actor.id)
      .setIssuedAt()
      .setExpirationTime(expiresAt)
      .sign(this.key);
  }
}
