import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const repository = path.resolve(__dirname, '..');

/** Licences under which anybody may run, change and sell what is built with the package (SPDX). */
const permissive = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-4.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  // Fonts alone: they may be shipped with software and embedded in documents, whoever sells these.
  'OFL-1.1',
  'PostgreSQL',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);

/** Whether an SPDX expression leaves a permissive way: any side of OR, both sides of AND. */
function isPermissive(expression: string): boolean {
  const inner = /\(([^()]*)\)/.exec(expression);
  if (inner) {
    const value = isPermissive(inner[1] ?? '') ? 'MIT' : 'NONE';
    return isPermissive(expression.replace(inner[0], value));
  }
  return expression
    .split(/\s+OR\s+/)
    .some((either) => either.split(/\s+AND\s+/).every((licence) => permissive.has(licence.trim())));
}

interface LockedPackage {
  version?: string;
  dev?: boolean;
  link?: boolean;
  license?: string;
}

/** Installed packages say it themselves; those of other platforms, which are not here, through the lock file. */
function licenceOf(location: string, locked: LockedPackage): string {
  const file = path.join(repository, location, 'package.json');
  if (!existsSync(file)) return locked.license ?? 'unknown';
  const { license } = JSON.parse(readFileSync(file, 'utf8')) as { license?: string | { type?: string } };
  return (typeof license === 'string' ? license : license?.type) ?? locked.license ?? licenceTextOf(location);
}

/** A few say it in their licence text alone; only the title of the commonest is believed. */
function licenceTextOf(location: string): string {
  const file = path.join(repository, location, 'LICENSE');
  return existsSync(file) && readFileSync(file, 'utf8').startsWith('MIT License\n') ? 'MIT' : 'unknown';
}

it.each([
  ['MIT', true],
  ['(MIT AND BSD-3-Clause)', true],
  ['(GPL-3.0-only OR MIT)', true],
  ['MIT AND (GPL-3.0-only OR LGPL-3.0-only)', false],
  ['Elastic-2.0', false],
  ['SEE LICENSE IN LICENSE.md', false],
  ['unknown', false],
])('judges %s', (expression, expected) => {
  expect(isPermissive(expression)).toBe(expected);
});

it('runs on packages with permissive licences alone', () => {
  const { packages } = JSON.parse(readFileSync(path.join(repository, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockedPackage>;
  };
  const inProduction = Object.entries(packages).filter(
    ([location, { dev, link }]) => location && !dev && !link,
  );
  expect(inProduction.length).toBeGreaterThan(100);
  const refused = inProduction
    .map(([location, locked]) => ({ location, licence: licenceOf(location, locked) }))
    .filter(({ licence }) => !isPermissive(licence));
  expect(refused).toEqual([]);
});
