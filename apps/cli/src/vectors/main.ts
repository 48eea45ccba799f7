import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import type { Json } from './fields';
import { replayFile } from './replay';
import { reportOf, summaryOf, totalOfReports } from './summary';

/** `npm run vectors -- DIR [--json FILE]`: replays a folder of published vectors against the engine. */
const program = new Command('vectors')
  .description('Replay a folder of vector files against the engine; exit code 1 when one failed.')
  .argument('<folder>', 'a folder of *.json files in the format of testdata/vectors/FORMAT.md')
  .option('--json <file>', 'also write the outcome of every vector to this file')
  .action((folder: string, options: { json?: string }) => {
    const files = readdirSync(resolve(folder)).filter((name) => name.endsWith('.json'));
    if (files.length === 0) throw new Error(`no *.json files in ${folder}`);
    const reports = files
      .sort()
      .map((name) =>
        reportOf(name, replayFile(JSON.parse(readFileSync(join(folder, name), 'utf8')) as Json)),
      );
    console.log(summaryOf(reports));
    const total = totalOfReports(reports);
    if (options.json !== undefined) {
      writeFileSync(options.json, `${JSON.stringify({ total, files: reports }, null, 2)}\n`);
    }
    process.exitCode = total.failed > 0 ? 1 : 0;
  });

try {
  program.parse();
} catch (error) {
  console.error(`vectors: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}
