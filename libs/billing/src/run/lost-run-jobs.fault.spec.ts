import { Transactions } from '@ronghe/platform';
import { emptyQueues, faultSeeds, randomFrom, startOperator, UnreliableFeeds } from '@ronghe/testing';
import { Desk } from '../../test/desk';
import { familyOf, inLane } from '../../test/golden-family';
import { closeSource, publishDocuments, publishFamily } from '../../test/publish';
import { BillingAudit } from '../billing.audit.service';
import { billingDomain } from '../index';
import { BillRunWorker } from './bill-run.worker';

/** R3 and R4 of billing: the queue loses everything; jobs and events come several times and out of order. */
const ACCOUNTS = 120;
const families = Array.from({ length: ACCOUNTS }, (_, at) => {
  const family = familyOf(at + 1);
  return inLane({ ...family, products: family.products.slice(0, 1) }, (at % 6) * 170);
});

it.each(faultSeeds())(
  'bills every account once, whatever becomes of its jobs and facts: seed %i',
  async (seed) => {
    const random = randomFrom(seed);
    const feedWrapper = new UnreliableFeeds(seed);
    const startsAt = '2026-06-11T00:00:00+08:00';
    const operator = await startOperator({ domains: [billingDomain], startsAt, feedWrapper });
    try {
      await publishDocuments(operator);
      for (const family of families) await publishFamily(operator, family);
      await operator.settle();
      await operator.moveClock('2026-07-01T06:00:00+08:00');
      const desk = new Desk(() => operator);
      const { id } = await desk.latestRun('2026-06');
      await closeSource(operator, '2026-07-01T00:00:00+08:00');
      const worker = operator.get(BillRunWorker);
      const deliveries = Array.from({ length: 6 }, async (_, at) => {
        await new Promise((resolve) => setTimeout(resolve, random() * 300));
        if (at % 3 === 0) await emptyQueues(operator);
        await worker.advanceRun({ runId: id, worker: at });
      });
      await Promise.all(deliveries);
      await operator.settle();
      expect(await desk.run(id)).toMatchObject({ state: 'COMPLETED', accounts: ACCOUNTS, added: ACCOUNTS });
      const [bills] = await operator.sql(
        `select count(*)::integer as bills, count(distinct account_id)::integer as accounts,
                max(right(number, 8))::integer as highest from billing.bill where state = 'published'`,
      );
      expect(bills).toEqual({ bills: ACCOUNTS, accounts: ACCOUNTS, highest: ACCOUNTS });
      const audit = await operator.get(Transactions).read((tx) => operator.get(BillingAudit).audit(tx));
      expect(audit.checks.filter(({ left, right }) => left !== right)).toEqual([]);
    } finally {
      await operator.stop();
    }
  },
  120_000,
);
