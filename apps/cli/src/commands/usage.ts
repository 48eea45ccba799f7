import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { Command } from 'commander';
import type { OperatorApi } from '@ronghe/journey';
import { connect, withConnection, type ConnectionOptions } from '../connection';
import { counted, usageCounts } from '../counted';
import { timeLeft } from '../time-left';

const POLL_MS = 500;

/** What the API says of a file, as far as it is shown. */
interface ShownFile {
  fileId: string;
  source: string;
  fileName: string;
  state: string;
  reason: string | null;
  sizeBytes: number | string;
  bytesDone: number | string;
  read: number;
  rated: number;
  duplicates: number;
  suspended: number;
  waiting: number;
  recordsPerSecond: number | null;
  secondsLeft: number | null;
}

type SourceOptions = ConnectionOptions & { source: string };

/** `ronghe usage import FILE`, `close THROUGH` and `files`. */
export function usageCommand(): Command {
  return new Command('usage')
    .description('Usage files.')
    .addCommand(withConnection(importCommand()))
    .addCommand(withConnection(closeCommand()))
    .addCommand(withConnection(filesCommand()));
}

function importCommand(): Command {
  return withSource(new Command('import'))
    .description('Deliver a usage file of a source and wait until it is collected; tells how far it is.')
    .argument('<file>', 'as the source’s mapping document says')
    .action(async (path: string, options: SourceOptions) => {
      const api = connect(options);
      const query = `source=${encodeURIComponent(options.source)}&name=${encodeURIComponent(basename(path))}`;
      const hash = await hashOf(path, options.source);
      const { fileId } = await api.upload<{ fileId: string }>(
        'operations',
        `/usage/files?${query}`,
        () => createReadStream(path),
        'application/octet-stream',
        `cli/usage/${hash}`,
      );
      const file = await untilEnded(api, fileId);
      if (file.state === 'failed') throw new Error(`${file.fileName} cannot be collected: ${file.reason}`);
      console.log(countsOf(file));
    });
}

/** The same file for the same source is one delivery, however often it is sent. */
async function hashOf(path: string, source: string): Promise<string> {
  const hash = createHash('sha256').update(`${source} `);
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex').slice(0, 32);
}

function closeCommand(): Command {
  return withSource(new Command('close'))
    .description('Say that a source has delivered everything up to an instant; bill runs wait for it.')
    .argument('<through>', 'ISO instant, e.g. 2026-07-01T00:00:00+08:00')
    .action(async (through: string, options: SourceOptions) => {
      const { source } = options;
      const path = `/usage/sources/${encodeURIComponent(source)}/close`;
      await connect(options).rest('operations', 'POST', path, { through }, `cli/close/${source}/${through}`);
      console.log(`${source} is closed through ${through}`);
    });
}

function filesCommand(): Command {
  return new Command('files')
    .description('The latest usage files, with what became of their records and how far they are.')
    .action(async (options: ConnectionOptions) => {
      const { usageFiles } = await connect(options).graphql<{ usageFiles: { edges: { node: ShownFile }[] } }>(
        'operations',
        `{ usageFiles(first: 20) { edges { node { fileId source fileName state reason sizeBytes bytesDone read rated
           duplicates suspended waiting recordsPerSecond secondsLeft } } } }`,
      );
      for (const { node } of usageFiles.edges) {
        const state = `${node.state.toLowerCase()}${node.reason ? ` (${node.reason})` : ''}`;
        console.log(`${node.source} ${node.fileName}: ${state}; ${countsOf(node)}; ${progressText(node)}`);
      }
    });
}

function withSource(command: Command): Command {
  return command.option('--source <source>', 'the usage source', 'mediation');
}

async function untilEnded(api: OperatorApi, fileId: string): Promise<ShownFile> {
  for (;;) {
    const file = await api.rest<ShownFile>('operations', 'GET', `/usage/files/${fileId}`);
    if (file.state === 'collected' || file.state === 'failed') return file;
    if (file.recordsPerSecond !== null) console.error(progressText(file));
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

function countsOf({ waiting, ...counts }: ShownFile): string {
  const parts = waiting > 0 ? `, ${waiting} waiting for other parts` : '';
  return `${usageCounts(counts)}${parts}`;
}

function progressText({ bytesDone, sizeBytes, recordsPerSecond, secondsLeft }: ShownFile): string {
  return `${bytesDone} of ${counted(sizeBytes, 'byte')}, ${recordsPerSecond ?? 0} records/s${timeLeft(secondsLeft)}`;
}
