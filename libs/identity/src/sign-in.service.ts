import { Injectable } from '@nestjs/common';
import { addMs } from '@ronghe/kernel';
import { SystemClock, TokenSigner, Transactions } from '@ronghe/platform';
import { identityErrors } from './identity.errors';
import { decideAttempt, WINDOW_MS, type AttemptDecision } from './lock-out';
import { verifyPassword } from './password.adapter';
import { normalUsername, type Staff } from './staff';
import { SignInGuardStore, StaffStore } from './staff.store';

/** A shift; whoever works longer signs in again. */
export const TOKEN_LIFETIME_SECONDS = 8 * 3600;

/** What a sign-in gives. */
export interface Session {
  accessToken: string;
  expiresInSeconds: number;
  staff: Staff;
}

/** Signs staff in. Times here are the system clock's: business time may be moved. */
@Injectable()
export class SignInService {
  constructor(
    private readonly transactions: Transactions,
    private readonly staff: StaffStore,
    private readonly guard: SignInGuardStore,
    private readonly clock: SystemClock,
    private readonly signer: TokenSigner,
  ) {}

  /**
   * Compares the password and signs a token. An unknown name takes the same steps and gets the same answers.
   * @throws DomainError `sign_in_failed`; `sign_in_locked` after ten failures in 15 minutes, also for the right password.
   */
  async signIn(usernameText: string, password: string): Promise<Session> {
    const username = normalUsername(usernameText);
    const attempt = await this.beginAttempt(username);
    if (!attempt.allowed) throw identityErrors.signInLocked(attempt.retryAfterSeconds);
    const found = await this.transactions.read((tx) => this.staff.findForSignIn(tx, username));
    const matches = await verifyPassword(found?.passwordHash ?? null, password);
    if (!found || !matches || found.staff.disabledAt !== null) throw identityErrors.signInFailed();
    await this.transactions.run((tx) => this.guard.forget(tx, username));
    const accessToken = await this.signer.sign({
      id: found.staff.staffId,
      roles: found.staff.roles,
      expiresInSeconds: TOKEN_LIFETIME_SECONDS,
    });
    return { accessToken, expiresInSeconds: TOKEN_LIFETIME_SECONDS, staff: found.staff };
  }

  /** Committed before the password is compared: a failure counts even if the process dies on it. */
  private beginAttempt(username: string): Promise<AttemptDecision> {
    return this.transactions.run(async (tx) => {
      const failures = await this.guard.lock(tx, username, this.clock.now());
      const now = this.clock.now();
      const decision = decideAttempt(failures, now);
      await this.guard.save(tx, username, decision.failures);
      await this.guard.sweep(tx, addMs(now, -WINDOW_MS));
      return decision;
    });
  }
}
