import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { connect, passwordOption, type ConnectionOptions } from '../connection';
import { readDocumentFiles } from '../repository-files';
import type { Json } from './fields';
import { NchfSuite } from './nchf-suite';
import { replayFileOn } from './replay-on-suite';
import { replayFile } from './replay';
import { reportOf, summaryOf, totalOfReports } from './summary';

interface Options extends ConnectionOptions {
  json?: string;
  subscriber?: string;
}

/** `npm run vectors -- DIR [--json FILE] [--url URL]`: replays a folder of published vectors against the engine. */
const program = new Command('vectors')
  .description('Replay a folder of vector files against the engine; exit code 1 when one failed.')
  .argument('<folder>', 'a folder of *.json files in the format of testdata/vectors/FORMAT.md')
  .option('--json <file>', 'also write the outcome of every vector to this file')
  .option('--url <url>', 'a running suite: it answers the vectors of Nchf_ConvergedCharging')
  .option(
    '--subscriber <identifier>',
    'with --url: msisdn-… or imsi-… whose data is charged online (default: one is sold)',
  )
  .addOption(passwordOption())
  .action(async (folder: string, options: Partial<Options>) => {
    const files = readdirSync(resolve(folder)).filter((name) => name.endsWith('.json'));
    if (files.length === 0) throw new Error(`no *.json files in ${folder}`);
    const suite = await suiteOf(options);
    const reports = [];
    for (const name of files.sort()) {
      const content = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Json;
      reports.push(reportOf(name, suite ? await replayFileOn(suite, content) : replayFile(content)));
    }
    console.log(summaryOf(reports));
    const total = totalOfReports(reports);
    if (options.json !== undefined) {
      writeFileSync(options.json, `${JSON.stringify({ total, files: reports }, null, 2)}\n`);
    }
    process.exitCode = total.failed > 0 ? 1 : 0;
  });

async function suiteOf({ url, password, subscriber }: Partial<Options>): Promise<NchfSuite | null> {
  if (url === undefined) return null;
  const api = connect({ url, password: password ?? '' });
  return subscriber === undefined
    ? NchfSuite.prepare(api, readDocumentFiles())
    : NchfSuite.with(api, subscriber);
}

program.parseAsync().catch((error: unknown) => {
  console.error(`vectors: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
});
