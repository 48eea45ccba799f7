import { Command } from 'commander';
import { moveClock } from '@ronghe/journey';
import { connect, withConnection, type ConnectionOptions } from '../connection';

/** `ronghe clock [TO]`: shows the business clock, or moves it where it may be moved. */
export function clockCommand(): Command {
  const command = new Command('clock')
    .description(
      'Show the business clock, or move it (RONGHE_CLOCK=movable): every due instant on the way is run in order.',
    )
    .argument('[to]', 'ISO instant, e.g. 2026-10-01T00:00:00+08:00')
    .action(async (to: string | undefined, options: ConnectionOptions) => {
      const api = connect(options);
      const now = to
        ? await moveClock(api, to)
        : (await api.rest<{ now: string }>('operations', 'GET', '/clock')).now;
      console.log(now);
    });
  return withConnection(command);
}
