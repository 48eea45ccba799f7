import { Command } from 'commander';
import { audit } from '@ronghe/journey';
import { connect, withConnection, type ConnectionOptions } from '../connection';
import { counted } from '../counted';

/** `ronghe audit`: compares every control total; exit code 1 on a difference. */
export function auditCommand(): Command {
  const command = new Command('audit')
    .description('Compare the control totals of all domains; exit code 1 when two differ.')
    .option('--json', 'print the whole report as JSON');
  return withConnection(command).action(async (options: ConnectionOptions & { json?: boolean }) => {
    const report = await audit(connect(options));
    if (options.json) console.log(JSON.stringify(report, null, 2));
    else {
      for (const { name, scope, values } of report.differences) {
        console.log(
          `${name} (${scope}): ${values.map(({ domain, value }) => `${domain} ${value}`).join(', ')}`,
        );
      }
      console.log(`${counted(report.checks, 'check')}, ${counted(report.differences.length, 'difference')}`);
    }
    if (report.differences.length > 0) process.exitCode = 1;
  });
}
