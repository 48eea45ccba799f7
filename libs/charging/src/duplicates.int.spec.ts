import { startOperator, type TestOperator } from '@ronghe/testing';
import fc from 'fast-check';
import { chargingDomain } from './charging.domain';
import {
  auditDifferences,
  publishDocuments,
  ratedByRecord,
  sellFamily,
  usageCsv,
  type Family,
  type FileBody,
} from './family.fixture';
import { UsageCollection } from './usage/usage-collection.service';

/** Duplicate files, the same id with another body, two workers at once: one effect, and the rest set aside (R5). */

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
let operator: TestOperator;
let family: Family;
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  family = await sellFamily(operator, ['main', 'sub1', 'sub2', 'broadband', 'fixed']);
  await operator.settle();
  await operator.moveClock('2026-07-01T00:00:00+08:00');
});
afterAll(() => operator?.stop());

interface Known {
  id: number;
  /** 0 is the true content; the others are forgeries of it. */
  body: number;
}

/** Four files that share records, repeat them, and bring other content under known ids. */
const files = fc.array(
  fc.array(fc.record({ id: fc.integer({ min: 0, max: 60 }), body: fc.constantFrom(0, 0, 0, 0, 1, 2) }), {
    minLength: 30,
    maxLength: 90,
  }),
  { minLength: 4, maxLength: 4 },
);

function lineOf({ id, body }: Known): string {
  const card = ['main', 'sub1', 'sub2', 'fixed'][id % 4];
  const day = String(11 + (id % 18)).padStart(2, '0');
  return `r${id},voice,${card},10086,2026-06-${day}T10:${String(id % 60).padStart(2, '0')}:00+08:00,${600 * (id + 1) + body},,`;
}

async function upload(known: Known[], name: string): Promise<string> {
  const path = `/usage/files?source=mediation&name=${name}`;
  const answer = await operator.rest('POST', path, usageCsv(known.map(lineOf), family), {
    headers: { 'content-type': 'text/csv' },
  });
  return (answer.body as { fileId: string }).fileId;
}

it('has one effect for each record, whoever brings it how often', async () => {
  console.log(`seed ${seed}`);
  const [delivered = []] = fc.sample(files, { seed, numRuns: 1 });
  // Each file twice, all at once; and each is worked on by two more workers beside the job.
  const names = [...delivered, ...delivered].map((known, index) => upload(known, `file-${index}`));
  const fileIds = await Promise.all(names);
  const worker = operator.get(UsageCollection);
  await Promise.all([...fileIds, ...[...fileIds].reverse()].map((fileId) => worker.collect(fileId)));
  await operator.settle();

  const all = delivered.flat();
  const ids = new Set(all.map(({ id }) => id));
  const bodies = new Set(all.map(({ id, body }) => `${id}/${body}`));
  const counted = await Promise.all(
    fileIds.map(async (fileId) => (await operator.rest('GET', `/usage/files/${fileId}`)).body as FileBody),
  );
  const sum = (figure: 'read' | 'rated' | 'duplicates' | 'suspended') =>
    counted.reduce((total, file) => total + file[figure], 0);
  expect(counted.every((file) => file.state === 'collected')).toBe(true);
  expect(sum('read')).toBe(2 * all.length);
  expect(sum('rated')).toBe(ids.size);
  expect(sum('suspended')).toBe(bodies.size - ids.size);
  expect(sum('duplicates')).toBe(2 * all.length - bodies.size);
  expect(Object.keys(await ratedByRecord(operator))).toHaveLength(ids.size);
  const reasons = await operator.sql(`select distinct reason from charging.suspended_usage`);
  expect(reasons).toEqual(bodies.size > ids.size ? [{ reason: 'content_differs' }] : []);
  expect(await auditDifferences(operator)).toEqual([]);
});
