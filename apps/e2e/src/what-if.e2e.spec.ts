import { amountFromDecimal, moneyFromDecimal, sumMoney, type Money } from '@ronghe/kernel';
import {
  applyDocuments,
  audit,
  billsOf,
  closeSource,
  deliverUsage,
  midnight,
  moveClock,
  OperatorApi,
  settle,
  type DocumentFile,
} from '@ronghe/journey';
import { allDomains } from '@ronghe/operator';
import { spawnOperator, TEST_PASSWORD, type SpawnedOperator } from '@ronghe/testing';
import { orderOf, placeOrder, registerParty, type Party } from './counter';
import { documentFiles } from './demonstration';
import { applyRerating, MENDED_PLAN, mendedFiles, previewed, publishFiles } from './mended-plan';
import { stockHall } from './stock';
import { tryDrafts } from './trial';

const HEADER = 'record_id,type,number,peer,start,duration_s,volume_kb,messages';

/** A tenth off plan and calls, at most 23.45, for whoever owes 100 yuan for them. */
const DISCOUNT = {
  path: 'policy/discount-calls.yaml',
  text: `kind: discount
code: calls
version: 1
effectiveFrom: 2026-06-29
label: { en: Calls, zh-CN: 通话优惠 }
scope: account
when: [{ totalAtLeast: 100.00 }]
takes: 10 %
on: { chargeClasses: [voice out of bundle, plan fee] }
priority: 10
atMost: 23.45
`,
};

describe('drafts over a month, and the bills that come of them', () => {
  let operator: SpawnedOperator;
  let api: OperatorApi;
  const parties: Party[] = [];

  beforeAll(async () => {
    operator = await spawnOperator({ shape: 'suite', domains: allDomains });
    api = new OperatorApi({ url: operator.url, password: TEST_PASSWORD });
    await applyDocuments(api, documentFiles());
    await stockHall(api, { sims: 3 });
    await settle(api);
    // The first calls little, the second much, the third begins in the middle of the month and pays fees by days.
    const calls = [
      ...(await subscribe('1', '2026-06-02', 3)),
      ...(await subscribe('2', '2026-06-02', 20)),
      ...(await subscribe('3', '2026-06-17', 11)),
    ];
    await moveClock(api, midnight('2026-06-29'));
    await deliverUsage(api, 'june.csv', [HEADER, ...calls, ''].join('\n'), 'june');
    await settle(api);
  }, 240_000);
  afterAll(() => operator?.stop());

  /** Sells a plan on a day; the lines of so many hour-long calls from the next day on. */
  async function subscribe(code: string, day: string, calls: number): Promise<string[]> {
    await moveClock(api, midnight(day));
    const party = await registerParty(api, code);
    parties.push(party);
    const orderId = await placeOrder(api, party, code, { offerings: [MENDED_PLAN] });
    await settle(api);
    const { items } = await orderOf(api, orderId);
    const number = items
      .flatMap((item) => item.resources)
      .find(({ kind }) => kind === 'mobile_number')?.value;
    const first = Number(day.slice(-2)) + 1;
    return Array.from({ length: calls }, (_, call) => {
      const hour = String(8 + Math.floor(call / 10)).padStart(2, '0');
      const start = `2026-06-${String(first + (call % 10)).padStart(2, '0')}T${hour}:00:00+08:00`;
      return `${code}-${call},voice,${number ?? ''},10086,${start},3599,,`;
    });
  }

  async function close(period: string, end: string): Promise<void> {
    await moveClock(api, midnight(end));
    await closeSource(api, midnight(end), `close ${period}`);
    await settle(api);
    await moveClock(api, midnight(end.replace(/01$/, '03')));
    await settle(api);
  }

  /** What each account was billed for a service period, by all its bills. */
  async function billedFor(service: string): Promise<Map<string, Money>> {
    const billed = new Map<string, Money>();
    for (const { accountId } of parties) {
      const lines = (await billsOf(api, accountId)).flatMap((bill) => bill.lines);
      const nets = lines.filter(({ servicePeriod }) => servicePeriod === service).map(({ net }) => net);
      billed.set(accountId, sumMoney(nets.map(moneyFromDecimal)));
    }
    return billed;
  }

  const amountsOf = (changes: { accountId: string; after: string }[]) =>
    new Map(changes.map(({ accountId, after }) => [accountId, moneyFromDecimal(after)]));

  it('foretells a discount and a mended plan, account by account, to the fen', async () => {
    const drafts: DocumentFile[] = [DISCOUNT, ...mendedFiles(2, ['109.00'])];
    const trial = await tryDrafts(api, '2026-06', drafts);
    expect(trial.policies).toEqual(['calls@1']);
    expect(trial.figures.accounts).toMatchObject({ changed: 3, problems: 0 });
    expect(Number(trial.figures.discounts.after)).toBeLessThan(0);
    const { usage, fees, discounts, rounding, revenue } = trial.figures;
    for (const side of ['before', 'after'] as const) {
      const parts = [usage, fees, discounts, rounding].map((each) => amountFromDecimal(each[side]));
      expect(parts.reduce((sum, each) => sum + each, 0n)).toBe(amountFromDecimal(revenue[side]));
    }

    await publishFiles(api, drafts, 'drafts');
    await settle(api);
    const rerating = await previewed(api, 'mended');
    await applyRerating(api, rerating.reratingId, 'apply');
    await settle(api);
    await close('2026-06', '2026-07-01');

    const billed = await billedFor('2026-06');
    expect(amountsOf(trial.figures.accounts.mostFalling)).toEqual(billed);
    expect(moneyFromDecimal(trial.figures.revenue.after)).toBe(sumMoney([...billed.values()]));
  }, 180_000);

  it('shows a month as it was billed when nothing is drafted', async () => {
    const trial = await tryDrafts(api, '2026-06');
    const billed = sumMoney([...(await billedFor('2026-06')).values()]);
    expect(moneyFromDecimal(trial.figures.revenue.before)).toBe(billed);
    expect(trial.figures.revenue.delta).toBe('0.00');
    expect(trial.figures.lines.filter(({ delta }) => delta !== '0.00')).toEqual([]);
    expect(trial.figures.accounts.changed).toBe(0);
  });

  it('foretells what a correction of a fee gives back on the next bill', async () => {
    const drafts = mendedFiles(3, ['109.00', '99.00']);
    const trial = await tryDrafts(api, '2026-06', drafts);
    const before = await billedFor('2026-06');
    await publishFiles(api, drafts, 'drafts again');
    await settle(api);
    const rerating = await previewed(api, 'mended again');
    await applyRerating(api, rerating.reratingId, 'apply again');
    await settle(api);
    await close('2026-07', '2026-08-01');
    const billed = await billedFor('2026-06');
    const { mostRising, mostFalling } = trial.figures.accounts;
    expect(amountsOf([...mostRising, ...mostFalling])).toEqual(billed);
    // The first one owes less than 100 yuan by the lower fee, and loses the discount.
    expect(amountsOf(mostRising)).toEqual(new Map([[parties[0]?.accountId, 9570n]]));
    expect(before.get(parties[0]?.accountId ?? '')).toBe(9483n);
    expect((await audit(api)).differences).toEqual([]);
  }, 180_000);
});
