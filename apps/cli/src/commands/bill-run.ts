import { Command } from 'commander';
import { newId } from '@ronghe/kernel';
import { runBills } from '@ronghe/journey';
import { connect, withConnection, type ConnectionOptions } from '../connection';

/** `ronghe bill-run start PERIOD`: a run by hand; refused before its inputs have passed the cut-off. */
export function billRunCommand(): Command {
  const start = new Command('start')
    .description('Bill a period by hand: writes what should be billed and has not been.')
    .argument('<period>', 'e.g. 2026-06')
    .action(async (period: string, options: ConnectionOptions) => {
      console.log(`${await runBills(connect(options), period, newId())} bills added`);
    });
  return new Command('bill-run').description('Bill runs.').addCommand(withConnection(start));
}
