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

/** How a network function is spoken to: HTTP/1.1, or HTTP/2 without encryption by prior knowledge (TS 29.500 §5.2). */
export type NotifyTransport = 'http/1.1' | 'h2c';

/** What marks a host of the policy as one that speaks HTTP/2 without encryption. */
const H2C = 'h2c://';

/**
 * How a URI may be called; null: not at all. It must be http or https, without credentials, at a host that the operator named.
 * A name stands for itself, with a port for that port only; `*.5gc.example` for every name below it. `h2c://` before a name
 * says that http there is HTTP/2; the first name that fits counts.
 */
export function transportTo(uri: string, hosts: readonly string[]): NotifyTransport | null {
  const url = URL.canParse(uri) ? new URL(uri) : null;
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  if (url.username !== '' || url.password !== '') return null;
  const named = hosts.map((each) => each.toLowerCase()).find((each) => names(each, url));
  if (named === undefined) return null;
  return named.startsWith(H2C) ? 'h2c' : 'http/1.1';
}

function names(allowed: string, { protocol, hostname, port }: URL): boolean {
  const isH2c = allowed.startsWith(H2C);
  if (isH2c && protocol !== 'http:') return false;
  const host = isH2c ? allowed.slice(H2C.length) : allowed;
  if (host.startsWith('*.')) return hostname.endsWith(host.slice(1));
  return host === hostname || host === `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
}
