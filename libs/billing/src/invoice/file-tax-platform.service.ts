import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { Instant } from '@ronghe/kernel';
import { PlatformConfig, SystemClock } from '@ronghe/platform';
import { numberInFolder } from './file-tax-platform.adapter';
import { TaxPlatform } from './tax-platform';

/** A tax platform of files, `tax-invoices` in the data folder, for as long as no other is connected. */
@Injectable()
export class FileTaxPlatform extends TaxPlatform {
  constructor(
    private readonly config: PlatformConfig,
    private readonly clock: SystemClock,
  ) {
    super();
  }

  async submit(request: { requestId: string; xml: string }): Promise<{ number: string; issuedAt: Instant }> {
    const folder = join(this.config.dataDirectory, 'tax-invoices');
    return numberInFolder(folder, { ...request, issuedAt: this.clock.now() });
  }
}
