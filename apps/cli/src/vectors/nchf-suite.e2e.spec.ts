import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorApi } from '@ronghe/journey';
import { allDomains } from '@ronghe/operator';
import { ROOT, spawnOperator, TEST_PASSWORD, type SpawnedOperator } from '@ronghe/testing';
import type { Json } from './fields';
import { NchfSuite } from './nchf-suite';
import { replayFileOn } from './replay-on-suite';

/** `npm run vectors -- DIR --url URL`: vectors of Nchf_ConvergedCharging asked of an operator that runs. */

const documents = ['catalog', 'policy'].flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => ({
      path: `${folder}/${name}`,
      text: readFileSync(join(ROOT, folder, name), 'utf8'),
    })),
);
const published = JSON.parse(readFileSync(join(ROOT, 'testdata/vectors/online_charging.json'), 'utf8')) as {
  vectors: { id: string; interface: string; expected: { status?: number } }[];
};

let operator: SpawnedOperator;
let suite: NchfSuite;
beforeAll(async () => {
  operator = await spawnOperator({ shape: 'suite', domains: allDomains });
  suite = await NchfSuite.prepare(new OperatorApi({ url: operator.url, password: TEST_PASSWORD }), documents);
}, 180_000);
afterAll(() => operator?.stop());

const statusesOf = async (content: unknown): Promise<string[]> =>
  (await replayFileOn(suite, content as Json)).map(({ id, outcome }) => `${id}: ${outcome.status}`);

it('all pass or are a choice, also when they are asked again', async () => {
  const expected = published.vectors.map(({ id }) =>
    id === 'nchf-online-no-requestedunit' ? `${id}: differs by choice` : `${id}: passed`,
  );
  expect(await statusesOf(published)).toEqual(expected);
  expect(await statusesOf(published)).toEqual(expected);
});

it('none passes that expects another status', async () => {
  const spoilt = published.vectors
    .filter((vector) => vector.interface === 'Nchf_ConvergedCharging' && vector.expected.status)
    .map((vector) => ({
      ...vector,
      expected: { ...vector.expected, status: (vector.expected.status ?? 0) + 1 },
    }));
  const outcomes = await replayFileOn(suite, { vectors: spoilt } as unknown as Json);
  expect(outcomes.map(({ outcome }) => outcome.status)).toEqual(spoilt.map(() => 'failed'));
});
