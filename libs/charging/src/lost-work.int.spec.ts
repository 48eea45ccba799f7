import { HandlerRegistry } from '@ronghe/platform';
import { emptyQueues } from '@ronghe/testing';
import { auditDifferences } from './family.fixture';
import { monthWork } from './lost-money-work.fixture';
import { reratingWork, tariffWork } from './lost-tariff-work.fixture';
import { usageWork } from './lost-usage-work.fixture';
import { LostWorkWorld } from './lost-work.fixture';

/**
 * R3 of SEMANTICS §11 for every kind of work that charging has: the queue store loses each job that is sent after a commit, and
 * what sweeps put into it once more. All work is done all the same, and once.
 */
const world = new LostWorkWorld();
const phases = [
  { of: 'of a month that goes on', kinds: usageWork(world) },
  { of: 'of a month that begins', kinds: monthWork(world) },
  { of: 'of a tariff that was wrong', kinds: tariffWork(world) },
  { of: 'of a re-rating', kinds: reratingWork(world) },
];

beforeAll(async () => {
  await world.start();
  await world.operator.moveClock('2026-06-20T12:00:00+08:00');
}, 120_000);
afterAll(() => world.stop());

it('is tried with every kind of work that there is', () => {
  const registry = world.operator.get(HandlerRegistry);
  const namesOf = (kind: 'job' | 'pending-work') => registry.all(kind, 'charging').map(({ name }) => name);
  const tried = phases.flatMap(({ kinds }) => Object.keys(kinds)).sort();
  expect(tried).toEqual(namesOf('pending-work').sort());
  expect(tried).toEqual(namesOf('job').sort());
});

describe.each(phases)('work $of', ({ kinds }) => {
  beforeAll(async () => {
    for (const { leave } of Object.values(kinds)) await leave?.();
    for (let times = 0; times < 2; times += 1) {
      await emptyQueues(world.operator);
      await world.operator.settle();
    }
  }, 120_000);

  it.each(Object.keys(kinds))('is found again and done once: %s', async (kind) => {
    await kinds[kind]?.done();
    expect(await world.jobsDone(kind)).toBeGreaterThan(0);
  });

  it('leaves control totals that agree', async () => {
    expect(await auditDifferences(world.operator)).toEqual([]);
  });
});
