import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Command } from 'commander';
import { billText, runJourney, type StreetSubscriber } from '@ronghe/journey';
import { connect, withConnection, type ConnectionOptions } from '../connection';
import { counted, usageCounts } from '../counted';
import { readDocumentFiles, ROOT } from '../repository-files';
import { TerminalProgress } from '../terminal-progress';

const SEED = 20260601;
const RECORDS = 10_000;

interface DemoOptions extends ConnectionOptions {
  report?: string;
  seed: string;
}

/** `ronghe demo`: the demonstration operator's four months; exit code 1 when anything differs. */
export function demoCommand(): Command {
  const command = new Command('demo')
    .description(
      'Live June to September 2026 as the demonstration operator, through the public APIs, and show the first bill.',
    )
    .option('--report <file>', 'write what came out as JSON')
    .option('--seed <number>', 'seed of the street’s usage', String(SEED));
  return withConnection(command).action(async (options: DemoOptions) => {
    const report = await runJourney({
      api: connect(options),
      progress: new TerminalProgress(),
      documents: readDocumentFiles(),
      goldenUsage: readFileSync(join(ROOT, 'testdata/golden/usage.csv'), 'utf8'),
      streetUsage: (subscribers, span) => streetUsage(subscribers, span, Number(options.seed)),
    });
    if (options.report) writeFileSync(options.report, `${JSON.stringify(report, null, 2)}\n`);
    const [first] = report.bills;
    if (first) console.log(`\n${billText(first)}\n\nThe page: ${first.pageUrl}`);
    const [statement] = report.statements;
    if (statement) console.log(`\n${billText(statement)}\n\nThe page: ${statement.pageUrl}`);
    const { usage, audit } = report;
    console.log(
      `\n${counted(report.billsInAll, 'bill')}; usage: ${usageCounts(usage)}` +
        `\nanother run added ${report.secondRunAdded}, another import ${report.secondImportAdded}; audit: ${counted(audit.checks, 'check')}, ${counted(audit.differences, 'difference')}`,
    );
    for (const difference of audit.found) console.error(JSON.stringify(difference));
    if (!report.ok) process.exitCode = 1;
  });
}

/** The generator is a program of its own (tools/street-usage.mjs): the journey gets what it prints. */
async function streetUsage(
  subscribers: readonly StreetSubscriber[],
  span: { from: string; to: string },
  seed: number,
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'ronghe-street-'));
  try {
    const file = join(folder, 'subscribers.json');
    writeFileSync(file, JSON.stringify(subscribers));
    const script = join(ROOT, 'tools/street-usage.mjs');
    const flags = [
      '--subscribers',
      file,
      '--seed',
      String(seed),
      '--records',
      String(RECORDS),
      '--from',
      span.from,
      '--to',
      span.to,
    ];
    const { stdout } = await promisify(execFile)(process.execPath, [script, ...flags], {
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
