import { Injectable } from '@nestjs/common';
import { instantFromDate, type Instant } from '@ronghe/kernel';
import { DataSource } from 'typeorm';
import { PlatformConfig } from '../config/platform-config';

/**
 * The time that effective dates, cycles, validity and dunning go by. In production it is the system's; where
 * `RONGHE_CLOCK=movable` it stands at one database row until somebody moves it.
 */
@Injectable()
export class BusinessClock {
  private standsAt: Instant | null = null;

  constructor(
    private readonly config: PlatformConfig,
    private readonly dataSource: DataSource,
  ) {}

  get isMovable(): boolean {
    return this.config.clockMode === 'movable';
  }

  /** Business time. A movable clock is read once at start and again whenever it was moved. */
  now(): Instant {
    if (!this.isMovable) return instantFromDate(new Date());
    if (this.standsAt === null) throw new Error('The business clock has not been read yet');
    return this.standsAt;
  }

  /** Reads the row again; makes it where it is missing. Called at start and on every notice of a move. */
  async refresh(): Promise<Instant> {
    if (!this.isMovable) return this.now();
    await this.dataSource.query(
      'insert into platform.business_clock (stands_at) values ($1) on conflict do nothing',
      [this.config.clockStart ? new Date(this.config.clockStart) : new Date()],
    );
    const [row] = (await this.dataSource.query('select stands_at from platform.business_clock')) as {
      stands_at: Date;
    }[];
    if (!row) throw new Error('The business clock row is missing');
    this.standsAt = instantFromDate(row.stands_at);
    return this.standsAt;
  }

  /** Sets the row, never backwards. The mover alone calls this. */
  async set(to: Instant): Promise<Instant> {
    await this.dataSource.query(
      'update platform.business_clock set stands_at = greatest(stands_at, $1::timestamptz)',
      [to],
    );
    return this.refresh();
  }
}
