import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDomainError } from '@ronghe/kernel';
import type { DocumentProblem } from '../src/authored-file';
import { readDocuments, type DocumentFile } from '../src/read-documents';

const ROOT = join(__dirname, '../../..');
const EXAMPLES = 'docs/examples/catalog';

/** The documents of the demonstration operator. */
export const demonstration = ['catalog', 'policy'].flatMap(filesIn);

/** The examples of the reference page; they stand on the demonstration's documents. */
export const examples = filesIn(EXAMPLES);

/** Both together: what the examples' own specification needs of the network is added. */
export const withExamples = [
  ...changed(
    demonstration,
    'policy/provisioning-2.yaml',
    '  - specification: mobile-sub\n',
    '  - specification: mobile-youth\n    tasks: []\n  - specification: mobile-sub\n',
  ),
  ...examples,
];

/** Tariffs of the examples. */
export const exampleTariffs = examples
  .filter(({ path }) => path.includes('/price-') && !path.endsWith('price-change.yaml'))
  .map(({ text }) => /^tariffs:\n {2}- code: (\S+)$/m.exec(text)?.[1] ?? '');

/** An offer that uses a tariff, with the tariff's code. */
export function offerWith(tariff: string): DocumentFile {
  return {
    path: `catalog/with-${tariff}.yaml`,
    text: [
      'offers:',
      `  - code: with-${tariff}`,
      '    version: 1',
      '    name: { en: With a tariff, zh-CN: 资费测试 }',
      '    specification: mobile-prepaid',
      '    sale: { from: 2026-01-01, alone: yes }',
      `    usage: ${tariff}`,
    ].join('\n'),
  };
}

/** One of the files. */
export function fileAt(files: readonly DocumentFile[], path: string): DocumentFile {
  const file = files.find((each) => each.path === path || each.path === `${EXAMPLES}/${path}`);
  if (!file) throw new Error(`there is no ${path}`);
  return file;
}

/** Files with one change: `from` must be there, or the test tests nothing. */
export function changed(
  files: readonly DocumentFile[],
  path: string,
  from: string,
  to: string,
): DocumentFile[] {
  const target = fileAt(files, path);
  if (!target.text.includes(from)) throw new Error(`${path} does not contain ${from}`);
  return files.map((file) => (file === target ? { ...file, text: file.text.replace(from, to) } : file));
}

/** What is wrong in files; empty where nothing is. */
export function problemsOf(given: readonly DocumentFile[]): DocumentProblem[] {
  try {
    readDocuments(given);
  } catch (error) {
    if (!isDomainError(error)) throw error;
    expect(error).toMatchObject({ code: 'document_invalid', kind: 'invalid' });
    return error.details['errors'] as DocumentProblem[];
  }
  return [];
}

/** Rows `a | b | c` as cells. */
export function tableOf(rows: string): string[][] {
  return rows
    .trim()
    .split('\n')
    .map((row) => row.split('|').map((cell) => cell.trim()));
}

function filesIn(folder: string): DocumentFile[] {
  return readdirSync(join(ROOT, folder)).map((name) => ({
    path: `${folder}/${name}`,
    text: readFileSync(join(ROOT, folder, name), 'utf8'),
  }));
}
