import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

export const repository = path.resolve(__dirname, '..', '..');

export interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A program that runs: its process, and what it was when it has ended. */
export interface Running {
  process: ChildProcess;
  ended: Promise<Run>;
  /** Resolves when standard output holds the text; rejects when the program ends without it. */
  printed(text: string): Promise<void>;
}

/**
 * Starts Node.js with a tool, apart from this test's own settings.
 * @param args script and arguments
 * @param env added to the environment; undefined removes a variable
 */
export function startNode(args: readonly string[], env: Record<string, string | undefined> = {}): Running {
  const clean = { DATABASE_URL: undefined, PORT: undefined, NODE_ENV: undefined, INIT_CWD: undefined };
  const child = spawn(process.execPath, args, { env: { ...process.env, ...clean, ...env } });
  const run: Run = { code: null, stdout: '', stderr: '' };
  child.stdout.on('data', (data: Buffer) => (run.stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (run.stderr += data.toString()));
  const ended = new Promise<Run>((resolve) => child.once('close', (code) => resolve({ ...run, code })));
  const printed = async (text: string) => {
    while (!run.stdout.includes(text)) {
      const over = await Promise.race([ended, new Promise<null>((resolve) => setTimeout(resolve, 30, null))]);
      if (over && !over.stdout.includes(text))
        throw new Error(`ended without "${text}": ${over.stdout}${over.stderr}`);
    }
  };
  return { process: child, ended, printed };
}

/** Runs Node.js with a tool until it ends. */
export function runNode(args: readonly string[], env: Record<string, string | undefined> = {}): Promise<Run> {
  return startNode(args, env).ended;
}

/** Whether a process runs; a zombie does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
