import { amountFromDecimal } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from '../charging.domain';
import { auditDifferences, deliver, publishDocuments, sellFamily, usageCsv } from '../family.fixture';
import { ReratingApplication } from './rerating-apply.service';
import { command, corrected, give, look, PLAN, preview, publishOffer } from './rerating.fixture';

/** What follows from applying a re-rating: once, in money, and in explanations. */

let operator: TestOperator;

beforeEach(async () => {
  operator = await startOperator({ domains: [chargingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  const first = await sellFamily(operator, ['main', 'sub1']);
  const second = await sellFamily(operator, ['main'], { bundle: false });
  await operator.settle();
  await operator.moveClock('2026-07-01T00:00:00+08:00');
  await deliver(operator, usageCsv(records('a', 12), first), 'first.csv');
  await deliver(operator, usageCsv(records('b', 12), second), 'second.csv');
});
afterEach(async () => {
  expect(await auditDifferences(operator)).toEqual([]);
  await operator.stop();
});

const at = (day: number, month = '06') => `2026-${month}-${String(day).padStart(2, '0')}T08:00:00+08:00`;

/** Twelve calls of 200 minutes each cross the allowance; a message beside them is none of the tariff's business. */
function records(prefix: string, count: number): string[] {
  const calls = Array.from({ length: count }, (_, n) => `${prefix}v${n},voice,main,,${at(12 + n)},12000,,`);
  return [...calls, `${prefix}s1,sms,main,,${at(13)},,,1`];
}

it('applies once, however often and from wherever the job comes', async () => {
  await publishOffer(operator, corrected('0.10'));
  const shown = await preview(operator, { offeringCode: PLAN });
  const application = operator.get(ReratingApplication);
  await give(operator, 'applyRerating', shown.reratingId);
  await Promise.all(Array.from({ length: 4 }, () => application.work(shown.reratingId)));
  await operator.settle();
  const { reratingId } = shown;
  expect((await look(operator, reratingId)).summary).toEqual({ ...shown.summary, applied: 4 });
  const [journal] = await operator.sql<{ sum: string; rows: string }>(
    `select sum(amount_delta) as sum, count(*) as rows from charging.rerate where cause = $1`,
    [`rerating ${reratingId}`],
  );
  expect(journal).toEqual({ sum: amountFromDecimal(shown.summary.delta).toString(), rows: '2' });
});

it('gives a prepaid account its money back', async () => {
  await operator.moveClock('2026-07-02T00:00:00+08:00');
  const prepaid = await sellFamily(operator, ['main'], {
    bundle: false,
    account: { paymentMode: 'prepaid' },
  });
  await operator.settle();
  const money = async (): Promise<bigint> => {
    const [row] = await operator.sql<{ sum: string }>(
      `select sum(remaining - overrun) as sum from charging.money_bucket where account_id = $1`,
      [prepaid.account.accountId],
    );
    return BigInt(row?.sum ?? 0);
  };
  await deliver(operator, usageCsv(records('p', 12), prepaid), 'prepaid.csv');
  const before = await money();
  expect(before).toBeLessThan(0n);
  await publishOffer(operator, corrected('0.10'));
  const shown = await preview(operator, { accountId: prepaid.account.accountId });
  expect(await money()).toBe(before);
  await command(operator, 'applyRerating', shown.reratingId);
  expect(await money()).toBe(before - amountFromDecimal(shown.summary.delta));
  await publishOffer(operator, corrected('0.20', { version: 3 }));
  const dearer = await preview(operator, { accountId: prepaid.account.accountId });
  await command(operator, 'applyRerating', dearer.reratingId);
  const both = amountFromDecimal(shown.summary.delta) + amountFromDecimal(dearer.summary.delta);
  expect(await money()).toBe(before - both);
});

it('explains by the version that holds, and says what waits to be re-rated', async () => {
  await publishOffer(operator, corrected('0.10'));
  const [last] = await operator.sql<{ usage_id: string }>(
    `select usage_id from charging.rated_usage where record_id = 'bv11'`,
  );
  const explain = async (language: string) => {
    const answer = await operator.graphql<{ explainUsage: unknown }>(
      `query ($id: ID!, $language: String!) { explainUsage(usageId: $id) { matches awaitsRerating recomputed
         usage { amount } price { offeringCode offeringVersion soldOfferingVersion reason(language: $language) }
         sources { bucket units offeringVersion } steps { op inputs { name value } } } }`,
      { id: last?.usage_id, language },
    );
    return answer.data?.explainUsage;
  };
  const price = { offeringCode: PLAN, offeringVersion: 2, soldOfferingVersion: 1 };
  expect(await explain('en')).toMatchObject({
    matches: false,
    awaitsRerating: true,
    usage: { amount: '30.00' },
    recomputed: '20.00',
    price: { ...price, reason: `main was sold under ${PLAN} version 1, which version 2 mends` },
  });
  const shown = await preview(operator, { offeringCode: PLAN });
  await command(operator, 'applyRerating', shown.reratingId);
  expect(await explain('zh-CN')).toMatchObject({
    matches: true,
    awaitsRerating: false,
    usage: { amount: '20.00' },
    recomputed: '20.00',
    price: { ...price, reason: `main 按 ${PLAN} 第 1 版办理，已由第 2 版更正` },
  });
});
