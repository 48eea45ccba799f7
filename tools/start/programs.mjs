import path from 'node:path';
import { distFolder, stateFolder } from '../paths.mjs';

/** The compiled entry of an app. @param {string} app @returns {string} */
export const entryOf = (app) => path.join(distFolder, 'apps', app, 'src', 'main.js');

/**
 * What every program of Ronghe gets from its environment (libs/platform reads it).
 * @param {{ databaseUrl: string, simulatorUrl?: string | undefined }} options
 * @returns {NodeJS.ProcessEnv}
 */
export function programEnvironment({ databaseUrl, simulatorUrl }) {
  const production = process.env.NODE_ENV === 'production';
  return {
    DATABASE_URL: databaseUrl,
    RONGHE_DATA_DIR: stateFolder,
    ...(simulatorUrl ? { RONGHE_SIMULATOR_URL: simulatorUrl } : {}),
    // The journey moves the business clock from its first month on and signs in as the demonstration's staff.
    ...(production
      ? {}
      : {
          RONGHE_CLOCK: 'movable',
          RONGHE_CLOCK_START: '2026-06-01T00:00:00+08:00',
          RONGHE_DEMO_STAFF: 'true',
        }),
  };
}
