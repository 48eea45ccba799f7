/** Who runs SQL: an operator, or a transaction. */
interface RunsSql {
  sql(text: string, values?: unknown[]): Promise<unknown>;
}

export const LONG_AGO = '2020-01-01T00:00:00Z';

/** Has the time of a session pass, as when nobody has heard of it: the system's clock cannot be moved. */
export async function passTimeOf(operator: RunsSql, sessionId: string): Promise<void> {
  await operator.sql(`update charging.session set expires_at = $2 where session_id = $1`, [
    sessionId,
    LONG_AGO,
  ]);
  await moveDeadlineOf(operator, sessionId, LONG_AGO);
}

/** Moves the time of a session's row alone. Others of the row are looked at, too, and have another one then. */
export async function moveDeadlineOf(operator: RunsSql, sessionId: string, to: string): Promise<void> {
  await operator.sql(`update charging.session_deadline set expires_at = $2 where $1 = any(session_ids)`, [
    sessionId,
    to,
  ]);
}

/** The same of all sessions. */
export async function passTimeOfAll(operator: RunsSql): Promise<void> {
  await operator.sql(`update charging.session set expires_at = $1 where state = 'open'`, [LONG_AGO]);
  await operator.sql(`update charging.session_deadline set expires_at = $1`, [LONG_AGO]);
}
