import type { UsageTotal } from '@ronghe/contracts';
import { addMs, billPeriodOf, type BillCycle } from '@ronghe/kernel';
import { Transactions } from '@ronghe/platform';
import {
  createTestDatabase,
  faultSeeds,
  randomFrom,
  startOperator,
  type TestDatabase,
  type TestOperator,
} from '@ronghe/testing';
import { cycle } from '../../test/documents';
import { familyOf, inLane, usageTotalsOf, type Family } from '../../test/golden-family';
import { KillableWorkers } from './killable-workers.fixture';
import { closeSource, publishDocuments, publishFamily, publishUsage } from '../../test/publish';
import { BillingAudit } from '../billing.audit.service';
import { billingDomain } from '../index';

/**
 * R1 of SEMANTICS §11: two workers carry out runs and are killed with -9 at random points of them, one or both, until all are
 * over. Each seed has a run of its own, a month of a cycle, and adds a kill; five runs go on at once, number their bills from
 * one series and meet each other's kills. Rounds of months follow over one database.
 */
const BILL_DAYS = [1, 3, 5, 7, 9];
const ACCOUNTS = 120;
/** Over all four ranges; few enough that a run takes a second. */
const LANES = 12;
const WORKERS = 2;
/** Kills fall within so long of a (re)start: about as long as undisturbed runs take. */
const UNDISTURBED_MS = 1_200;
const TIMEOUT_MS = 240_000;
/** 50 seeds where others try 20: runs are what the product is judged by. */
const SEEDS_SHARE = 2.5;
const POLL_MS = 50;
const DAY_MS = 86_400_000;

/** A seed's run: which cycle, and the chance that decides its usage and its kill. */
interface SeedRun {
  seed: number;
  cycle: BillCycle;
  random: () => number;
}
interface Round {
  period: string;
  seeds: string;
  runs: SeedRun[];
}

const rounds = roundsOf(faultSeeds(SEEDS_SHARE));
const cycles = BILL_DAYS.slice(0, rounds[0]?.runs.length).map((billDay): BillCycle => ({
  ...cycle,
  billDay,
}));
const families = cycles.flatMap(({ billDay }, no) =>
  Array.from({ length: ACCOUNTS }, (_, at): Family => {
    const family = familyOf(no * ACCOUNTS + at + 1);
    const { account, products, lane } = inLane(family, (at % LANES) * 85);
    return { account: { ...account, billDay }, products: products.slice(0, 3), lane };
  }),
);

describe('kill -9 while runs are carried out by two workers', () => {
  let database: TestDatabase;
  let operator: TestOperator;
  let workers: KillableWorkers;

  beforeAll(async () => {
    database = await createTestDatabase([billingDomain]);
    const options = { domains: [billingDomain], databaseUrl: database.url };
    // Past every cut-off: the schedule catches up, and all runs wait for the usage of their months.
    const startsAt = addMs(lastEnd(rounds.at(-1)?.period ?? ''), DAY_MS);
    const preparing = await startOperator({ ...options, startsAt });
    await publishDocuments(preparing);
    for (const family of families) await publishFamily(preparing, family);
    await preparing.settle();
    await preparing.stop();
    operator = await startOperator({ ...options, roles: ['api'] });
    workers = new KillableWorkers(database.url, WORKERS);
  }, TIMEOUT_MS);

  afterAll(async () => {
    await workers?.stop();
    await operator?.stop();
    await database?.drop();
  });

  const untilOver = async (period: string, deadline = Infinity): Promise<boolean> => {
    for (;;) {
      const runs = await operator.sql<{ state: string }>(
        'select state from billing.bill_run where period = $1',
        [period],
      );
      if (runs.every(({ state }) => state === 'completed')) return true;
      if (Date.now() >= deadline) return false;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  };

  it.each(rounds)(
    'bills every account once: seeds $seeds, $period',
    async ({ period, runs }) => {
      for (const { cycle: own, random } of runs) {
        const members = families.filter(({ account }) => account.billDay === own.billDay);
        for (const family of members.filter(() => random() < 0.2))
          await publishUsage(operator, family, { period, version: 1, totals: usageIn(period, family) });
      }
      await workers.start();
      await closeSource(operator, lastEnd(period));
      for (const { random } of runs) {
        if (await untilOver(period, Date.now() + random() * UNDISTURBED_MS)) break;
        const isBoth = random() < 0.4;
        const first = random() < 0.5 ? 0 : 1;
        await Promise.all([workers.kill(first), ...(isBoth ? [workers.kill(1 - first)] : [])]);
        await workers.start();
      }
      await untilOver(period);
      await operator.settle();
      await expectBilledOnce(period);
    },
    TIMEOUT_MS,
  );

  async function expectBilledOnce(period: string): Promise<void> {
    const count = cycles.length;
    const bills = await operator.sql(
      `select run.due_accounts as due, count(*)::integer as bills, count(distinct bill.account_id)::integer as accounts,
              count(*) filter (where bill.state <> 'published')::integer as unpublished,
              (sum(total_fen) - (select sum(net_fen) from billing.bill_line join billing.bill as own using (lane, bill_id)
                                 where own.run_id = run.run_id))::text as difference
       from billing.bill join billing.bill_run as run using (run_id) where run.period = $1 group by run.run_id`,
      [period],
    );
    const once = { due: ACCOUNTS, bills: ACCOUNTS, accounts: ACCOUNTS, unpublished: 0, difference: '0' };
    expect(bills).toEqual(Array(count).fill(once));
    const numbers = await operator.sql(
      `select count(distinct number)::integer as numbers, max(right(number, 8))::integer as highest
       from billing.bill join billing.bill_run as run using (run_id) where run.period = $1`,
      [period],
    );
    expect(numbers).toEqual([{ numbers: count * ACCOUNTS, highest: count * ACCOUNTS }]);
    const facts = await operator.sql(
      `select count(*)::integer as facts, count(distinct payload->>'billId')::integer as bills
       from billing.outbox where payload->>'period' = $1`,
      [period],
    );
    expect(facts).toEqual([{ facts: count * ACCOUNTS, bills: count * ACCOUNTS }]);
    const audit = await operator.get(Transactions).read((tx) => operator.get(BillingAudit).audit(tx));
    expect(audit.checks.filter(({ left, right }) => left !== right)).toEqual([]);
  }
});

function roundsOf(seeds: readonly number[]): Round[] {
  const size = BILL_DAYS.length;
  return Array.from({ length: Math.ceil(seeds.length / size) }, (_, at) => {
    const own = seeds.slice(at * size, (at + 1) * size);
    const period = `${2026 + Math.floor((5 + at) / 12)}-${String(((5 + at) % 12) + 1).padStart(2, '0')}`;
    const runs = own.map((seed, no) => ({
      seed,
      cycle: { ...cycle, billDay: BILL_DAYS[no] ?? 1 },
      random: randomFrom(seed),
    }));
    return { period, seeds: own.join(', '), runs };
  });
}

/** When the last cycle's month of that name is over. */
function lastEnd(period: string) {
  return billPeriodOf(period, { ...cycle, billDay: BILL_DAYS.at(-1) ?? 1 }).to;
}

function usageIn(period: string, family: Family): UsageTotal[] {
  const cards = new Set(family.products.map(({ card }) => card));
  return usageTotalsOf(family, '2026-06')
    .filter(({ card }) => cards.has(card))
    .map((total) => ({ ...total, period }));
}
