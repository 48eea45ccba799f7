import { isIPv6 } from 'node:net';
import { DomainError } from '@ronghe/kernel';
import type { PlatformConfig } from '../config/platform-config';

/** The largest JSON body; usage files stream past this limit on their own route. */
export const BODY_LIMIT_BYTES = 4 * 1024 * 1024;
/** What has not ended by then, once a listener closes, never will. */
export const CLOSE_GRACE_MS = 2000;

/** A listener beside the host's own. */
export interface Listener {
  url: string;
  /** Lets requests end, for a while; then closes connections, whatever is open on them. */
  close(): Promise<void>;
}

/** Where to ask for what listens at any address. */
const LOOPBACK: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/** Where this machine reaches a port of the process. */
export function urlOf({ bindAddress }: Pick<PlatformConfig, 'bindAddress'>, port: number): string {
  const host = LOOPBACK[bindAddress] ?? bindAddress;
  return `http://${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

/** Somebody else listens on a port already. @param setting the variable that names it */
export function portInUse(port: number, setting: string): DomainError {
  return new DomainError(
    'port_in_use',
    'unavailable',
    `Port ${port} is in use: set ${setting} to a free one.`,
    { port },
  );
}
