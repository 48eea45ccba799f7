import { newId } from '@ronghe/kernel';
import { faultSeeds, randomFrom, startOperator, UnreliableFeeds } from '@ronghe/testing';
import { billFact, LedgerDesk } from './ledger-desk.fixture';
import { receivablesDomain } from './index';

/** R4 of receivables: bills and credit notes come several times and out of order, one cannot be read, payments are sent thrice. */
const ACCOUNTS = 8;

it.each(faultSeeds())('posts every fact once, whatever its feed does: seed %i', async (seed) => {
  const random = randomFrom(seed);
  const operator = await startOperator({
    domains: [receivablesDomain],
    startsAt: '2026-07-20T10:00:00+08:00',
    feedWrapper: new UnreliableFeeds(seed),
  });
  try {
    const desk = new LedgerDesk(operator);
    const tell = (payload: ReturnType<typeof billFact>) =>
      operator.publish('bill.published.v1', { aggregateId: payload.billId, lane: payload.lane, payload });
    const accounts: { accountId: string; owed: Record<string, string>; paid: string }[] = [];
    for (let at = 0; at < ACCOUNTS; at += 1) {
      const accountId = await desk.openAccount();
      const [first, second] = [
        billFact(accountId, 5000n, '2026-06-15'),
        billFact(accountId, 3000n, '2026-07-15'),
      ];
      const note = { ...billFact(accountId, -1200n, '2026-07-15'), creditsBillId: second.billId };
      for (const fact of [first, second, note]) await tell(fact);
      const fen = 1 + Math.floor(random() * 4999);
      const left = 5000 - fen;
      const decimal = (value: number) => (value / 100).toFixed(2);
      accounts.push({
        accountId,
        owed: { [first.number]: decimal(left), [second.number]: '18.00' },
        paid: decimal(fen),
      });
    }
    const [victim] = accounts;
    await tell({ ...billFact(victim?.accountId ?? '', 999n, '2026-07-15'), total: 'many' });
    await operator.settle();
    for (const { accountId, paid } of accounts) {
      const key = newId();
      await Promise.all(
        [1, 2, 3].map(() =>
          desk.command(
            'recordPayment',
            { accountId, amount: paid, method: 'CASH' },
            { key, fields: 'paymentId' },
          ),
        ),
      );
    }
    await operator.settle();
    for (const { accountId, owed } of accounts)
      expect(await desk.ledger(accountId)).toMatchObject({ open: owed, credit: '0.00' });
    const entries = await operator.sql(
      `select kind, count(*)::integer as count from receivables.journal_entry group by kind order by kind`,
    );
    expect(entries).toEqual([
      { kind: 'bill', count: 3 * ACCOUNTS },
      { kind: 'payment', count: ACCOUNTS },
    ]);
    expect(await desk.differences()).toEqual([]);
  } finally {
    await operator.stop();
  }
});
