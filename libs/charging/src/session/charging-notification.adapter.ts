/** A network function that does not answer in time is told again later. */
const TIMEOUT_MS = 5_000;

/**
 * Tells a network function to end a session (TS 32.291 §6.1.5.2, ABORT_CHARGING). True: it has been told, whatever it said
 * to it; false: nobody answered, or it could not take it now. Redirections are not followed: the host was checked.
 */
export async function abortCharging(notifyUri: string): Promise<boolean> {
  try {
    const response = await fetch(notifyUri, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ notificationType: 'ABORT_CHARGING' }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    return response.status < 500;
  } catch {
    return false;
  }
}
