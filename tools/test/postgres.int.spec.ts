import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { isRunning, repository, runNode, startNode } from './tool-runner';

const cli = path.join(repository, 'tools', 'postgres', 'cli.mjs');
const clusterModule = pathToFileURL(path.join(repository, 'tools', 'postgres', 'cluster.mjs')).href;

describe('the embedded PostgreSQL', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'ronghe-postgres-spec-'));
  const data = path.join(folder, 'data');
  const damaged = path.join(folder, 'damaged');

  const command = (verb: string, where = data) =>
    runNode([cli, verb, '--data', where, '--port', '55620', ...(verb === 'start' ? ['--fast'] : [])]);
  const mainPid = (where = data) =>
    Number(readFileSync(path.join(where, 'postmaster.pid'), 'utf8').split('\n')[0]);
  /** A process that needs the server and waits. */
  const startUser = async () => {
    const options = JSON.stringify({ data, port: 55620, durable: false });
    const script = `const { acquire, release } = await import('${clusterModule}');
      await acquire(${options});
      process.on('SIGTERM', async () => { await release(${options}); process.exit(0); });
      console.log('acquired'); setInterval(() => {}, 1000);`;
    const user = startNode(['--input-type=module', '--eval', script]);
    await user.printed('acquired');
    return user;
  };

  beforeAll(async () => {
    const started = await command('start');
    expect(started).toMatchObject({ code: 0, stderr: '' });
    await command('stop');
    for (const suffix of ['', '.password']) cpSync(data + suffix, damaged + suffix, { recursive: true });
  });

  afterAll(async () => {
    await command('stop');
    await command('stop', damaged);
    rmSync(folder, { recursive: true, force: true });
  });

  afterEach(() => command('stop'));

  it('starts, is found running, and stops', async () => {
    const first = await command('start');
    expect(first.stdout).toMatch(/^postgres:\/\/postgres:[0-9a-f]{48}@127\.0\.0\.1:\d+\/postgres\n$/);
    const pid = mainPid();
    expect(await command('start')).toEqual(first);
    expect(mainPid()).toBe(pid);
    expect((await command('status')).stdout).toBe(first.stdout);
    expect((await command('stop')).stdout).toBe('stopped\n');
    expect(isRunning(pid)).toBe(false);
    expect(await command('status')).toMatchObject({ code: 3, stdout: 'not running\n' });
  });

  it('ends with its last user, not before', async () => {
    const [first, second] = [await startUser(), await startUser()];
    const pid = mainPid();
    first.process.kill('SIGTERM');
    await first.ended;
    expect(isRunning(pid)).toBe(true);
    second.process.kill('SIGTERM');
    await second.ended;
    expect(isRunning(pid)).toBe(false);
  });

  it('is adopted after its user was killed, and then ends with the adopter', async () => {
    const killed = await startUser();
    const pid = mainPid();
    killed.process.kill('SIGKILL');
    await killed.ended;
    expect(isRunning(pid)).toBe(true);
    const adopter = await startUser();
    expect(mainPid()).toBe(pid);
    adopter.process.kill('SIGTERM');
    await adopter.ended;
    expect(isRunning(pid)).toBe(false);
  });

  it('recovers after a kill -9 of the server', async () => {
    await command('start');
    process.kill(mainPid(), 'SIGKILL');
    expect(await command('start')).toMatchObject({ code: 0, stderr: '' });
  });

  it('is not misled by a pid file whose number another process has now', async () => {
    await command('start');
    const file = path.join(data, 'postmaster.pid');
    const content = readFileSync(file, 'utf8');
    await command('stop');
    writeFileSync(file, content.replace(/^\d+/, String(process.pid)));
    expect(await command('status')).toMatchObject({ code: 3 });
    expect(await command('start')).toMatchObject({ code: 0, stderr: '' });
    expect(mainPid()).not.toBe(process.pid);
  });

  it('takes the next port when another server has the wanted one', async () => {
    const [first, second] = await Promise.all([command('start'), command('start', damaged)]);
    await command('stop', damaged);
    const ports = [first, second].map(({ stdout }) => new URL(stdout.trim()).port);
    expect(new Set(ports).size).toBe(2);
  });

  it('leaves a folder of another major version untouched', async () => {
    const file = path.join(damaged, 'PG_VERSION');
    const version = readFileSync(file, 'utf8');
    writeFileSync(file, '15\n');
    const refused = await command('start', damaged);
    writeFileSync(file, version);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(
      /is of PostgreSQL 15, this Ronghe brings PostgreSQL 18: move .* or begin anew/,
    );
    expect(await command('start', damaged)).toMatchObject({ code: 0 });
    await command('stop', damaged);
  });

  it('says that a folder is damaged, and begins anew only when asked', async () => {
    rmSync(path.join(damaged, 'global', 'pg_control'));
    const refused = await command('start', damaged);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/is damaged \(PostgreSQL says: .*\): begin anew with --fresh/);
    expect(refused.stderr.trim().split('\n')).toHaveLength(1);
    const fresh = await runNode([cli, 'start', '--data', damaged, '--port', '55620', '--fast', '--fresh']);
    expect(fresh).toMatchObject({ code: 0, stderr: '' });
  });

  it('does not empty a folder that is no data folder', async () => {
    const notes = mkdtempSync(path.join(folder, 'notes-'));
    writeFileSync(path.join(notes, 'letter.txt'), 'keep');
    const refused = await runNode([cli, 'start', '--data', notes, '--fresh']);
    expect(refused).toMatchObject({ code: 1 });
    expect(readFileSync(path.join(notes, 'letter.txt'), 'utf8')).toBe('keep');
  });
});
