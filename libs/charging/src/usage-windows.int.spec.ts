import { join } from 'node:path';
import type { UsageSourcePolicy } from '@ronghe/contracts';
import { newId } from '@ronghe/kernel';
import { PlatformConfig, Transactions } from '@ronghe/platform';
import { startOperator, type TestOperator } from '@ronghe/testing';
import fc from 'fast-check';
import { chargingDomain } from './charging.domain';
import { auditDifferences, deliver, publishDocuments, sellFamily, usageHeader } from './family.fixture';
import { FAMILIES, mixedFile, outcomeOf, sellFamilies } from './mixed-usage.fixture';
import { readLines } from './usage/line-reader';
import { LineInterpreter } from './usage/record-reader';
import { saveToSpool } from './usage/spool.adapter';
import { UsageBatches } from './usage/usage-batches.service';
import { checkpointAt, noCounts, type Checkpoint, type UsageFile } from './usage/usage-file';
import { failUsageFile, insertUsageFile } from './usage/usage-file.store';
import { UsageSources } from './usage/usage-source.service';
import { deleteUsageWindow, findUsageWindow, insertUsageWindow } from './usage/usage-window.store';

/** Files that are more than a batch are taken in by accounts, which nobody may see but by the time it takes. */

const whole = { lines: 65_536, bytes: 1_000_000 };

let operator: TestOperator;
let batches: UsageBatches;
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  batches = operator.get(UsageBatches);
});
afterAll(() => operator?.stop());
afterEach(async () => {
  expect(await auditDifferences(operator)).toEqual([]);
});

describe('the same file by windows and as a whole', () => {
  it.each([1, 2, 3])('comes to the same: seed %i', async (seed) => {
    const sides = [await sellFamilies(operator), await sellFamilies(operator)];
    await operator.settle();
    await operator.moveClock('2026-06-20T12:00:00+08:00');
    const outcomes: unknown[] = [];
    for (const [side, families] of sides.entries()) {
      // Of letters that no id has.
      const name = `s${seed}x${side}`;
      batches.limits = side === 0 ? { lines: 7, bytes: 900 } : whole;
      const file = await deliver(operator, mixedFile(seed, families, name));
      outcomes.push(await outcomeOf(operator, file.fileId, families, name));
    }
    expect(outcomes[0]).toEqual(outcomes[1]);
    expect(await operator.sql('select * from charging.usage_window')).toEqual([]);
  });
});

describe('a file that is stopped in the middle of a part', () => {
  it('goes on there, with the same parts, also when a number has changed hands', async () => {
    const families = await sellFamilies(operator);
    await operator.settle();
    batches.limits = { lines: 5, bytes: 1_000_000 };
    const records = Array.from({ length: 80 }, (_, at) => {
      const family = families[at % FAMILIES];
      const second = String(at % 60).padStart(2, '0');
      const minute = at < 60 ? '00' : '01';
      return `s${at},voice,${family?.numberOf('main')},10086,2026-06-16T08:${minute}:${second}+08:00,61,,`;
    });
    const refused = 'alter table charging.rated_usage add constraint refused check';
    await operator.sql(`${refused} (record_id not in ('s64', 's65', 's66', 's67', 's68'))`);
    const path = '/usage/files?source=mediation&name=stopped.csv';
    const csv = [usageHeader, ...records, ''].join('\n');
    const answer = await operator.rest('POST', path, csv, { headers: { 'content-type': 'text/csv' } });
    const { fileId } = answer.body as { fileId: string };
    // Of the first part ten lines are stored; the eleventh to fifteenth cannot be.
    await untilSome(
      'select 1 from charging.usage_file where file_id = $1 and window_line > 0 and read >= 10',
      [fileId],
    );
    const [kept] = await operator.sql<{ lines: number }>(
      'select length(parts) as lines from charging.usage_window where file_id = $1',
      [fileId],
    );
    expect(kept).toEqual({ lines: 80 });

    // Numbers of the future, but what is asked for lanes would find others now.
    for (const family of families)
      await sellFamily(operator, ['main'], {
        bundle: false,
        from: '2026-06-19T00:00:00+08:00',
        number: family.numberOf('main'),
      });
    await untilSome('select 1 from charging.number_holder where number = any($1) having count(*) >= 10', [
      families.map((family) => family.numberOf('main')),
    ]);
    await operator.sql('alter table charging.rated_usage drop constraint refused');
    await operator.settle();
    const file = (await operator.rest('GET', `/usage/files/${fileId}`)).body;
    expect(file).toMatchObject({ state: 'collected', read: 80, rated: 80, duplicates: 0, suspended: 0 });
    expect(file).toMatchObject({ bytesDone: csv.length, sizeBytes: csv.length });
    expect(await operator.sql('select * from charging.usage_window')).toEqual([]);
  });
});

