import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { IsISO8601, IsOptional } from 'class-validator';
import { instantFromIso } from '@ronghe/kernel';
import { Roles } from '../auth/access';
import { ClockMover } from '../clock/clock-mover.service';
import { BusinessClock } from '../clock/business-clock.service';
import { ParkedEvents, type ParkedAggregate } from '../feed/parked-events.service';
import type { AuditReport } from '../host/audit';
import type { DomainStatus } from '../host/domain-status.service';
import { Auditor } from '../host/auditor.service';

class MoveClockDto {
  @IsOptional()
  @IsISO8601({ strict: true })
  to?: string;
}

/** What operations staff do to the installation as a whole: the clock, the audit, parked events. */
@Controller()
@Roles('operations')
export class OperationsController {
  constructor(
    private readonly clock: BusinessClock,
    private readonly mover: ClockMover,
    private readonly auditor: Auditor,
    private readonly parked: ParkedEvents,
  ) {}

  /** Business time, and whether it may be moved. */
  @Get('clock')
  clockState(): { now: string; movable: boolean } {
    return { now: this.clock.now(), movable: this.clock.isMovable };
  }

  /** Moves the clock to `to`, running every due instant in order; without `to`, waits until all is quiet. */
  @Post('clock')
  @HttpCode(200)
  async moveClock(@Body() body: MoveClockDto): Promise<{ now: string }> {
    if (body.to === undefined) await this.mover.settle();
    else await this.mover.moveTo(instantFromIso(body.to));
    return { now: this.clock.now() };
  }

  /** What each domain still has to do. */
  @Get('status')
  async status(): Promise<DomainStatus[]> {
    return this.auditor.everyone.status();
  }

  /** Compares the control totals of all domains. */
  @Post('audit')
  @HttpCode(200)
  async audit(): Promise<AuditReport> {
    return this.auditor.run();
  }

  /** Events that could not be applied and wait for their release, by aggregate. */
  @Get('feed/parked')
  async parkedEvents(): Promise<ParkedAggregate[]> {
    return this.parked.all();
  }

  /** Applies the parked events of an aggregate, after their cause was mended. */
  @Post('feed/:consumer/:producer/release/:aggregateId')
  @HttpCode(200)
  async release(
    @Param('consumer') consumer: string,
    @Param('producer') producer: string,
    @Param('aggregateId') aggregateId: string,
  ): Promise<{ released: number }> {
    return { released: await this.parked.release(consumer, producer, aggregateId) };
  }
}
