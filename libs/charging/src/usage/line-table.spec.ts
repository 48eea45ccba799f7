import type { UsageSourcePolicy } from '@ronghe/contracts';
import { parseLocalDate } from '@ronghe/kernel';
import fc from 'fast-check';
import { identityOf } from './duplicates';
import { LineTable } from './line-table';
import { checkpointAt } from './usage-file';
import { halvesOf, withoutRecords } from './read-batches';
import { LineInterpreter, type ReadLine } from './record-reader';

const mapping: UsageSourcePolicy = {
  kind: 'usage-source',
  code: 'mediation',
  version: 1,
  effectiveFrom: parseLocalDate('2020-01-01'),
  effectiveTo: null,
  source: 'mediation',
  format: 'csv',
  zone: 'Asia/Shanghai',
  columns: {
    recordId: 'id',
    type: 'type',
    subscriber: 'number',
    peer: 'peer',
    start: 'start',
    preratedAmount: 'amount',
    parts: { callId: 'call', number: 'part', last: 'end' },
  },
  subscriberBy: 'number',
  types: [
    { value: 'voice', usageClass: 'voice', quantity: 'seconds', unit: 'second' },
    { value: 'data', usageClass: 'data', quantity: 'kb', unit: 'kb' },
  ],
  lateAfterPeriods: 2,
};
const columns = ['id', 'type', 'number', 'peer', 'start', 'amount', 'call', 'part', 'end', 'seconds', 'kb'];

const texts = fc.oneof(
  fc
    .record({
      id: fc.integer({ min: 0, max: 9 }),
      number: fc.constantFrom('8613800138000', '13800138001', ''),
      peer: fc.constantFrom('', '10086'),
      amount: fc.constantFrom('', '12.50', '0'),
      call: fc.constantFrom('', 'c1'),
      seconds: fc.constantFrom('0', '61', '999999999', 'x'),
    })
    .map(
      ({ id, number, peer, amount, call, seconds }) =>
        `r${id},voice,${number},${peer},2026-06-11T08:00:00+08:00,${amount},${call},1,1,${seconds},`,
    ),
  fc.constantFrom('d1,data,8613800138000,,2026-06-11 08:00:00,,,,,,999999999999', 'nothing', '"open'),
);

function read(lines: readonly string[]): ReadLine[] {
  const interpreter = new LineInterpreter(mapping, columns);
  return lines.flatMap(
    (text, at) => interpreter.readLine({ text, number: at + 2, endOffset: at * 100 }) ?? [],
  );
}

const plain = (line: ReadLine) => ({ ...line, line: { ...line.line }, row: [...line.row] });

it('gives every line, record and identity back as it was read', () => {
  fc.assert(
    fc.property(fc.array(texts), (lines) => {
      const lineReads = read(lines);
      const table = LineTable.of(lineReads);
      expect(table.length).toBe(lineReads.length);
      for (const [at, line] of lineReads.entries()) {
        const { read: again, ...identity } = table.lineAt(at);
        expect(plain(again)).toEqual(plain(line));
        expect(identity).toEqual(identityOf(line));
        const isWhole = line.kind === 'record' && line.record.part === null;
        expect(table.partialAt(at)).toBe(isWhole ? undefined : line);
        if (isWhole) expect(table.recordAt(at)).toEqual(line.record);
      }
    }),
  );
});

it('falls in halves, and is set aside, line by line', () => {
  const lines = LineTable.of(read(['a,voice,8613800138000,,2026-06-11T08:00:00Z,,,,,1,', 'b', 'c']));
  const batch = { columns, lines, checkpoint: checkpointAt(300, 4), within: null };
  const [first, second] = halvesOf(batch) ?? [];
  expect([first?.lines.length, second?.lines.length]).toEqual([1, 2]);
  const { endOffset } = lines.lineAt(0).read.line;
  expect([first?.checkpoint, second?.checkpoint]).toEqual([checkpointAt(endOffset, 2), batch.checkpoint]);
  expect(second?.lines.lineAt(0).read.line.text).toBe('b');
  const refused = withoutRecords(batch, 'cannot be stored').lines;
  expect(refused.lineAt(0)).toMatchObject({
    recordId: expect.stringMatching(/^line:/),
    read: { kind: 'malformed', recordId: 'a', reason: 'cannot be stored' },
  });
});

it('falls in halves within a window, whose lines lie apart', () => {
  const lines = LineTable.of(read(['a', 'b', 'c']));
  const window = {
    startBytes: 10,
    startLines: 1,
    parts: Uint8Array.of(1, 0, 1, 1),
    ends: new Float64Array(4),
  };
  const start = { ...checkpointAt(10, 1), windowPart: 1, windowLine: 0 };
  const batch = { columns, lines, checkpoint: checkpointAt(90, 5), within: { start, window } };
  const [first, second] = halvesOf(batch) ?? [];
  const middle = { ...start, windowLine: lines.lineAt(0).read.line.number };
  expect([first?.checkpoint, second?.checkpoint]).toEqual([middle, batch.checkpoint]);
  expect(second?.within).toEqual({ start: middle, window });
});
