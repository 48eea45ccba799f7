import type { TestOperator } from '@ronghe/testing';

const LONG_AGO = '2020-01-01T00:00:00Z';

/** Has the time of a session pass, as when nobody has heard of it: the system's clock cannot be moved. */
export async function passTimeOf(operator: Pick<TestOperator, 'sql'>, sessionId: string): Promise<void> {
  await operator.sql(`update charging.session set expires_at = $2 where session_id = $1`, [
    sessionId,
    LONG_AGO,
  ]);
  // Others of the row are looked at, too, and have another one then.
  await operator.sql(`update charging.session_deadline set expires_at = $2 where $1 = any(session_ids)`, [
    sessionId,
    LONG_AGO,
  ]);
}

/** The same of all sessions. */
export async function passTimeOfAll(operator: Pick<TestOperator, 'sql'>): Promise<void> {
  await operator.sql(`update charging.session set expires_at = $1 where state = 'open'`, [LONG_AGO]);
  await operator.sql(`update charging.session_deadline set expires_at = $1`, [LONG_AGO]);
}
