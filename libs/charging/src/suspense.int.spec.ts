import { startOperator, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from './charging.domain';
import { auditDifferences, publishDocuments, sellFamily, type Family } from './family.fixture';
import { PartsSource } from './parts-source.fixture';

/** Parts of calls that were set aside, and what becomes of their calls when they are worked off. */

let operator: TestOperator;
let family: Family;
let parts: PartsSource;
let number: string;
beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  parts = new PartsSource(operator);
  await parts.publish();
  family = await sellFamily(operator, ['main']);
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
