import type { OperatorApi } from './operator-api';

/** Moves the business clock; an instant that has passed is no error. Returns where it stands. */
export async function moveClock(api: OperatorApi, to: string): Promise<string> {
  const { now } = await api.rest<{ now: string }>('operations', 'POST', '/clock', { to });
  return now;
}

/** Waits until no domain has anything left to do. */
export async function settle(api: OperatorApi): Promise<void> {
  await api.rest('operations', 'POST', '/clock', {});
}

/** Local midnight in Shanghai of a date, as the clock takes it. */
export function midnight(date: string): string {
  return `${date}T00:00:00+08:00`;
}

export interface AuditAnswer {
  checks: number;
  differences: { name: string; scope: string; values: { domain: string; value: string }[] }[];
}

/** Compares the control totals of all domains. */
export async function audit(api: OperatorApi): Promise<AuditAnswer> {
  return api.rest<AuditAnswer>('operations', 'POST', '/audit', {});
}
