import { Injectable } from '@nestjs/common';
import { DomainError, type Instant } from '@ronghe/kernel';
import { isQuiet, type DomainStatus } from '../host/domain-status.service';
import { EveryDomain } from '../host/every-domain.service';
import { BusinessClock } from './business-clock.service';
import { MovedClock } from './moved-clock.service';

const POLL_MS = 25;
/** A domain that is not quiet by then has a problem that moving on would hide. */
const QUIET_TIMEOUT_MS = 120_000;
/** A domain must be quiet twice in a row: work may just have passed from one domain to the next. */
const QUIET_ROUNDS = 2;

/** Moves the business clock, running every due instant on the way, in order, until all domains are quiet. */
@Injectable()
export class ClockMover {
  private moving: Promise<Instant> = Promise.resolve('' as Instant);

  constructor(
    private readonly clock: BusinessClock,
    private readonly moved: MovedClock,
    private readonly everyone: EveryDomain,
  ) {}

  /**
   * Moves to `to`; an instant that has passed already leaves the clock where it stands. One move at a time.
   * @throws DomainError `clock_not_movable` (forbidden), `not_quiet` (unavailable) naming what still waits.
   */
  async moveTo(to: Instant): Promise<Instant> {
    if (!this.clock.isMovable) {
      throw new DomainError(
        'clock_not_movable',
        'forbidden',
        'The business clock moves only where RONGHE_CLOCK=movable.',
      );
    }
    const before = this.moving.catch(() => undefined);
    this.moving = before.then(() => this.move(to));
    return this.moving;
  }

  /** Waits until no domain has anything left to do at the present time. */
  async settle(): Promise<DomainStatus[]> {
    const deadline = Date.now() + QUIET_TIMEOUT_MS;
    for (let quiet = 0; ;) {
      const status = await this.everyone.status();
      quiet = status.every(isQuiet) ? quiet + 1 : 0;
      if (quiet >= QUIET_ROUNDS) return status;
      if (Date.now() > deadline) {
        const waiting = status.filter((each) => !isQuiet(each));
        throw new DomainError('not_quiet', 'unavailable', 'Work is still going on: the clock waits for it.', {
          waiting,
        });
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  private async move(to: Instant): Promise<Instant> {
    for (;;) {
      const status = await this.settle();
      const next = status
        .flatMap((each) => (each.nextDue && each.nextDue <= to ? [each.nextDue] : []))
        .sort()[0];
      await this.clock.set(next ?? to);
      await this.everyone.clockMoved();
      this.moved.wake();
      if (!next) {
        await this.settle();
        return this.clock.now();
      }
    }
  }
}
