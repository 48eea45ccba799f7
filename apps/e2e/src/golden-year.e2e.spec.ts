import { applyDocuments, audit, OperatorApi, runBills, settle } from '@ronghe/journey';
import { allDomains } from '@ronghe/operator';
import { spawnOperator, TEST_PASSWORD, type SpawnedOperator } from '@ronghe/testing';
import { documentFiles } from './demonstration';
import { asWorkedOut, booksOf, bucketsOf, standingOf, taxOfLines, unexplained } from './golden-year/books';
import { FamilyYear } from './golden-year/family-year';
import { expectedYear, story, storyDocuments, type YearMonth } from './golden-year/story';
import { stockHall } from './stock';

/** A family lives through `testdata/golden/year`: each month is told, billed, and compared with what was worked out by hand. */
describe('a family from June 2026 to June 2027', () => {
  let operator: SpawnedOperator;
  let api: OperatorApi;
  let family: FamilyYear;

  beforeAll(async () => {
    operator = await spawnOperator({ shape: 'suite', domains: allDomains });
    api = new OperatorApi({ url: operator.url, password: TEST_PASSWORD });
    await applyDocuments(api, [...documentFiles(), ...storyDocuments()]);
    await stockHall(api, { sims: 5 });
    await settle(api);
    family = new FamilyYear(api, operator.simulatorUrl, story);
  }, 180_000);
  afterAll(() => operator?.stop());

  /** The books of a month in the shape of the worked-out ones. */
  async function monthAsItIs({ period, buckets }: YearMonth): Promise<YearMonth> {
    const books = await booksOf(api, family.accountId);
    const { balance, payments } = await standingOf(api, family.accountId);
    const bill = books.find((each) => each.kind === 'BILL' && each.period === period);
    const periods = [...new Set(buckets.map((bucket) => bucket.period))];
    const found = [];
    for (const each of periods) {
      found.push(...(await bucketsOf(api, family.accountId, each, (id) => family.cardOf(id))));
    }
    return {
      period,
      bill: bill ? asWorkedOut(bill) : null,
      due: bill?.due ?? null,
      creditNotes: books
        .filter((each) => each.kind === 'CREDIT_NOTE' && localMonth(each.issuedAt) === period)
        .map(asWorkedOut),
      payments: payments
        .filter(({ valueDate }) => valueDate.startsWith(period))
        .map(({ valueDate, amount }) => ({ on: valueDate, amount }))
        .sort((a, b) => a.on.localeCompare(b.on)),
      balance,
      buckets: found,
    };
  }

  it.each(story.map((month) => [month.month, month.title, month] as const))(
    '%s: %s',
    async (_, __, month) => {
      const expected = expectedYear.find(({ period }) => period === month.month);
      if (!expected) throw new Error(`${month.month} was not worked out`);
      const { sights, preview } = await family.live(month);
      for (const { expected: told, seen } of sights) expect(seen).toEqual(told);
      expect(await monthAsItIs(expected)).toEqual(expected);
      expect(preview).toEqual(expected.bill ?? { lines: [], taxes: [], total: '0.00' });
    },
    180_000,
  );

  it('has bills whose lines explain themselves and whose taxes add up, and none that another run adds to', async () => {
    const books = await booksOf(api, family.accountId);
    for (const bill of books) {
      expect(await unexplained(api, bill)).toEqual([]);
      expect(taxOfLines(bill)).toEqual(bill.taxes.map(({ percent, tax }) => ({ percent, tax })));
    }
    for (const { month } of story)
      expect([month, await runBills(api, month, `again ${month}`)]).toEqual([month, 0]);
    expect((await audit(api)).differences).toEqual([]);
  }, 180_000);
});

function localMonth(instant: string): string {
  return new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 7);
}
