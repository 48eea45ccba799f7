import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { LINE_BYTES_LIMIT, readLines, type Line } from './line-reader';
import { ScatteredLines } from './scattered-lines.adapter';

async function* chunksOf(bytes: Buffer, sizes: number[]): AsyncGenerator<Buffer> {
  let start = 0;
  for (let index = 0; start < bytes.length; index += 1) {
    const end = Math.min(bytes.length, start + (sizes[index % sizes.length] ?? 7));
    yield bytes.subarray(start, end);
    start = end;
  }
}

async function linesOf(bytes: Buffer, sizes = [5], from = { offset: 0, lines: 0 }): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const some of readLines(chunksOf(bytes.subarray(from.offset), sizes), from)) lines.push(...some);
  return lines;
}

describe('lines of a usage file', () => {
  it('keeps text and offsets wherever the chunks are cut, also inside a character', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\r\n]/g, ' '))),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        async (texts, sizes) => {
          const bytes = Buffer.from(texts.map((text) => `${text}\n`).join(''));
          const lines = await linesOf(bytes, sizes);
          expect(lines.map((line) => line.text)).toEqual(texts.map((text) => Buffer.from(text).toString()));
          expect(lines.at(-1)?.endOffset ?? 0).toBe(bytes.length);
        },
      ),
    );
  });

  it('goes on behind any line as if it had never stopped', async () => {
    const bytes = Buffer.from('head\r\nøne\ntwo\n\nlast');
    const whole = await linesOf(bytes);
    expect(whole.map((line) => line.text)).toEqual(['head', 'øne', 'two', '', 'last']);
    for (const line of whole) {
      const rest = await linesOf(bytes, [3], { offset: line.endOffset, lines: line.number });
      expect(rest).toEqual(whole.slice(line.number));
    }
  });

  it('keeps the beginning of a line that is too long, and the place of the next', async () => {
    const bytes = Buffer.from(`${'x'.repeat(LINE_BYTES_LIMIT + 100)}\nnext\n`);
    const [long, next] = await linesOf(bytes, [1000]);
    expect(long?.text).toHaveLength(LINE_BYTES_LIMIT);
    expect(next).toEqual({ text: 'next', number: 2, endOffset: bytes.length });
  });

  it('has no byte order mark, and its place', async () => {
    const bytes = Buffer.from('\ufeffa\n\ufeffb\n');
    for (const sizes of [[1], [100]]) {
      const lines = await linesOf(bytes, sizes);
      expect(lines).toEqual([
        { text: 'a', number: 1, endOffset: 5 },
        { text: '\ufeffb', number: 2, endOffset: 10 },
      ]);
      expect(await linesOf(bytes, sizes, { offset: 5, lines: 1 })).toEqual(lines.slice(1));
    }
    const path = join(folder, 'marked');
    writeFileSync(path, bytes);
    const file = await open(path);
    const scattered = new ScatteredLines(file);
    expect([await scattered.textAt(0, 5), scattered.textOf(5, 10)]).toEqual(['a', '\ufeffb']);
    await file.close();
  });

  const room = LINE_BYTES_LIMIT;
  const cases: [string, number, boolean][] = ['\n', '\r\n', ''].flatMap(
    (end): [string, number, boolean][] => [
      [end, room - 1, false],
      [end, room, false],
      [end, room + 1, true],
      [end, room + 2, true],
      [end, room + 3, true],
      [end, room * 3, true],
    ],
  );
  const folder = mkdtempSync(join(tmpdir(), 'ronghe-lines-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(cases)(
    'says of a line that ends with %j whether it is cut: %d bytes, %s',
    async (end, length, isCut) => {
      for (const first of ['x', '\u00e9']) {
        const text = `${first}${'x'.repeat(length - Buffer.byteLength(first))}`;
        const bytes = Buffer.from(`before\n${text}${end}${end === '' ? '' : `after${end}`}`);
        for (const sizes of [[bytes.length], [1000]]) {
          const line = (await linesOf(bytes, sizes))[1];
          expect(line?.isCut ?? false).toBe(isCut);
          expect(Buffer.byteLength(line?.text ?? '')).toBe(Math.min(length, room));

          const path = join(folder, 'lines');
          writeFileSync(path, bytes);
          const file = await open(path);
          const scattered = new ScatteredLines(file);
          expect(await scattered.textAt(7, line?.endOffset ?? 0)).toBe(line?.text);
          expect(scattered.isCut(7, line?.endOffset ?? 0)).toBe(isCut);
          await file.close();
        }
      }
    },
  );
});
