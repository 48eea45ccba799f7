import { OperatorApi } from '@ronghe/journey';
import { Option, type Command } from 'commander';

const DEFAULT_URL = 'http://127.0.0.1:3000';

export interface ConnectionOptions {
  url: string;
  password: string;
}

/** Adds the options of a command that talks to a running installation. */
export function withConnection(command: Command): Command {
  return command
    .option('--url <url>', 'where Ronghe runs', process.env['RONGHE_URL'] ?? DEFAULT_URL)
    .addOption(passwordOption());
}

/** The staff's password: as given, else of the environment, else the demonstration's. The help does not show it. */
export function passwordOption(): Option {
  return new Option('--password <password>', 'password of the staff').default(
    process.env['RONGHE_PASSWORD'] ?? process.env['RONGHE_DEMO_PASSWORD'] ?? 'ronghe-demo',
    "RONGHE_PASSWORD, else the demonstration's",
  );
}

/** The public APIs of the installation that the options name. */
export function connect(options: ConnectionOptions): OperatorApi {
  return new OperatorApi({ url: options.url.replace(/\/$/, ''), password: options.password });
}
