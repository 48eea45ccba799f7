import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const repository = path.resolve(__dirname, '..', '..');
const fixtures = path.join(__dirname, 'fixtures');
const LINT_TIMEOUT_MS = 180_000;

interface LintedFile {
  filePath: string;
  messages: { ruleId: string | null; line: number; message: string }[];
}

/** The workspace's own linter, with the workspace's own configuration, over the fixtures that it normally skips. */
async function lintFixtures(): Promise<LintedFile[]> {
  const eslint = path.join(repository, 'node_modules', 'eslint', 'bin', 'eslint.js');
  const args = [eslint, '--no-ignore', '--format', 'json', fixtures];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: repository, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      // Exit code 1 only says that there are problems, which is what the fixtures are for.
      if (error && error.code !== 1) reject(new Error(`${error.message}\n${stderr}`));
      else resolve(JSON.parse(stdout.slice(stdout.indexOf('[{'))) as LintedFile[]);
    });
  });
}

/** `// expect-next-line: rule, rule` says what the line below must be refused for, `// expect: rule` its own line. */
function expectedProblems(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((text, index) => {
      const [, next, rules] = /\/\/ expect(-next-line)?: (.+)$/.exec(text) ?? [];
      return (rules?.split(', ') ?? []).map((rule) => `${index + (next ? 2 : 1)} ${rule}`);
    })
    .sort();
}

let linted: LintedFile[] = [];
beforeAll(async () => {
  linted = await lintFixtures();
}, LINT_TIMEOUT_MS);

const folders = readdirSync(fixtures, { withFileTypes: true }).filter((entry) => entry.isDirectory());

describe.each(folders.map(({ name }) => name))('%s', (rule) => {
  const filesOf = () =>
    linted.filter(({ filePath }) => filePath.startsWith(path.join(fixtures, rule) + path.sep));

  it('refuses each line of its bad fixtures that is marked, and no other', () => {
    const bad = filesOf().filter(({ filePath }) => expectedProblems(filePath).length > 0);
    expect(bad).not.toHaveLength(0);
    for (const { filePath, messages } of bad) {
      const found = messages.map(({ line, ruleId, message }) => `${line} ${ruleId ?? message}`).sort();
      expect([filePath, ...found]).toEqual([filePath, ...expectedProblems(filePath)]);
    }
    const refused = bad.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId));
    expect(refused.some((ruleId) => ruleId?.split('/').at(-1) === rule)).toBe(true);
  });

  it('accepts its good fixtures', () => {
    const good = filesOf().filter(({ filePath }) => expectedProblems(filePath).length === 0);
    expect(good).not.toHaveLength(0);
    expect(good.filter(({ messages }) => messages.length > 0)).toEqual([]);
  });
});

it('has a fixture for each of our own rules', () => {
  const rules = readdirSync(path.join(__dirname, 'rules')).map((file) => path.basename(file, '.mjs'));
  expect(rules.filter((rule) => !existsSync(path.join(fixtures, rule)))).toEqual([]);
});

it('has a boundary fixture for each kind of project', () => {
  const kinds = [
    'app',
    'contracts',
    'domain',
    'e2e',
    'journey',
    'kernel',
    'operator',
    'platform',
    'rating',
    'testing',
    'tool',
  ];
  expect(readdirSync(path.join(fixtures, 'enforce-module-boundaries')).sort()).toEqual(kinds);
});
