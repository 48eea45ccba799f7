import { Injectable } from '@nestjs/common';
import { instantFromDate, type Instant } from '@ronghe/kernel';

/** The time that tokens, leases, retries and session time-outs go by; it cannot be moved. */
@Injectable()
export class SystemClock {
  now(): Instant {
    return instantFromDate(new Date());
  }
}
