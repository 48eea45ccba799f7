import 'reflect-metadata';
import { Command } from 'commander';
import { isDomainError } from '@ronghe/kernel';
import { auditCommand } from './commands/audit';
import { billCommand } from './commands/bill';
import { billRunCommand } from './commands/bill-run';
import { catalogCommand } from './commands/catalog';
import { clockCommand } from './commands/clock';
import { demoCommand } from './commands/demo';
import { dunningCommand } from './commands/dunning';
import { explainCommand } from './commands/explain';
import { feedCommand } from './commands/feed';
import { migrateCommand } from './commands/migrate';
import { paymentsCommand } from './commands/payments';
import { reportCommand } from './commands/report';
import { rerateCommand } from './commands/rerate';
import { statusCommand } from './commands/status';
import { usageCommand } from './commands/usage';
import { whatIfCommand } from './commands/what-if';

const program = new Command('ronghe')
  .description('Operate Ronghe: migrate, demonstrate, publish offers, collect usage, bill, audit.')
  .showHelpAfterError('(ronghe --help lists the commands)');

for (const command of [
  migrateCommand(),
  demoCommand(),
  catalogCommand(),
  usageCommand(),
  billRunCommand(),
  billCommand(),
  paymentsCommand(),
  dunningCommand(),
  rerateCommand(),
  whatIfCommand(),
  explainCommand(),
  auditCommand(),
  reportCommand(),
  clockCommand(),
  statusCommand(),
  feedCommand(),
]) {
  program.addCommand(command);
}

program.parseAsync().catch((error: unknown) => {
  const isOurs = isDomainError(error) || (error instanceof Error && 'code' in error);
  console.error(isOurs ? `ronghe: ${(error as Error).message}` : error);
  process.exitCode = 1;
});
