import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import multipart from '@fastify/multipart';
import { isDomainError } from '@ronghe/kernel';
import fastify from 'fastify';
import { saveToSpool } from './spool.adapter';
import { formLimits } from './usage-file';

const LIMIT = 100_000;
const folder = mkdtempSync(join(tmpdir(), 'ronghe-spool-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  [LIMIT - 1, LIMIT - 1],
  [LIMIT, LIMIT],
  [LIMIT + 1, 'usage_file_too_large'],
  [LIMIT * 3, 'usage_file_too_large'],
])('stores a file of a form whole or not at all: %d bytes', async (bytes, answer) => {
  const server = fastify();
  await server.register(multipart, { limits: formLimits(LIMIT) });
  server.post('/', async (request) => {
    const part = await request.file();
    if (!part) return 'nothing';
    const stored = await saveToSpool(folder, part.file, LIMIT).catch((error: unknown) => error);
    return { was: isDomainError(stored) ? stored.code : (stored as { sizeBytes: number }).sizeBytes };
  });
  const form = new FormData();
  form.append('file', new Blob(['x'.repeat(bytes)]), 'form.csv');
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  const response = await fetch(url, { method: 'POST', body: form });
  expect(await response.json()).toEqual({ was: answer });
  expect(readdirSync(folder).filter((name) => name.startsWith('.incoming'))).toEqual([]);
  await server.close();
});
