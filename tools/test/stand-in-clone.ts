import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isRunning, repository, startNode, type Run, type Running } from './tool-runner';

/** A clone of its own with these tools and with stand-ins for the apps. */
export class StandInClone {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'ronghe-clone-spec-'));
  private readonly started: Running[] = [];

  /** @param modules what its node_modules links to: this repository's */
  constructor(modules = path.join(repository, 'node_modules')) {
    for (const name of ['package.json', 'package-lock.json', '.swcrc', 'tools'])
      cpSync(path.join(repository, name), this.file(name), { recursive: true });
    cpSync(path.join(__dirname, 'fixtures', 'clone'), this.folder, { recursive: true });
    symlinkSync(modules, this.file('node_modules'));
  }

  file(...parts: string[]): string {
    return path.join(this.folder, ...parts);
  }

  /** Starts `node tools/NAME.mjs ARGS`. */
  start(tool: string, args: readonly string[] = [], env: Record<string, string | undefined> = {}): Running {
    const options = { RONGHE_DATA_DIR: undefined, ...env };
    const running = startNode([this.file('tools', `${tool}.mjs`), ...args], options);
    this.started.push(running);
    return running;
  }

  run(
    tool: string,
    args: readonly string[] = [],
    env: Record<string, string | undefined> = {},
  ): Promise<Run> {
    return this.start(tool, args, env).ended;
  }

  /** What the tools' records and PostgreSQL's pid file name: program by process id, where it runs. */
  processes(): Map<string, number> {
    const folder = this.file('.ronghe', 'run');
    const records = existsSync(folder) ? readdirSync(folder).filter((name) => /-\d+\.json$/.test(name)) : [];
    const found = records.map((name): [string, number] => [
      name.replace(/-\d+\.json$/, ''),
      (JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as { child: { pid: number } }).child.pid,
    ]);
    const pidFile = this.file('.ronghe', 'postgres', 'postmaster.pid');
    if (existsSync(pidFile)) found.push(['postgres', Number(readFileSync(pidFile, 'utf8').split('\n')[0])]);
    return new Map(found.filter(([, pid]) => isRunning(pid)));
  }

  /** Stops what a failed test may have left and removes the clone. */
  async remove(): Promise<void> {
    for (const { process: tool } of this.started) tool.kill('SIGKILL');
    for (const pid of this.processes().values()) process.kill(pid, 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 200));
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
