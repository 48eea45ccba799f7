import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Secrets {
  internalToken: string;
  jwtSecret: string;
  identityKey: string;
}

/**
 * The development secrets of a data folder: made once, readable by the owner only. Several processes may
 * start at once, so the file is created exclusively and whoever loses reads the winner's.
 */
export function readOrCreateSecrets(dataDirectory: string): Secrets {
  mkdirSync(dataDirectory, { recursive: true });
  const file = join(dataDirectory, 'secrets.json');
  const made: Secrets = {
    internalToken: randomBytes(24).toString('hex'),
    jwtSecret: randomBytes(32).toString('hex'),
    identityKey: randomBytes(32).toString('hex'),
  };
  try {
    writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    return made;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
  }
}
