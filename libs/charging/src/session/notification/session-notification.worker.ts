import { Injectable } from '@nestjs/common';
import { OnJob, PendingWork, type JsonObject } from '@ronghe/platform';
import { NOTIFY_SESSIONS } from './session-notification.store';
import { SessionNotifications } from './session-notifications.service';

/** Tells network functions of sessions whose credit ended or came back; what fails is tried again when it is due. */
@Injectable()
export class SessionNotificationWorker {
  constructor(private readonly notifications: SessionNotifications) {}

  @OnJob(NOTIFY_SESSIONS)
  async notify(): Promise<void> {
    while (await this.notifications.look());
    while (await this.notifications.send());
  }

  @PendingWork(NOTIFY_SESSIONS)
  async pending(): Promise<JsonObject[]> {
    return (await this.notifications.isPending()) ? [{}] : [];
  }
}
