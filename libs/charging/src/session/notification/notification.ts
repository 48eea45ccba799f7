/** TS 32.291 §6.1.6.3.5: charge again with a new request, or stop. */
export type NotificationKind = 'ABORT_CHARGING' | 'REAUTHORIZATION';

/** What a network function is to be told of one grant of a session. */
export interface SessionNotification {
  lane: number;
  sessionId: string;
  /** System time; the grant that it is about. */
  grantedUntil: string;
  kind: NotificationKind;
  accountId: string;
  notifyUri: string;
  ratingGroups: number[];
}

/** Tries of a notification; then nobody is told, and the session ends by its time. */
export const ATTEMPTS_LIMIT = 6;
const FIRST_WAIT_MS = 2000;

/** How long after a try, the first being 1, the next one may begin; longer than a try takes. */
export function waitAfter(attempt: number): number {
  return FIRST_WAIT_MS * 2 ** attempt;
}

/** A ChargingNotifyRequest (TS 32.291 §6.1.6.2.1.4). */
export function notifyRequest({ kind, ratingGroups }: SessionNotification): Record<string, unknown> {
  return {
    notificationType: kind,
    ...(kind === 'REAUTHORIZATION' && ratingGroups.length > 0
      ? { reauthorizationDetails: ratingGroups.map((ratingGroup) => ({ ratingGroup })) }
      : {}),
  };
}

/**
 * Whether a URI may be called: http or https, without credentials, at a host that the operator named. A name stands for
 * itself, with a port for that port only; `*.5gc.example` for every name below it.
 */
export function isAllowedTarget(uri: string, hosts: readonly string[]): boolean {
  const url = URL.canParse(uri) ? new URL(uri) : null;
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return false;
  if (url.username !== '' || url.password !== '') return false;
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return hosts.some((allowed) => {
    const host = allowed.toLowerCase();
    if (host.startsWith('*.')) return url.hostname.endsWith(host.slice(1));
    return host === url.hostname || host === `${url.hostname}:${port}`;
  });
}
