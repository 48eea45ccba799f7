import { Injectable } from '@nestjs/common';
import { PlatformConfig, SystemClock } from '@ronghe/platform';
import { isLinkToken, linkToken } from './page-link';

/** Makes and checks links that open one bill's page without sign-in; they end by the system clock. */
@Injectable()
export class PageLinks {
  constructor(
    private readonly config: PlatformConfig,
    private readonly clock: SystemClock,
  ) {}

  /** Absolute where RONGHE_PUBLIC_URL is set, else a path. */
  urlOf(billId: string, form: '' | '.pdf' = ''): string {
    const token = linkToken(billId, this.clock.now(), this.config.jwtSecret);
    return `${this.config.publicUrl ?? ''}/bills/${billId}${form}?t=${token}`;
  }

  opens(token: string, billId: string): boolean {
    return isLinkToken(token, billId, this.clock.now(), this.config.jwtSecret);
  }
}
