import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Names of all prepared statements of this domain, with the file that has each. */
function statementNames(): { name: string; file: string }[] {
  return readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(store|service|adapter)\.ts$/.test(file))
    .flatMap((file) =>
      [...readFileSync(join(__dirname, file), 'utf8').matchAll(/\bname: '(charging-[a-z-]+)'/g)].map(
        ([, name]) => ({ name: name as string, file }),
      ),
    );
}

it('gives every prepared statement a name of its own: a connection remembers the text by it', () => {
  const names = statementNames();
  expect(names.length).toBeGreaterThan(10);
  const twice = names.filter(({ name }, at) => names.findIndex((other) => other.name === name) !== at);
  expect(twice).toEqual([]);
});
