import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';

/** The repository that the tests run in. */
export const ROOT = resolve(__dirname, '../../..');

/** Generous: on a busy machine two cores start nine processes. */
const READY_TIMEOUT_MS = 180_000;
const POLL_MS = 50;
const LAST_OUTPUT = 4000;

/** One of our apps as a process of its own. */
export interface SpawnedApp {
  name: string;
  url: string;
  pid: number;
  /** The last output, for a failing test's message. */
  output(): string;
  /** `kill -9`; resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves when it has ended by itself. */
  stop(): Promise<void>;
}

/** An app that has loaded its code and waits for a line on its input before it starts. */
export interface PreparedApp {
  /** Lets it start, and resolves when it is ready. */
  begin(): Promise<SpawnedApp>;
  /** `kill -9`; resolves when it is gone. */
  kill(): Promise<void>;
}

/**
 * Starts `dist/apps/<name>`, or another compiled entry, and waits until it is ready.
 * @throws Error with the last output when it ends instead, or was never built.
 */
export async function spawnApp(
  name: string,
  environment: Record<string, string>,
  entry = join(ROOT, 'dist/apps', name, 'src/main.js'),
): Promise<SpawnedApp> {
  return (await prepareApp(name, environment, entry)).begin();
}

/** Spawns an app; one whose entry waits for its input loads its code meanwhile, which is most of a start. */
export async function prepareApp(
  name: string,
  environment: Record<string, string>,
  entry: string,
): Promise<PreparedApp> {
  if (!existsSync(entry)) throw new Error(`${entry} does not exist: run \`npm run build\` first.`);
  const port = environment['PORT'] ?? String(await freePort());
  const child = spawn(process.execPath, [entry], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], LOG_LEVEL: 'warn', ...environment, PORT: port },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin?.on('error', () => undefined);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-LAST_OUTPUT);
    });
  }
  const url = `http://127.0.0.1:${port}`;
  const kill = () => end(child, 'SIGKILL');
  const begin = async (): Promise<SpawnedApp> => {
    child.stdin?.write('begin\n');
    await untilReady(name, child, url, () => output);
    const stop = () => end(child, 'SIGTERM');
    return { name, url, pid: child.pid ?? 0, output: () => output, kill, stop };
  };
  return { begin, kill };
}

/** A port that nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolvePort(port));
    });
  });
}

async function untilReady(
  name: string,
  child: ChildProcess,
  url: string,
  output: () => string,
): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}:\n${output()}`);
    const isReady = await fetch(`${url}/health/ready`).then(
      (response) => response.ok,
      () => false,
    );
    if (isReady) return;
    await new Promise((wait) => setTimeout(wait, POLL_MS));
  }
  child.kill('SIGKILL');
  throw new Error(`${name} is not ready after ${READY_TIMEOUT_MS / 1000} s:\n${output()}`);
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolveGone) => child.once('exit', () => resolveGone()));
  child.kill(signal);
  await gone;
}
