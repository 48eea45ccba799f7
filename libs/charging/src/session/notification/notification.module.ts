import { SessionNotificationResolver } from './session-notification.resolver';
import { SessionNotificationWorker } from './session-notification.worker';
import { SessionNotifications } from './session-notifications.service';

/** Providers of the notifications to network functions. */
export const notificationProviders = [
  SessionNotifications,
  SessionNotificationWorker,
  SessionNotificationResolver,
];
