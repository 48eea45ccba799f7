import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { domainNames } from '@ronghe/contracts';
import { repository } from './tool-runner';

const read = (file: string): string => readFileSync(path.join(repository, file), 'utf8');
/** The documents for readers, as git knows them or will. */
const documents = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  cwd: repository,
  encoding: 'utf8',
})
  .stdout.split('\n')
  .filter((file) => file !== '' && existsSync(path.join(repository, file)));
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

it('finds the documents', () => {
  expect(documents).toEqual(
    expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'docs/ARCHITECTURE.md', 'docs/operations.md']),
  );
});

it.each(documents)('%s leads to files that are there', (file) => {
  const targets = [...read(file).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)].map(
    ([, target]) => target as string,
  );
  const lost = targets.filter((target) => !existsSync(path.join(repository, path.dirname(file), target)));
  expect(lost).toEqual([]);
});

it.each(documents)('%s names scripts and tools that are there', (file) => {
  const text = read(file);
  const named = [...text.matchAll(/\bnpm run ([a-z][a-z:]*)/g)].map(([, name]) => name as string);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
  const tools = [...text.matchAll(/\bnode (tools\/[\w./-]+\.mjs)/g)].map(([, tool]) => tool as string);
  expect(tools.filter((tool) => !existsSync(path.join(repository, tool)))).toEqual([]);
});

it('describes every domain and every library', () => {
  for (const name of domainNames) expect(read('README.md')).toContain(`(libs/${name}/README.md)`);
  const without = readdirSync(path.join(repository, 'libs')).filter(
    (name) => !documents.includes(`libs/${name}/README.md`),
  );
  expect(without).toEqual([]);
});

it('numbers the decisions without a gap', () => {
  const numbers = readdirSync(path.join(repository, 'docs', 'adr')).map((name) => Number(name.slice(0, 4)));
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  for (const name of readdirSync(path.join(repository, 'docs', 'adr'))) {
    const text = read(`docs/adr/${name}`);
    expect(text).toMatch(new RegExp(`^# ${Number(name.slice(0, 4))}\\. `));
    for (const part of ['Context', 'Options', 'Decision', 'Consequences'])
      expect(text).toContain(`**${part}.**`);
  }
});

it('names every setting in the README', () => {
  const settings = [...read('docker/.env.example').matchAll(/^(?:# compose: |# )?([A-Z_]+)(?:=| {2})/gm)].map(
    ([, name]) => name as string,
  );
  const known = settings.filter((name) => name !== 'POSTGRES_PASSWORD');
  expect(known.length).toBeGreaterThan(15);
  expect(known.filter((name) => !read('README.md').includes(`\`${name}\``))).toEqual([]);
});
