import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { instantToMs } from '@ronghe/kernel';
import { PlatformConfig, SystemClock } from '@ronghe/platform';
import type { Delivery, DeliveryMessage } from './delivery';
import { putFiles } from './file-channel.adapter';
import { sendMail } from './mail-channel.adapter';
import { postWebhook } from './webhook-channel.adapter';
import { webhookSecret } from './webhook-signature';

/** The ways on which bills leave. */
@Injectable()
export class Channels {
  constructor(
    private readonly config: PlatformConfig,
    private readonly clock: SystemClock,
  ) {}

  /** Whether webhooks may be called without encryption: never in production. */
  get isPlainHttpAllowed(): boolean {
    return !this.config.production;
  }

  /** What the receiver of an account's webhooks checks their signature with. */
  secretOf(accountId: string): string {
    return webhookSecret(accountId, this.config.jwtSecret);
  }

  /** @throws PermanentFailure when trying again is of no use; any other error: it may be tried again. */
  async carry({ channel, accountId }: Delivery, message: DeliveryMessage): Promise<void> {
    switch (channel) {
      case 'file':
        return putFiles(join(this.config.dataDirectory, 'bills'), message);
      case 'email':
        if (!this.config.smtpUrl) throw new Error('no mail server: set RONGHE_SMTP_URL');
        return sendMail(this.config.smtpUrl, message);
      case 'webhook':
        return postWebhook(message, this.secretOf(accountId), instantToMs(this.clock.now()));
    }
  }
}
