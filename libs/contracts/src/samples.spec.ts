import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import type { EventEnvelope, EventType } from './event';
import { eventFlow } from './flow';

const folder = path.join(__dirname, '..', 'samples');
const repository = path.join(__dirname, '..', '..', '..');

const samples = readdirSync(folder)
  .sort()
  .map((file) => {
    const text = readFileSync(path.join(folder, file), 'utf8');
    return {
      file,
      text,
      event: JSON.parse(text) as EventEnvelope,
      type: file.split('.').slice(0, 3).join('.') as EventType,
    };
  });

/** What the compiler finds wrong with samples written as literals of the published types. */
function compilerComplaints(given: readonly { file: string; text: string; type: string }[]): string[] {
  const source = [
    `import type { EventEnvelope } from '@ronghe/contracts';`,
    `import type { Instant, LocalDate } from '@ronghe/kernel';`,
    // JSON carries instants and dates as text; everything else must fit to the letter.
    `type Plain<T> = T extends Instant | LocalDate ? string : T extends object ? { [K in keyof T]: Plain<T[K]> } : T;`,
    ...given.map(
      ({ text, type }, at) =>
        `export const sample${at}: Plain<EventEnvelope<'${type}'>> = ${JSON.stringify(JSON.parse(text))};`,
    ),
  ].join('\n');
  const head = 3;
  const file = path.join(__dirname, 'samples-as-literals.ts');
  const { config } = ts.readConfigFile(path.join(repository, 'tsconfig.base.json'), (name) =>
    readFileSync(name, 'utf8'),
  ) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, repository);
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, languageVersion) =>
    name === file ? ts.createSourceFile(name, source, languageVersion) : read(name, languageVersion);
  const program = ts.createProgram([file], { ...options, noEmit: true, types: [] }, host);
  return ts.getPreEmitDiagnostics(program, program.getSourceFile(file)).map((diagnostic) => {
    const line = diagnostic.file?.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line ?? 0;
    return `${given[line - head]?.file ?? 'head'}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')}`;
  });
}

it('keeps a sample of every published event', () => {
  expect([...new Set(samples.map(({ type }) => type))].sort()).toEqual(Object.keys(eventFlow).sort());
});

it.each(samples)('$file says what its name and the flow say', ({ event, type }) => {
  expect(event).toMatchObject({ type, producer: eventFlow[type].producer });
});

it('can still read every event that was ever published', () => {
  expect(compilerComplaints(samples)).toEqual([]);
});

it('sees a field that is missing, one that is unknown and a value that is not listed', () => {
  const [paid] = samples.filter(({ type }) => type === 'payment.received.v1');
  if (!paid) throw new Error('no sample');
  const { accountId: _left, ...payload } = paid.event.payload as unknown as Record<string, unknown>;
  const broken = [
    payload,
    { ...payload, accountId: 'a', tip: '1.00' },
    { ...payload, accountId: 'a', method: 'shells' },
  ];
  const complaints = compilerComplaints(
    broken.map((each, at) => ({
      file: `${at}`,
      type: paid.type,
      text: JSON.stringify({ ...paid.event, payload: each }),
    })),
  );
  expect(complaints).toEqual([
    expect.stringMatching(/^0: .*accountId/),
    expect.stringMatching(/^1: .*tip/),
    expect.stringMatching(/^2: .*shells/),
  ]);
});

it('carries no identity number', () => {
  expect(
    samples.filter(({ text }) => /identity|idNumber|passport/i.test(text)).map(({ file }) => file),
  ).toEqual([]);
});
