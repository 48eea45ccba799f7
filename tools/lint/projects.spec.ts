import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const repository = path.resolve(__dirname, '..', '..');

interface Project {
  name: string;
  tags: string[];
}

const foldersIn = (parent: string): string[] =>
  readdirSync(path.join(repository, parent), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(path.join(repository, parent, entry.name, 'src')))
    .map(({ name }) => name);

const read = (...parts: string[]): string => readFileSync(path.join(repository, ...parts), 'utf8');

/** A folder without tags would escape every boundary rule, silently. */
describe.each(['libs', 'apps'])('%s', (parent) => {
  it.each(foldersIn(parent))('%s is a project with one type and its own scope', (folder) => {
    const project = JSON.parse(read(parent, folder, 'project.json')) as Project;
    const types = project.tags.filter((tag) => tag.startsWith('type:'));
    const app = folder === 'e2e' ? 'type:e2e' : 'type:app';
    const own = ['kernel', 'contracts', 'rating', 'platform', 'testing', 'journey', 'operator'];
    const expected = parent === 'apps' ? app : own.includes(folder) ? `type:${folder}` : 'type:domain';
    expect(types).toEqual([expected]);
    expect(project.tags).toContain(`scope:${folder}`);
    expect(project.name).toBe(parent === 'apps' ? `app-${folder}` : folder);
  });
});

it.each(foldersIn('libs'))('the compiler and Jest know @ronghe/%s', (folder) => {
  const { compilerOptions } = JSON.parse(read('tsconfig.base.json')) as {
    compilerOptions: { paths: Record<string, string[]> };
  };
  expect(compilerOptions.paths[`@ronghe/${folder}`]).toEqual([`./libs/${folder}/src/index.ts`]);
  expect(read('jest.config.mjs')).toContain(`'${folder}'`);
});
