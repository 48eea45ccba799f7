import { isDomainError, moneyToDecimal, moneyFromMinor, newId, sumMoney } from '@ronghe/kernel';
import { Transactions } from '@ronghe/platform';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { InstalmentService } from '../instalment/instalment.service';
import { receivablesDomain } from '../index';
import { billFact, LedgerDesk } from '../ledger-desk.fixture';
import { PostingService } from '../posting.service';
import { randomFrom } from '../random-operations.fixture';
import { readTrialBalance } from '../trial-balance.store';
import { CreditService } from './credit.service';
import { DepositService } from './deposit.service';
import { WriteOffService } from './write-off.service';

const OPERATIONS = 3000;
const ACCOUNTS = 6;
const AT_ONCE = 6;

let operator: TestOperator;
let desk: LedgerDesk;
beforeAll(async () => {
  operator = await startOperator({ domains: [receivablesDomain], startsAt: '2026-07-20T10:00:00+08:00' });
  desk = new LedgerDesk(operator);
});
afterAll(() => operator?.stop());

/** Σ debits − Σ credits of the whole ledger. */
async function ledgerSum(): Promise<bigint> {
  const rows = await operator.get(Transactions).read(readTrialBalance);
  return sumMoney(rows.map(({ debit, credit }) => moneyFromMinor(debit - credit)));
}

it(`R7: ${OPERATIONS} random operations on PostgreSQL, some at once: the ledger is at zero throughout and the sub-ledgers agree`, async () => {
  const seed = Number(process.env['SEED'] ?? 20260720);
  console.info(`seed ${seed}`);
  const random = randomFrom(seed);
  const accounts: string[] = [];
  for (let index = 0; index < ACCOUNTS; index += 1) accounts.push(await desk.openAccount());
  const [posting, credits] = [operator.get(PostingService), operator.get(CreditService)];
  const [deposits, losses] = [operator.get(DepositService), operator.get(WriteOffService)];
  const plans = operator.get(InstalmentService);
  const amount = () => moneyToDecimal(moneyFromMinor(BigInt(1 + random(20_000))));
  const one = <T>(from: readonly T[]): T | undefined => from[random(from.length || 1)];
  const reason = 'random';
  const bill = async (accountId: string, fen: bigint, dueOn: string) => {
    await operator.get(Transactions).run((tx) => posting.postBill(tx, billFact(accountId, fen, dueOn)));
    return true;
  };
  const kinds: ((accountId: string) => Promise<unknown>)[] = [
    (accountId) => bill(accountId, BigInt(1 + random(20_000)), random(2) === 0 ? '2026-06-15' : '2026-08-15'),
    (accountId) => bill(accountId, -BigInt(1 + random(9_000)), '2026-06-15'),
    (accountId) => posting.recordPayment({ accountId, amount: amount(), method: 'cash' }, newId()),
    (accountId) => credits.allocate({ accountId }, newId()),
    async (accountId) => {
      const allocation = one(await desk.allocations(accountId));
      return (
        allocation &&
        credits.unallocate({ accountId, allocationId: allocation.allocationId, reason }, newId())
      );
    },
    (accountId) => credits.refund({ accountId, amount: amount(), method: 'transfer', reason }, newId()),
    async (accountId) => {
      const paid = one(
        (await desk.allocations(accountId)).filter(({ sourceKind }) => sourceKind === 'payment'),
      );
      const refund = {
        accountId,
        amount: amount(),
        method: 'cash' as const,
        paymentId: paid?.sourceId ?? newId(),
        reason,
      };
      return credits.refund(refund, newId());
    },
    (accountId) => deposits.take({ accountId, amount: amount(), method: 'card' }, newId()),
    (accountId) => deposits.giveBack({ accountId, amount: amount(), method: 'cash' }, newId()),
    (accountId) => deposits.use({ accountId, amount: amount() }, newId()),
    async (accountId) => {
      const [row] = await operator.sql<{ bill_id: string }>(
        `select bill_id from receivables.open_item where account_id = $1 and open_fen > 0 order by bill_id limit 1`,
        [accountId],
      );
      return row && losses.writeOff({ accountId, billId: row.bill_id, reason }, newId());
    },
    async (accountId) => {
      const loss = one(
        (await desk.allocations(accountId)).filter(({ sourceKind }) => sourceKind === 'write-off'),
      );
      if (!loss) return undefined;
      const recovered = moneyToDecimal(moneyFromMinor(loss.amount / 2n + 1n));
      return losses.recover({ accountId, billId: loss.billId, amount: recovered, method: 'cash' }, newId());
    },
    (accountId) => plans.cancel({ accountId, reason }, newId()),
    async (accountId) => {
      const [row] = await operator.sql<{ fen: string }>(
        `select sum(open_fen - disputed_fen - instalment_fen) as fen from receivables.open_item
         where account_id = $1 and due_at <= '2026-07-20T00:00:00+08:00'`,
        [accountId],
      );
      const late = moneyToDecimal(moneyFromMinor(BigInt(row?.fen ?? 0)));
      return plans.create({ accountId, parts: [{ dueOn: '2026-08-01', amount: late }] }, newId());
    },
  ];
  let carriedOut = 0;
  for (let index = 0; index < OPERATIONS; index += AT_ONCE) {
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        try {
          if (await one(kinds)?.(one(accounts) ?? '')) carriedOut += 1;
        } catch (error) {
          if (!isDomainError(error) || error.code === 'entry_not_balanced') throw error;
        }
      }),
    );
    if (index % 300 === 0) expect([seed, index, await ledgerSum()]).toEqual([seed, index, 0n]);
  }
  expect([seed, await ledgerSum(), await desk.differences()]).toEqual([seed, 0n, []]);
  expect(carriedOut).toBeGreaterThan(OPERATIONS / 3);
}, 300_000);
