import { hash, verify } from '@node-rs/argon2';

/** argon2id with 19 MiB, two passes, one lane: OWASP's recommendation, and the library's default algorithm. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Hashes a password into a PHC string. About 20 ms of one core, off the event loop. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), COST);
}

/**
 * Whether a password belongs to a hash. Without a hash the same work is done on another, so that the time does not
 * tell whether somebody exists.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const matches = await verify(passwordHash ?? (await nobody()), password.normalize('NFKC'));
  return matches && passwordHash !== null;
}

let nobodyHash: Promise<string> | undefined;

/** A hash that no password is looked up for; made once per process. */
function nobody(): Promise<string> {
  nobodyHash ??= hashPassword('nobody');
  return nobodyHash;
}
