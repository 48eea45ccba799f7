import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Command } from 'commander';
import { closeSource, deliverUsage } from '@ronghe/journey';
import { connect, withConnection, type ConnectionOptions } from '../connection';

/** `ronghe usage import FILE` and `ronghe usage close`. */
export function usageCommand(): Command {
  const importFile = new Command('import')
    .description('Deliver a usage file of the mediation source and wait until it is collected.')
    .argument('<file>', 'CSV file')
    .action(async (file: string, options: ConnectionOptions) => {
      const text = readFileSync(file, 'utf8');
      const key = `cli/usage/${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
      const { read, rated, duplicates, suspended } = await deliverUsage(
        connect(options),
        basename(file),
        text,
        key,
      );
      console.log(`${read} read, ${rated} rated, ${duplicates} duplicates, ${suspended} suspended`);
    });
  const close = new Command('close')
    .description(
      'Say that the mediation source has delivered everything up to an instant; bill runs wait for it.',
    )
    .argument('<through>', 'ISO instant, e.g. 2026-07-01T00:00:00+08:00')
    .action(async (through: string, options: ConnectionOptions) => {
      await closeSource(connect(options), through, `cli/close/${through}`);
      console.log(`mediation is closed through ${through}`);
    });
  return new Command('usage')
    .description('Usage files.')
    .addCommand(withConnection(importFile))
    .addCommand(withConnection(close));
}
