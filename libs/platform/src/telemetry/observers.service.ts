import { Injectable } from '@nestjs/common';
import { PlatformLogger } from './logger.service';
import { Metrics } from './metrics.service';

/** What background work is seen by. */
@Injectable()
export class Observers {
  constructor(
    readonly metrics: Metrics,
    readonly logger: PlatformLogger,
  ) {}
}
