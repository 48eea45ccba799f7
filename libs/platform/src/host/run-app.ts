import { isDomainError } from '@ronghe/kernel';
import { readConfig } from '../config/platform-config';
import { startHost, type HostOptions } from './start-host';

/**
 * The whole of an app's `main.ts`: reads the settings, starts, says where, and stops cleanly on SIGINT and
 * SIGTERM. What keeps it from starting is one sentence on standard error and exit code 1.
 */
export async function runApp(name: string, options: Omit<HostOptions, 'config'>): Promise<void> {
  try {
    const host = await startHost({ ...options, config: readConfig() });
    const stop = (): void => {
      void host.stop().then(() => process.exit(0));
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
    console.log(
      JSON.stringify({ level: 30, service: 'ronghe', app: name, msg: `${name} is ready`, url: host.url }),
    );
  } catch (error) {
    console.error(isDomainError(error) ? `${name}: ${error.message}` : error);
    process.exit(1);
  }
}
