import { startOperator, type TestOperator } from '@ronghe/testing';
import type { QueryRunner } from 'typeorm';
import { chargingDomain } from './charging.domain';
import { auditDifferences, publishDocuments, sellFamily, type Family } from './family.fixture';
import { EndSuspenseOfEndedParts1700000000408 } from './migrations/1700000000408-end-suspense-of-ended-parts';
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
  const endLeftOpen = () =>
    new EndSuspenseOfEndedParts1700000000408().up({
      query: (text: string) => operator.sql(text),
    } as QueryRunner);
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

  it('lets the others wait again where it is given up and stood for the whole call', async () => {
    const who = '8613700000000';
    const file = await parts.send(line('k', 1, false, { who }), line('k', 2, true, { who }));
    expect(file).toMatchObject({ waiting: 0, suspended: 1, combined: 1 });
    await parts.discard('k1');
    await pass();
    // What was given up stays counted as set aside.
    expect(await parts.file(file.fileId)).toMatchObject({ read: 2, waiting: 0, suspended: 2, combined: 0 });
    expect(await parts.setAside('k')).toMatchObject([
      { recordId: 'k1', state: 'discarded' },
      { recordId: 'k2', state: 'open', reason: 'part_missing' },
    ]);
  });

  it('stays in a call that became one event, though its suspense was left open', async () => {
    const file = await parts.send(line('m', 1, false), line('m', 2, true));
    const ended = { read: 2, rated: 1, combined: 1, waiting: 0, suspended: 0 };
    expect(file).toMatchObject(ended);
    const leaveOpen = (id: string) =>
      operator.sql(
        `insert into charging.suspended_usage (suspense_id, source, file_id, line_number, record_id, reason, detail, line,
           cells, holds_key, state, suspended_at)
         select gen_random_uuid(), source, file_id, line_number, record_id, 'part_conflict', '', line, cells, true, 'open', now()
         from charging.usage_part where source = 'parts' and record_id = $1`,
        [id],
      );
    const states = () =>
      operator.sql(
        `select p.state, c.state as call from charging.usage_part p join charging.usage_call c using (source, call_id)
         where c.source = 'parts' and c.call_id = 'm' order by part_number`,
      );
    const both = [
      { state: 'rated', call: 'done' },
      { state: 'combined', call: 'done' },
    ];
    await leaveOpen('m1');
    await parts.discard('m1');
    expect(await states()).toEqual(both);
    await leaveOpen('m2');
    await parts.discard('m2');
    expect(await states()).toEqual(both);
    expect(await parts.file(file.fileId)).toMatchObject(ended);
    expect(await rated('m')).toEqual([{ id: 'm1', seconds: 1200 }]);
    // As it was left before: the migration ends it.
    await operator.sql(`update charging.suspended_usage set state = 'open' where record_id in ('m1', 'm2')`);
    await endLeftOpen();
    expect(await parts.setAside('m')).toMatchObject([{ state: 'rated' }, { state: 'combined' }]);
    expect(await states()).toEqual(both);
  });

  it('is taken out of its call by the migration where it was given up before', async () => {
    await parts.send(line('n', 1, false), line('n', 2, false));
    await pass();
    await operator.sql(`update charging.suspended_usage set state = 'discarded' where record_id = 'n1'`);
    await endLeftOpen();
    const left = await operator.sql(`select record_id from charging.usage_part where call_id = 'n'`);
    expect(left).toEqual([{ record_id: 'n2' }]);
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
