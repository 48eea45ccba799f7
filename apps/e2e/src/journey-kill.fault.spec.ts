import { allDomains } from '@ronghe/operator';
import { faultSeeds, randomFrom, spawnOperator, type SpawnedOperator } from '@ronghe/testing';
import { asExpected, expectedBills, liveDemonstration } from './demonstration';

const KILLS = 4;
const RECORDS = 1_000;
/** The journey takes a minute or so: kills fall all over it. */
const LONGEST_LIFE_MS = 12_000;

/** A journey takes a minute or two: one for every ten seeds of the shorter suites. */
const journeys = faultSeeds(0.1);

describe.each(journeys)('the suite is killed again and again during the journey, seed %i', (seed) => {
  let operator: SpawnedOperator;
  beforeAll(async () => {
    operator = await spawnOperator({ shape: 'suite', domains: allDomains });
  }, 120_000);
  afterAll(() => operator?.stop());

  it('finishes it without a duplicate and with a clean audit', async () => {
    const random = randomFrom(seed);
    const lives = Array.from({ length: KILLS }, () => 1_000 + Math.floor(random() * LONGEST_LIFE_MS));
    console.log(`seed ${seed}: kill -9 after ${lives.join(', ')} ms of life`);
    for (const life of lives) await liveFor(operator, life);
    const report = await liveDemonstration(operator.url, { records: RECORDS });
    expect(asExpected(report)).toEqual(expectedBills());
    expect(report.audit.found).toEqual([]);
    expect(report.secondRunAdded).toBe(0);
    expect(report.secondImportAdded).toBe(0);
    expect(report.billsInAll).toBe(21 * 4);
    expect(report.usage.read).toBe(164 + RECORDS);
  }, 600_000);
});

/** Lets the journey run, kills the suite at its moment, and starts it again. */
async function liveFor(operator: SpawnedOperator, milliseconds: number): Promise<void> {
  const journey = liveDemonstration(operator.url, { records: RECORDS }).catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  await operator.apps.get('suite')?.kill();
  await journey;
  await operator.restart('suite');
}
