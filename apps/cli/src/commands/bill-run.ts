import { Command } from 'commander';
import { findRun, listRuns, quarantineOf, reportOf, startRun } from '../bill-run-api';
import {
  quarantineText,
  reportCsv,
  reportText,
  runTable,
  runText,
  type BillRunAnswer,
} from '../bill-run-text';
import { connect, withConnection, type ConnectionOptions } from '../connection';
import { untilEnded } from '../poll';
import { billRunDecisions } from './bill-run-decisions';

interface ReadOptions extends ConnectionOptions {
  json?: boolean;
}

interface StartOptions extends ReadOptions {
  day: string;
  zone: string;
  force?: boolean;
  reason?: string;
}

/** `ronghe bill-run …`: runs started by hand, watched, decided about, reported. */
export function billRunCommand(): Command {
  const command = new Command('bill-run').description('Bill runs: start, watch, decide, report.');
  for (const each of [startCommand(), statusCommand(), watchCommand(), reportCommand(), quarantineCommand()])
    command.addCommand(withConnection(each.option('--json', 'print the answer as JSON')));
  for (const each of billRunDecisions()) command.addCommand(withConnection(each));
  return command;
}

function startCommand(): Command {
  return new Command('start')
    .description('Bill a period by hand and wait: writes what should be billed and has not been.')
    .argument('<period>', 'e.g. 2026-06')
    .option('--day <day>', 'day of the month on which the periods of the cycle start', '1')
    .option('--zone <zone>', 'zone of the cycle', 'Asia/Shanghai')
    .option('--force', 'although inputs are not closed; somebody must then confirm the run')
    .option('--reason <text>', 'why it is forced')
    .action(async (period: string, options: StartOptions) => {
      const { day, zone, force = false, reason = null } = options;
      const id = await startRun(connect(options), { period, billDay: Number(day), zone, force, reason });
      await watch(id, options);
    });
}

function statusCommand(): Command {
  return new Command('status')
    .description('Show a run, or the newest runs.')
    .argument('[run]', 'id of a run, or a period: 2026-06')
    .action(async (run: string | undefined, options: ReadOptions) => {
      const api = connect(options);
      if (run !== undefined && !/^\d{4}-\d{2}$/.test(run)) {
        print(await findRun(api, run), options, runText);
        return;
      }
      print(await listRuns(api, run ?? null), options, runTable);
    });
}

function watchCommand(): Command {
  return new Command('watch')
    .description('Follow a run until it is over or waits for somebody.')
    .argument('<run>', 'id of the run')
    .action(watch);
}

function reportCommand(): Command {
  return new Command('report')
    .description('What a run did: counts, money by product, charge class and tax, differences, quarantine.')
    .argument('<run>', 'id of the run')
    .option('--csv', 'print it as CSV')
    .action(async (run: string, options: ReadOptions & { csv?: boolean }) => {
      const api = connect(options);
      const report = await reportOf(api, run);
      const quarantine = await quarantineOf(api, run);
      if (options.csv) console.log(reportCsv(report, quarantine));
      else print({ ...report, quarantine }, options, () => reportText(report, quarantine));
    });
}

function quarantineCommand(): Command {
  return new Command('quarantine')
    .description('Accounts that a run could not bill, with their reasons.')
    .argument('<run>', 'id of the run')
    .action(async (run: string, options: ReadOptions) => {
      print(await quarantineOf(connect(options), run), options, quarantineText);
    });
}

async function watch(id: string, options: ReadOptions): Promise<void> {
  const api = connect(options);
  print(await untilEnded(() => findRun(api, id), isUnderWay), options, runText);
}

const STANDING = ['WAITING', 'AWAITING_CONFIRMATION', 'COMPLETED', 'REJECTED'];

function isUnderWay({ state, pausedBy }: BillRunAnswer): boolean {
  return pausedBy === null && !STANDING.includes(state);
}

function print<T>(answer: T, { json }: ReadOptions, text: (answer: T) => string): void {
  console.log(json ? JSON.stringify(answer, null, 2) : text(answer));
}
