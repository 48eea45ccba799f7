import type { ProductState, ProductTerms } from '@ronghe/contracts';
import { instantFromIso } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from './charging.domain';
import {
  auditDifferences,
  deliver,
  publishDocuments,
  ratedByRecord,
  sellFamily,
  usageCsv,
  type Family,
} from './family.fixture';
import { offerOf, PLAN, publishOffer } from './rerating/rerating.fixture';

/** A card that has the same plan twice in one bill period, with another between, in two versions, or left for an hour. */

type Held = [offeringCode: string, offeringVersion: number, from: string];

let operator: TestOperator;
let family: Family;
let version: number;

beforeAll(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-07-25T00:00:00+08:00' });
  await publishDocuments(operator);
  await publishOffer(operator, { ...offerOf(PLAN), version: 2 });
  await publishOffer(operator, { ...offerOf(PLAN), code: 'other-plan', allowances: [] });
});
afterAll(() => operator?.stop());
beforeEach(async () => {
  family = await sellFamily(operator, ['main'], { from: at(1), bundle: false });
  version = 1;
  await operator.settle();
});
afterEach(async () => {
  expect(await parked()).toEqual([]);
  expect(await auditDifferences(operator)).toEqual([]);
});

const at = (day: number, hour = 0) =>
  `2026-07-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00+08:00`;

/** What ordering says of the card once it has had these terms, the last of them until now. */
async function holds(changedFrom: string, ...terms: Held[]): Promise<void> {
  const card = family.products['main'] as ProductState;
  const all = terms.map(([offeringCode, offeringVersion, from], index): ProductTerms => ({
    ...{ offeringCode, offeringVersion, role: card.role, bundleId: null },
    ...{ bundleOfferingCode: null, bundleOfferingVersion: null },
    ...{ from: instantFromIso(from), to: instantFromIso(terms[index + 1]?.[2] ?? from) },
  }));
  const [offeringCode, offeringVersion] = terms.at(-1) ?? [PLAN, 1];
  const payload = {
    ...{ ...card, offeringCode, offeringVersion, changedFrom: instantFromIso(changedFrom) },
    earlierTerms: all.slice(0, -1),
  };
  version += 1;
  const { productId, lane } = card;
  await operator.publish('product.changed.v1', { aggregateId: productId, lane, version, payload });
  await operator.settle();
}

/** A call of so many minutes on a day, told of now. */
async function call(id: string, day: number, minutes: number): Promise<void> {
  await deliver(
    operator,
    usageCsv([`${id},voice,main,,${at(day, 12)},${minutes * 60},,`], family),
    `${id}.csv`,
  );
}

async function minutes(): Promise<string[]> {
  const rows = await operator.sql<{ row: string }>(
    `select code || ' ' || remaining || '/' || granted as row from charging.bucket
     where account_id = $1 and unit = 'minute' and period = '2026-07' order by code collate "C"`,
    [family.account.accountId],
  );
  return rows.map(({ row }) => row);
}

const parked = () => operator.sql('select * from charging.feed_parked');

it('counts what was used before one version followed the other', async () => {
  await call('v1', 5, 100);
  await holds(at(11), [PLAN, 1, at(1)], [PLAN, 2, at(11)]);
  // 1,000 minutes × 10 and 21 of 31 days.
  expect(await minutes()).toEqual([`${PLAN}/voice 223/323`, `${PLAN}/voice/2026-07-11 678/678`]);
  await call('v2', 12, 8);
  await call('v3', 6, 3);
  expect(await minutes()).toEqual([`${PLAN}/voice 220/323`, `${PLAN}/voice/2026-07-11 670/678`]);
  expect(await ratedByRecord(operator)).toMatchObject({
    v1: `0 ${PLAN}/voice:100`,
    v2: `0 ${PLAN}/voice/2026-07-11:8`,
    v3: `0 ${PLAN}/voice:3`,
  });
});

it('has the minutes of the first part and of the last when the plan is there again', async () => {
  await call('b1', 4, 100);
  await holds(at(11), [PLAN, 1, at(1)], ['other-plan', 1, at(11)]);
  expect(await minutes()).toEqual([`${PLAN}/voice 223/323`]);
  await holds(at(21), [PLAN, 1, at(1)], ['other-plan', 1, at(11)], [PLAN, 1, at(21)]);
  await call('b2', 5, 10);
  await call('b3', 12, 10);
  await call('b4', 22, 10);
  expect(await minutes()).toEqual([`${PLAN}/voice 213/323`, `${PLAN}/voice/2026-07-21 345/355`]);
  expect(await ratedByRecord(operator)).toMatchObject({
    b1: `0 ${PLAN}/voice:100`,
    b2: `0 ${PLAN}/voice:10`,
    b3: '1500000 ',
    b4: `0 ${PLAN}/voice/2026-07-21:10`,
  });
});

it('has them too where it was left and taken again on one day', async () => {
  await call('c1', 4, 100);
  await holds(at(11), [PLAN, 1, at(1)], ['other-plan', 1, at(11)]);
  await holds(at(11), [PLAN, 1, at(1)], ['other-plan', 1, at(11)], [PLAN, 1, at(11)]);
  expect(await minutes()).toEqual([`${PLAN}/voice 223/323`, `${PLAN}/voice/2026-07-11 678/678`]);
});

it('is rated again where a change that is dated back puts a part before the others', async () => {
  await holds(at(1), ['other-plan', 1, at(1)]);
  await holds(at(21), ['other-plan', 1, at(1)], [PLAN, 1, at(21)]);
  await call('d1', 3, 10);
  await call('d2', 22, 20);
  expect(await minutes()).toEqual([`${PLAN}/voice 335/355`]);
  const told: Held[] = [
    ['other-plan', 1, at(1)],
    [PLAN, 1, at(2)],
    ['other-plan', 1, at(12)],
    [PLAN, 1, at(21)],
  ];
  await holds(at(2), ...told);
  const expected = [`${PLAN}/voice 313/323`, `${PLAN}/voice/2026-07-21 335/355`];
  expect(await minutes()).toEqual(expected);
  expect(await ratedByRecord(operator)).toMatchObject({
    d1: `0 ${PLAN}/voice:10`,
    d2: `0 ${PLAN}/voice/2026-07-21:20`,
  });
  // Said again, nothing moves.
  await holds(at(2), ...told);
  expect(await minutes()).toEqual(expected);
});
