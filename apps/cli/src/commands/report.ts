import { Argument, Command, Option } from 'commander';
import { connect, withConnection, type ConnectionOptions } from '../connection';

const reports = [
  'revenue',
  'revenue-by-region',
  'revenue-by-channel',
  'tax',
  'fees-in-advance',
  'aging',
  'trial-balance',
  'deferred',
  'journal',
] as const;

interface ReportOptions extends ConnectionOptions {
  from?: string;
  to?: string;
  zone?: string;
  format: string;
}

/** `ronghe report NAME --from DAY --to DAY --format csv|json`: writes it to the standard output as it comes. */
export function reportCommand(): Command {
  const command = new Command('report')
    .description('Write a report of bills or of the ledger to the standard output.')
    .addArgument(new Argument('<name>', 'which one').choices(reports))
    .option('--from <day>', 'first day, e.g. 2026-06-01; not for aging, which is as of now')
    .option('--to <day>', 'last day, included')
    .option('--zone <zone>', 'zone of the days', 'Asia/Shanghai')
    .addOption(new Option('--format <format>', 'how it is written').choices(['csv', 'json']).default('csv'));
  return withConnection(command).action(async (name: string, options: ReportOptions) => {
    const { from, to, zone, format } = options;
    const given = Object.entries({ from, to, zone, format }).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, value] as [string, string]],
    );
    const query = new URLSearchParams(given).toString();
    await connect(options).download('billing', `/reports/${name}?${query}`, process.stdout);
  });
}