describe('a window that is not where its file is', () => {
  it('is left, and the file goes on from its checkpoint', async () => {
    const family = await sellFamily(operator, ['main']);
    await operator.settle();
    batches.limits = { lines: 5, bytes: 1_000_000 };
    const start = '2026-06-16T08:00:00+08:00';
    const records = Array.from(
      { length: 20 },
      (_, at) => `stray${at},sms,${family.numberOf('main')},10086,${start},,,1`,
    );
    const csv = [usageHeader, ...records, ''].join('\n');
    await operator.sql(
      `alter table charging.rated_usage add constraint refused check (record_id <> 'stray12')`,
    );
    const path = '/usage/files?source=mediation&name=stray.csv';
    const answer = await operator.rest('POST', path, csv, { headers: { 'content-type': 'text/csv' } });
    const { fileId } = answer.body as { fileId: string };
    await untilSome(
      'select 1 from charging.usage_file where file_id = $1 and window_line > 0 and read = 10',
      [fileId],
    );
    // As if somebody who knows only bytes and lines had read five lines from where the window begins.
    const offset = [usageHeader, ...records.slice(0, 5), ''].join('\n').length;
    await operator.sql(
      'update charging.usage_file set checkpoint_bytes = $2, checkpoint_lines = 6 where file_id = $1',
      [fileId, offset],
    );
    await operator.sql('alter table charging.rated_usage drop constraint refused');
    await operator.settle();
    const file = (await operator.rest('GET', `/usage/files/${fileId}`)).body;
    expect(file).toMatchObject({ state: 'collected', read: 25, rated: 20, duplicates: 5, suspended: 0 });
    expect(await operator.sql('select * from charging.usage_window')).toEqual([]);
  });
});

