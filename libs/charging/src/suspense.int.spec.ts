import { startOperator, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from './charging.domain';
import { auditDifferences, publishDocuments, sellFamily, type Family } from './family.fixture';
import { PartsSource } from './parts-source.fixture';

/** Parts of calls that were set aside, and what becomes of their calls when they are worked off. */

let operator: TestOperator;
let family: Family;
/** Its calls are charged online. */
let charged: Family;
let parts: PartsSource;
let number: string;
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  parts = new PartsSource(operator);
  await parts.publish();
  family = await sellFamily(operator, ['main']);
  charged = await sellFamily(operator, ['main'], { online: ['main'], onlineClasses: ['voice'] });
  number = family.numberOf('main');
  await operator.settle();
  await operator.moveClock('2026-06-20T12:00:00+08:00');
});
afterAll(() => operator?.stop());
afterEach(async () => {
  expect(await auditDifferences(operator)).toEqual([]);
});

describe('a recycled part that completes its call', () => {
  it.each([
    ['unknown_subscriber', 'a', '8613700000000', '2026-06-20T09:00:00+08:00'],
    ['in_future', 'b', null, '2026-06-29T09:00:00+08:00'],
  ])('leaves the call set aside where it cannot be rated: %s', async (reason, id, other, start) => {
    const who = other ?? number;
    const first = await parts.send(`${id}1,voice,${who},${start},60,${id},1,0`);
    await parts.send(`${id}2,voice,${who},${start},many,${id},2,1`);
    await parts.correct(`${id}2`, 'seconds', '30');
    await parts.recycle(`${id}2`);
    expect(await parts.setAside(id)).toMatchObject([
      { recordId: `${id}1`, reason, state: 'open' },
      { recordId: `${id}2`, state: 'combined' },
    ]);
    expect(await parts.file(first.fileId)).toMatchObject({ read: 1, rated: 0, waiting: 0, suspended: 1 });
  });
});

describe('a suspended part that is worked off alone', () => {
  const line = (id: string, part: number, isLast: boolean, { call = id, seconds = 600, who = number } = {}) =>
    `${id}${part},voice,${who},2026-06-20T09:0${part}:00+08:00,${seconds},${call},${part},${Number(isLast)}`;
  /** Lets calls wait until they are flagged. */
  const pass = async () => {
    hour += 3;
    await operator.moveClock(
      `2026-06-${20 + Math.floor(hour / 24)}T${String(hour % 24).padStart(2, '0')}:00:00+08:00`,
    );
    await operator.settle();
  };
  let hour = 12;
  const rated = (prefix: string) =>
    operator.sql<{ id: string; seconds: number }>(
      `select record_id as id, quantity::integer as seconds from charging.rated_usage where record_id like $1 order by 1`,
      [`${prefix}%`],
    );

  it('is missing in its call once it is given up', async () => {
    await parts.send(line('d', 1, false), line('d', 3, true));
    await pass();
    await parts.discard('d1', 'd3');
    const late = await parts.send(line('d', 2, false));
    expect(late).toMatchObject({ read: 1, rated: 0, waiting: 1 });
    expect(await rated('d')).toEqual([]);
    await pass();
    expect(await parts.setAside('d')).toMatchObject([
      { recordId: 'd1', state: 'discarded' },
      { recordId: 'd2', state: 'open', detail: 'part 1 and the last part of the call is missing' },
      { recordId: 'd3', state: 'discarded' },
    ]);
  });

  it('is missing in its call once it is rated alone', async () => {
    const first = await parts.send(line('e', 1, false));
    await pass();
    await parts.correct('e1', 'call', '');
    await parts.recycle('e1');
    expect(await rated('e')).toEqual([{ id: 'e1', seconds: 600 }]);
    await parts.send(line('e', 2, true, { seconds: 60 }));
    await pass();
    expect(await rated('e')).toEqual([{ id: 'e1', seconds: 600 }]);
    expect(await parts.file(first.fileId)).toMatchObject({ read: 1, rated: 1, suspended: 0 });
    expect(await parts.setAside('e2')).toMatchObject([{ reason: 'part_missing', state: 'open' }]);
  });

  it('is missing in its call once it is reconciled alone', async () => {
    const who = charged.numberOf('main');
    await parts.send(line('f', 1, false, { who }));
    await pass();
    await parts.correct('f1', 'call', '');
    await parts.recycle('f1');
    const late = await parts.send(line('f', 2, true, { who }));
    expect(late).toMatchObject({ state: 'collected', read: 1, waiting: 1, reconciled: 0 });
  });

  it.each([
    ['id', 'g', 'g9'],
    ['call', 'h', 'elsewhere'],
  ])('leaves its call when its %s is corrected', async (column, id, value) => {
    await parts.send(line(id, 1, false));
    await pass();
    await parts.correct(`${id}1`, column, value);
    await parts.recycle(column === 'id' ? value : `${id}1`);
    await parts.send(line(id, 2, true));
    expect((await rated(id)).map((row) => row.id)).toEqual(column === 'id' ? ['g9'] : []);
    await pass();
  });

  it('lets the others wait again where it stood for the whole call', async () => {
    const who = '8613700000000';
    const file = await parts.send(line('i', 1, false, { who }), line('i', 2, true, { who }));
    expect(file).toMatchObject({ waiting: 0, suspended: 1, combined: 1 });
    await parts.correct('i1', 'call', '');
    await parts.correct('i1', 'number', number);
    await parts.recycle('i1');
    expect(await rated('i')).toEqual([{ id: 'i1', seconds: 600 }]);
    await pass();
    expect(await parts.file(file.fileId)).toMatchObject({ rated: 1, waiting: 0, suspended: 1, combined: 0 });
    expect(await parts.setAside('i2')).toMatchObject([{ reason: 'part_missing', state: 'open' }]);
  });

  it('ends with its call whatever it was corrected to meanwhile', async () => {
    await parts.send(line('j', 1, false), line('j', 3, true));
    await pass();
    await parts.correct('j3', 'part', '1');
    await parts.recycle('j3');
    expect(await parts.setAside('j3')).toMatchObject([{ reason: 'part_conflict', state: 'open' }]);
    await parts.send(line('j', 2, false));
    expect(await parts.setAside('j')).toMatchObject([{ state: 'rated' }, { state: 'combined' }]);
  });
});
