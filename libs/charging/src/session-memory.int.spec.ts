import { newId } from '@ronghe/kernel';
import { Transactions } from '@ronghe/platform';
import { faultSeeds, randomFrom, startOperator, type TestOperator } from '@ronghe/testing';
import { findGroupPeriods, markForRerate } from './balance/group-period.store';
import { chargingDomain } from './charging.domain';
import { auditDifferences, publishDocuments, sellFamily, waitsForLock, type Family } from './family.fixture';
import { planByKeys } from './plan-by-keys.store';
import { sessionInstance } from './session-instance.fixture';
import { World, type Asked } from './session-world.fixture';
import { UPDATE_GROUPS } from './session/batch-write.store';
import { BatchRecall } from './session/batch-recall.service';
import { SessionMemory } from './session/session-memory.service';
import type { Sessions } from './session/session.service';
import { letTimePass, letTimeStandStill } from './still-time.fixture';

/**
 * What sessions remember between batches changes no answer, whoever writes in between: two instances and others over one
 * database are compared, step by step, with one that remembers nothing.
 */

const MB = 1_048_576;
const STEPS = 60;
/** The share of steps behind which all that is remembered is compared with what is stored. */
const LOOKED_AT = 0.3;

let operator: TestOperator;
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  await operator.moveClock('2026-06-20T12:00:00+08:00');
});
afterAll(() => operator?.stop());

letTimeStandStill();

/** Batches that instances were to decide on what they remember; nothing came of those of which something had to be read. */
const recalled: jest.SpyInstance[] = [];
const recallsOf = (spy: jest.SpyInstance | undefined): boolean[] =>
  (spy?.mock.results ?? []).map(({ value }) => value !== null);

/** Another process, as far as memory goes. */
function instance(memory: SessionMemory): Sessions {
  const { sessions, recall } = sessionInstance(operator, memory);
  recalled.push(jest.spyOn(recall, 'recall'));
  return sessions;
}

function forgetful(): Sessions {
  const memory = new SessionMemory();
  memory.keepNothing();
  return instance(memory);
}

/** The next thing that happens, the same in every world. */
function drawStep(random: () => number): (world: World) => Promise<unknown> {
  const choice = random();
  const [at, which] = [random(), random()];
  const size = Math.floor(random() * 12_000 * MB);
  const asked: Asked = { requested: size, used: Math.floor(random() * 9000 * MB) };
  if (choice < 0.25) return (world) => world.create(at, { requested: size });
  if (choice < 0.55) return (world) => world.report(at, which, 'update', asked);
  if (choice < 0.7) return (world) => world.report(at, which, 'release', { used: asked.used ?? 0 });
  if (choice < 0.76) return (world) => world.expire(at, which);
  if (choice < 0.82) return (world) => world.file(12 + Math.floor(which * 9), Math.floor(size / 1024));
  if (choice < 0.88) return (world) => world.grant(1 + Math.floor(size / 4096));
  if (choice < 0.94) return (world) => world.topUp((1 + which * 50).toFixed(2));
  return (world) => world.block(which < 0.4);
}

it.each(faultSeeds())(
  'answers as without memory, with seed %i',
  async (seed) => {
    const random = randomFrom(seed);
    const memories = [new SessionMemory(), new SessionMemory()];
    const remembering = memories.map(instance);
    const sell = (paymentMode: 'prepaid' | 'postpaid'): Promise<Family> =>
      sellFamily(operator, ['main', 'sub1', 'broadband'], { online: ['sub1'], account: { paymentMode } });
    const pairs: World[][] = [];
    for (const paymentMode of ['postpaid', 'prepaid'] as const)
      pairs.push([
        new World(operator, await sell(paymentMode), remembering, `with-${seed}-${paymentMode}`),
        new World(operator, await sell(paymentMode), [forgetful()], `without-${seed}-${paymentMode}`),
      ]);
    await operator.settle();
    // Whatever is drawn, something was recalled.
    for (const world of pairs[0] ?? []) {
      await world.create(0, { requested: MB });
      await world.create(0, { requested: MB });
    }
    for (let count = 0; count < STEPS; count += 1) {
      const step = drawStep(random);
      const [remembers, forgets] = pairs[Math.floor(random() * pairs.length)] ?? [];
      if (!remembers || !forgets) throw new Error('no world');
      const told = [await step(remembers), await step(forgets)];
      expect({ count, told: told[0] }).toEqual({ count, told: told[1] });
      // What is rated again behind a step comes before the next one in both worlds.
      await operator.settle();
      if (random() > LOOKED_AT) continue;
      const [stored, ...remembered] = await remembers.read([new SessionMemory(), ...memories]);
      expect(remembered).toEqual([stored, stored]);
    }
    await operator.settle();
    expect(memories.every(({ groups, holders }) => groups.size > 0 && holders.size > 0)).toBe(true);
    expect(recalled.slice(-memories.length - 2).flatMap(recallsOf)).toContain(true);
    for (const [remembers, forgets] of pairs)
      expect(await remembers?.outcome()).toEqual(await forgets?.outcome());
    expect(await auditDifferences(operator)).toEqual([]);
  },
  240_000,
);

