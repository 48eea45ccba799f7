import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { Public } from '../auth/access';
import { ParkedEvents, type ParkedAggregate } from '../feed/parked-events.service';

/** Parked events of the hosted domains, for the process with the gateway; behind the internal token like all of `/internal`. */
@Controller('internal/parked')
@Public()
export class ParkedController {
  constructor(private readonly parked: ParkedEvents) {}

  @Post()
  @HttpCode(200)
  async list(): Promise<ParkedAggregate[]> {
    return this.parked.own();
  }

  @Post(':consumer/:producer/release')
  @HttpCode(200)
  async release(
    @Param('consumer') consumer: string,
    @Param('producer') producer: string,
    @Body() body: { aggregateId: string },
  ): Promise<{ released: number }> {
    return { released: await this.parked.release(consumer, producer, body.aggregateId) };
  }
}
