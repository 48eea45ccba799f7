import type { UsageTotal } from '@ronghe/contracts';
import { addMs, billPeriodOf } from '@ronghe/kernel';
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
 * R1 of SEMANTICS §11: two workers carry out a run and are killed with -9 at random points of it, one or both, until
 * it is over. Every seed bills a month of its own, over one database.
 */
const ACCOUNTS = 300;
/** Over all four ranges; few enough that a run takes a second. */
const LANES = 12;
const WORKERS = 2;
const KILLS = 3;
/** Kills fall within so long of a (re)start: about as long as an undisturbed run takes. */
const UNDISTURBED_MS = 900;
const TIMEOUT_MS = 240_000;
const POLL_MS = 50;
const DAY_MS = 86_400_000;

const seeds = faultSeeds();
const months = seeds.map(
  (_, at) => `${2026 + Math.floor((5 + at) / 12)}-${String(((5 + at) % 12) + 1).padStart(2, '0')}`,
);
const families = Array.from({ length: ACCOUNTS }, (_, at) => {
  const family = familyOf(at + 1);
  return inLane({ ...family, products: family.products.slice(0, 3) }, (at % LANES) * 85);
});

describe('kill -9 while a run is carried out by two workers', () => {
  let database: TestDatabase;
  let operator: TestOperator;
  let workers: KillableWorkers;

  beforeAll(async () => {
    database = await createTestDatabase([billingDomain]);
    const options = { domains: [billingDomain], databaseUrl: database.url };
    const preparing = await startOperator({ ...options, startsAt: '2026-06-11T00:00:00+08:00' });
    await publishDocuments(preparing);
    for (const family of families) await publishFamily(preparing, family);
    await preparing.settle();
    // Past every cut-off: all runs are made and wait for the usage of their months.
    await preparing.moveClock(addMs(billPeriodOf(months.at(-1) ?? '', cycle).to, DAY_MS));
    await preparing.stop();
    operator = await startOperator({ ...options, roles: ['api'] });
    workers = new KillableWorkers(database.url, WORKERS);
  }, TIMEOUT_MS);

  afterAll(async () => {
    await workers?.stop();
    await operator?.stop();
    await database?.drop();
  });

  const runOf = async (period: string) => {
    const [run] = await operator.sql<{ run_id: string; state: string }>(
      `select run_id, state from billing.bill_run where period = $1`,
      [period],
    );
    if (!run) throw new Error(`no run of ${period}`);
    return run;
  };
  const untilOver = async (period: string, deadline = Infinity): Promise<boolean> => {
    for (;;) {
      if ((await runOf(period)).state === 'completed') return true;
      if (Date.now() >= deadline) return false;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  };

  it.each(seeds.map((seed, at) => [seed, months[at] ?? '']))(
    'bills every account once: seed %i, %s',
    async (seed, period) => {
      const random = randomFrom(seed);
      let t0 = Date.now();
      const lap = (n: string) => {
        process.stderr.write(n + ' ' + (Date.now() - t0) + '; ');
        t0 = Date.now();
      };
      const some = families.filter(() => random() < 0.2);
      for (const family of some)
        await publishUsage(operator, family, { period, version: 1, totals: usageIn(period, family) });
      lap('publish');
      await workers.start();
      lap('start');
      await closeSource(operator, billPeriodOf(period, cycle).to);
      let kills = 0;
      while (kills < KILLS && !(await untilOver(period, Date.now() + random() * UNDISTURBED_MS))) {
        const isBoth = random() < 0.5;
        const first = random() < 0.5 ? 0 : 1;
        await Promise.all([workers.kill(first), ...(isBoth ? [workers.kill(1 - first)] : [])]);
        kills += 1;
        lap('kill');
        await workers.start();
        lap('restart');
      }
      await untilOver(period);
      lap('over');
      await operator.settle();
      lap('settle');

      const { run_id } = await runOf(period);
      const [bills] = await operator.sql(
        `select count(*)::integer as bills, count(distinct account_id)::integer as accounts,
                count(*) filter (where state <> 'published')::integer as unpublished,
                count(distinct number)::integer as numbers, max(right(number, 8))::integer as highest,
                (sum(total_fen) - (select sum(net_fen) from billing.bill_line join billing.bill as own using (lane, bill_id)
                                   where own.run_id = $1))::text as difference
         from billing.bill where run_id = $1`,
        [run_id],
      );
      expect(bills).toEqual({
        bills: ACCOUNTS,
        accounts: ACCOUNTS,
        unpublished: 0,
        numbers: ACCOUNTS,
        highest: ACCOUNTS,
        difference: '0',
      });
      const facts = await operator.sql(
        `select count(*)::integer as facts, count(distinct payload->>'billId')::integer as bills
         from billing.outbox where payload->>'period' = $1`,
        [period],
      );
      expect(facts).toEqual([{ facts: ACCOUNTS, bills: ACCOUNTS }]);
      const audit = await operator.get(Transactions).read((tx) => operator.get(BillingAudit).audit(tx));
      lap('audit\n');
      expect(audit.checks.filter(({ left, right }) => left !== right)).toEqual([]);
    },
    TIMEOUT_MS,
  );
});

function usageIn(period: string, family: Family): UsageTotal[] {
  const cards = new Set(family.products.map(({ card }) => card));
  return usageTotalsOf(family, '2026-06')
    .filter(({ card }) => cards.has(card))
    .map((total) => ({ ...total, period }));
}