it.each(faultSeeds())(
  'keeps balances whole when instances and others write at once, with seed %i',
  async (seed) => {
    const random = randomFrom(seed);
    const family = await sellFamily(operator, ['main', 'sub1', 'broadband'], { online: ['sub1'] });
    await operator.settle();
    const instances = [new SessionMemory(), new SessionMemory()].map(instance);
    const worlds = instances.map(
      (sessions, at) => new World(operator, family, [sessions], `at-once-${seed}-${at}`),
    );
    for (let count = 0; count < STEPS / 4; count += 1)
      await Promise.all([...worlds, ...worlds].map((world) => drawStep(random)(world)));
    await operator.settle();
    expect(await auditDifferences(operator)).toEqual([]);
  },
  240_000,
);

it('decides on what it remembers, and reads what somebody else has changed', async () => {
  const family = await sellFamily(operator, ['main', 'sub1', 'broadband'], { online: ['sub1'] });
  await operator.settle();
  const world = new World(operator, family, [instance(new SessionMemory())], newId());
  const recalls = recalled.at(-1);
  // What jobs have looked up until now, the policy for one, is no longer fresh.
  letTimePass();
  await world.create(0, { requested: MB });
  await world.create(0, { requested: MB });
  await world.report(0, 0, 'release', { used: MB });
  // The first one was read.
  expect(recallsOf(recalls)).toEqual([true, true]);
  const changes: [sql: string, value: string][] = [
    [`update charging.account set caps_spending = false where account_id = $1`, family.account.accountId],
    [`update charging.group_period set counters = counters where account_id = $1`, family.account.accountId],
  ];
  const forgotten = jest.spyOn(BatchRecall.prototype, 'forget');
  for (const [at, [sql, value]] of changes.entries()) {
    // What somebody else changed is read for a while.
    letTimePass();
    await world.create(0, { requested: MB });
    await operator.sql(sql, [value]);
    const told = await world.create(0, { requested: MB });
    expect([at, told]).toEqual([at, expect.arrayContaining([201])]);
    expect([at, forgotten.mock.calls.length]).toEqual([at, at + 1]);
  }
  await operator.settle();
  expect(await auditDifferences(operator)).toEqual([]);
});

it('finds accounts again whose rows have been moved, as VACUUM FULL does, and remembers where', async () => {
  const family = await sellFamily(operator, ['main', 'sub1', 'broadband'], { online: ['sub1'] });
  await operator.settle();
  const memory = new SessionMemory();
  const world = new World(operator, family, [instance(memory)], newId());
  const recalls = recalled.at(-1);
  const known = (): unknown => memory.accounts.peek(family.account.accountId);
  const stored = async (): Promise<unknown> =>
    (
      await operator.sql(
        'select xmin::text as version, ctid::text as place from charging.account where account_id = $1',
        [family.account.accountId],
      )
    )[0];
  await world.create(0, { requested: MB });
  expect(known()).toMatchObject((await stored()) as object);
  // Dead rows before it are left out.
  await operator.sql('update charging.account set caps_spending = caps_spending');
  await operator.sql('vacuum full charging.account');
  const forgotten = jest.spyOn(BatchRecall.prototype, 'forget');
  expect(await world.create(0, { requested: MB })).toEqual(expect.arrayContaining([201]));
  expect(forgotten).toHaveBeenCalledTimes(1);
  expect(known()).toMatchObject((await stored()) as object);
  // Its card group is read for a while.
  letTimePass();
  await world.create(0, { requested: MB });
  expect(await world.report(0, 0, 'release', { used: MB })).toEqual(expect.arrayContaining([204]));
  expect([recallsOf(recalls).at(-1), forgotten.mock.calls.length]).toEqual([true, 1]);
  expect(await auditDifferences(operator)).toEqual([]);
});

it('looks for the account of a card group where it lies, in no index', async () => {
  const plan = await operator.get(Transactions).run(async (tx) => {
    await planByKeys(tx);
    return tx.query<{ 'QUERY PLAN': string }>(`explain (generic_plan) ${UPDATE_GROUPS.text}`);
  });
  expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toMatch(
    /Tid Scan on account a .*\n\s+TID Cond: \(ctid = new\.account_place\)/,
  );
});

it('sees what another one wrote while it waited for the lock', async () => {
  const family = await sellFamily(operator, ['main', 'sub1', 'broadband'], {
    online: ['sub1'],
    account: { paymentMode: 'prepaid' },
  });
  await operator.settle();
  const world = new World(operator, family, [instance(new SessionMemory())], newId());
  const full = (granted: number) => [
    200,
    undefined,
    [expect.objectContaining({ resultCode: 'SUCCESS', grantedUnit: { totalVolume: granted } })],
  ];
  await world.create(0, { requested: MB });
  expect(await world.report(0, 0, 'update', { requested: 2 * MB })).toEqual(full(2 * MB));
  const cardGroupId = family.products['main']?.cardGroupId ?? '';
  const key = { lane: family.account.lane, cardGroupId, period: '2026-06' };
  let told: Promise<unknown> = Promise.resolve();
  await operator.get(Transactions).run(async (tx) => {
    await findGroupPeriods(tx, [key], { lock: true });
    told = world.report(0, 0, 'update', { requested: 3 * MB });
    await waitsForLock(operator);
    await tx.execute(
      `update charging.bucket set granted = granted - remaining + 1024, remaining = 1024 where lane = $1 and card_group_id = $2
         and unit = 'kb' and granted > 0 and period = $3`,
      [key.lane, cardGroupId, key.period],
    );
    await tx.execute(`update charging.group_period set bucket_rows = null where card_group_id = $1`, [
      cardGroupId,
    ]);
    await markForRerate(tx, [key]);
  });
  expect(await told).toEqual(full(MB));
});