describe('batches of a file', () => {
  const cell = fc.oneof(
    fc.constantFrom('8613900000001', '8613900000002', '+86 139-0000-0002', '1', ''),
    fc.string(),
  );
  const line = fc.oneof(
    fc.tuple(fc.constantFrom('a', 'b', 'c', 'd"', ' a'), cell, cell).map((cells) => cells.join(',')),
    fc.tuple(fc.nat(99), cell).map(([id, number]) => `r${id},sms,${number},语,2026-06-16T08:00:00+08:00,,,1`),
    fc.constantFrom('', '  ', 'é,"x', '"q,1",sms,"8613900000001",,2026-06-16T08:00:00+08:00,,,1'),
  );
  const text = fc
    .tuple(fc.array(line), fc.constantFrom('\n', '\r\n'), fc.boolean())
    .map(([lines, end, isEnded]) => [usageHeader, ...lines].join(end) + (isEnded ? end : ''));

  it('hold each line once, those with one record id in order, and go on from each checkpoint as before', async () => {
    const mapping = await operator
      .get(Transactions)
      .read((tx) => operator.get(UsageSources).mappingOf(tx, 'mediation'));
    const spool = join(operator.get(PlatformConfig).dataDirectory, 'spool');
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 6 }), async (csv, lines) => {
        batches.limits = { lines, bytes: 400 };
        const stored = await saveToSpool(spool, bytesOf(csv));
        const file = { ...emptyFile, ...stored, fileId: newId() };
        const all = await read(file, mapping);
        expect([...all.flatMap((batch) => batch.texts)].sort(byNumber)).toEqual(await linesOf(csv, mapping));
        expect(all.at(-1)?.checkpoint).toEqual(checkpointAt(stored.sizeBytes, csvLines(csv)));
        const places = new Map<string, number>();
        for (const { recordId, number } of all.flatMap((batch) => batch.texts)) {
          expect(places.get(recordId) ?? 0).toBeLessThan(number);
          places.set(recordId, number);
        }
        for (const [at, batch] of all.entries()) {
          if (batch.checkpoint.checkpointBytes === file.sizeBytes) continue;
          const { window } = batch;
          const { checkpointBytes: startBytes } = batch.checkpoint;
          const inside = batch.checkpoint.windowLine > 0 && window ? { startBytes, parts: window } : null;
          if (inside) await inTransaction((tx) => insertUsageWindow(tx, file.fileId, inside));
          const rest = await read({ ...file, ...batch.checkpoint, columns: usageHeader.split(',') }, mapping);
          expect(rest.map(({ texts }) => texts)).toEqual(all.slice(at + 1).map(({ texts }) => texts));
          expect(rest.map(({ checkpoint }) => checkpoint)).toEqual(
            all.slice(at + 1).map(({ checkpoint }) => checkpoint),
          );
          if (inside) await inTransaction((tx) => deleteUsageWindow(tx, file.fileId));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('stay with a file that fails, and may come again', async () => {
    const fileId = newId();
    const parts = await operator.get(Transactions).run(async (tx) => {
      await insertUsageFile(tx, { ...emptyFile, fileId, contentHash: 'gone', sizeBytes: 1 });
      await insertUsageWindow(tx, fileId, { startBytes: 0, parts: Uint8Array.of(3, 0, 255) });
      const kept = await findUsageWindow(tx, fileId);
      await failUsageFile(tx, fileId, 'the stored file is gone or not whole');
      const stays = await findUsageWindow(tx, fileId);
      return [kept && [...kept], stays && [...stays]];
    });
    expect(parts).toEqual([
      [3, 0, 255],
      [3, 0, 255],
    ]);
  });

  interface ReadText {
    number: number;
    text: string;
    recordId: string;
  }

  async function read(file: UsageFile, mapping: UsageSourcePolicy) {
    const all: { texts: ReadText[]; checkpoint: Checkpoint; window: Uint8Array | null }[] = [];
    for await (const { lines, checkpoint, within } of batches.of(file, mapping)) {
      const texts = [...lines.linesFrom(0, lines.length)].map(({ read: { line: at }, recordId }) => ({
        number: at.number,
        text: at.text,
        recordId,
      }));
      all.push({ texts, checkpoint, window: within?.window.parts ?? null });
    }
    return all;
  }

  async function linesOf(csv: string, mapping: UsageSourcePolicy): Promise<ReadText[]> {
    const interpreter = new LineInterpreter(mapping, usageHeader.split(','));
    const found: ReadText[] = [];
    for await (const chunk of readLines(bytesOf(csv), { offset: 0, lines: 0 }))
      for (const { text: own, number } of chunk)
        if (number > 1 && interpreter.readLine({ text: own, number, endOffset: 0 }))
          found.push({ number, text: own, recordId: expect.any(String) as string });
    return found;
  }

  const csvLines = (csv: string) => csv.split('\n').length - (csv.endsWith('\n') ? 1 : 0);
  const byNumber = (a: ReadText, b: ReadText) => a.number - b.number;
  const inTransaction: Transactions['run'] = (work) => operator.get(Transactions).run(work);

  async function* bytesOf(csv: string): AsyncGenerator<Buffer> {
    yield Buffer.from(csv);
  }

  const emptyFile: Omit<UsageFile, 'fileId' | 'contentHash' | 'sizeBytes'> = {
    ...noCounts,
    ...checkpointAt(0, 0),
    source: 'mediation',
    fileName: 'read.csv',
    state: 'received',
    reason: null,
    columns: [],
    mapping: null,
    receivedBy: 'test',
    receivedAt: '2026-06-20T12:00:00Z' as UsageFile['receivedAt'],
    finishedAt: null,
    startedAt: null,
    advancedAt: null,
  };
});

async function untilSome(query: string, parameters: unknown[]): Promise<void> {
  while ((await operator.sql(query, parameters)).length === 0)
    await new Promise((resolve) => setTimeout(resolve, 50));
}
