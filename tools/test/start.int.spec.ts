import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { StandInClone } from './stand-in-clone';

const clone = new StandInClone();
// Each test starts the product once or more, on a machine that may be busy.
jest.setTimeout(180_000);
const up = 'Ctrl-C stops everything';

afterAll(() => clone.remove());

describe('npm start', () => {
  it('runs the journey, writes the report and leaves nothing', async () => {
    const report = clone.file('report.json');
    const run = await clone.run('start', ['--demo-only', '--report', report]);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('journey 1');
    expect(JSON.parse(readFileSync(report, 'utf8'))).toEqual({ ok: true, runs: 1 });
    expect(readFileSync(clone.file('.ronghe', 'logs', 'suite.log'), 'utf8')).toMatch(
      /^the library is found http:\/\/127\.0\.0\.1:\d+ movable/,
    );
    expect(clone.processes()).toEqual(new Map());
  });

  it('keeps the data, until --fresh', async () => {
    expect((await clone.run('start', ['--demo-only'])).stdout).toContain('journey 2');
    expect((await clone.run('ronghe', ['migrate'])).stdout).toBe('runs: 2\n');
    expect((await clone.run('start', ['--demo-only', '--fresh'])).stdout).toContain('journey 1');
    expect(clone.processes()).toEqual(new Map());
  });

  it('passes on the exit code of a journey that failed', async () => {
    expect(await clone.run('start', ['--demo-only'], { STAND_IN_EXIT_CODE: '7' })).toMatchObject({ code: 7 });
  });

  it('stays up until it is asked to end, tells a second start where it is, and ends clean', async () => {
    const first = clone.start('start');
    await first.printed(up);
    expect([...clone.processes().keys()].sort()).toEqual(['network-simulator', 'postgres', 'suite']);
    const second = await clone.run('start');
    expect(second).toMatchObject({ code: 1, stdout: '' });
    expect(second.stderr).toMatch(
      /^Ronghe is already running at http:\/\/127\.0\.0\.1:\d+ from this clone .*\n$/,
    );
    first.process.kill('SIGINT');
    expect(await first.ended).toMatchObject({ code: 0 });
    expect(clone.processes()).toEqual(new Map());
  });

  it('ends clean when interrupted in the journey, with the failure in the report', async () => {
    const report = clone.file('interrupted.json');
    const run = clone.start('start', ['--demo-only', '--report', report], { STAND_IN_WAIT_MS: '60000' });
    await run.printed('journey');
    run.process.kill('SIGTERM');
    expect(await run.ended).toMatchObject({ code: 143 });
    expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({ ok: false });
    expect(clone.processes()).toEqual(new Map());
  });

  it('takes over what a killed start left', async () => {
    const killed = clone.start('start');
    await killed.printed(up);
    const left = clone.processes();
    killed.process.kill('SIGKILL');
    await killed.ended;
    expect(clone.processes()).toEqual(left);
    const next = await clone.run('start', ['--demo-only']);
    expect(next).toMatchObject({ code: 0, stderr: '' });
    expect(next.stdout).toContain(`Stopped suite (process ${left.get('suite')}), left by an earlier start.`);
    expect(next.stdout).toContain('(it was running)');
    expect(clone.processes()).toEqual(new Map());
  });

  it.each(['suite', 'network-simulator', 'postgres'])('ends with one sentence when %s ends', async (name) => {
    const run = clone.start('start', ['--no-demo']);
    await run.printed(up);
    process.kill(clone.processes().get(name) ?? 0, 'SIGKILL');
    const { code, stderr } = await run.ended;
    expect(code).toBe(1);
    expect(stderr.trim().split('\n').at(-1)).toMatch(
      /^(suite|network-simulator|PostgreSQL) ended unexpectedly/,
    );
    expect(clone.processes()).toEqual(new Map());
  });

  it('refuses a wanted port that is in use', async () => {
    const stranger = createServer();
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    const { port } = stranger.address() as { port: number };
    const refused = await clone.run('start', ['--demo-only', '--port', String(port)]);
    stranger.close();
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toBe(
      `Port ${port} is in use by another program: stop it, or give another --port.\n`,
    );
    expect(clone.processes()).toEqual(new Map());
  });

  it.each<[string, string[], Record<string, string>, RegExp]>([
    ['an unknown option', ['--bogus'], {}, /\nUnknown option '--bogus': .*\n$/],
    ['a word', ['now'], {}, /\nUnexpected argument 'now'.*\n$/],
    ['contradicting options', ['--no-demo', '--demo-only'], {}, /^--no-demo contradicts .*\n$/],
    ['no port number', ['--port', '99999'], {}, /^99999 is no port number.*\n$/],
    [
      'production without a database',
      [],
      { NODE_ENV: 'production' },
      /^NODE_ENV=production needs DATABASE_URL.*\n$/,
    ],
    [
      '--fresh on a database of one’s own',
      ['--fresh'],
      { DATABASE_URL: 'postgres://h/d' },
      /^--fresh empties only.*\n$/,
    ],
    ['a wrong DATABASE_URL', [], { DATABASE_URL: 'mysql://h/d' }, /^DATABASE_URL is not of the form.*\n$/],
    [
      'a closed DATABASE_URL',
      [],
      { DATABASE_URL: 'postgres://u:secret@127.0.0.1:1/d' },
      /^DATABASE_URL names 127\.0\.0\.1:1, where.*\n$/,
    ],
  ])('refuses %s with one sentence', async (_, args, env, sentence) => {
    const { code, stderr } = await clone.run('start', args, env);
    expect(code).toBe(1);
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toContain('secret');
  });
});

describe('npm run ronghe', () => {
  it('starts no database for a command that speaks to what runs, and goes where RONGHE_URL says', async () => {
    const env = { RONGHE_URL: 'http://elsewhere:3000' };
    expect(await clone.run('ronghe', ['status'], env)).toMatchObject({
      code: 0,
      stdout: 'status: http://elsewhere:3000, database undefined\n',
    });
    expect((await clone.run('ronghe', ['--help'], env)).stdout).toContain('database undefined');
    expect(clone.processes()).toEqual(new Map());
  });
});

describe('the install', () => {
  it('does not touch what a linked node_modules points to', async () => {
    const elsewhere = clone.file('elsewhere');
    mkdirSync(elsewhere);
    writeFileSync(path.join(elsewhere, 'kept'), '');
    const other = new StandInClone(elsewhere);
    const run = await other.run('start', ['--demo-only']);
    await other.remove();
    expect(run).toMatchObject({ code: 1 });
    expect(run.stderr).toMatch(/^node_modules links to .* install there, or remove the link\.\n$/);
    expect(readdirSync(elsewhere)).toEqual(['kept']);
  });
});

describe('the build', () => {
  it('names what does not compile, and compiles only what changed', async () => {
    const broken = clone.file('libs', 'kernel', 'src', 'broken.ts');
    writeFileSync(broken, 'export const = ;');
    const failed = await clone.run('build');
    expect(failed).toMatchObject({ code: 1 });
    expect(failed.stderr).toContain('The build failed: correct libs/kernel/src/broken.ts.');
    writeFileSync(broken, 'export const whole = true;');
    expect((await clone.run('build')).stdout).toBe('dist: 1 written, 0 removed\n');
    rmSync(broken);
    expect((await clone.run('build')).stdout).toBe('dist: 0 written, 1 removed\n');
    expect(existsSync(clone.file('dist', 'libs', 'kernel', 'src', 'broken.js'))).toBe(false);
  });
});
