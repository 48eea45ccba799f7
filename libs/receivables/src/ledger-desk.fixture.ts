import type { BillPublished, Role } from '@ronghe/contracts';
import { instantFromIso, laneOf, moneyFromMinor, moneyToDecimal, newId, type Instant } from '@ronghe/kernel';
import { Transactions } from '@ronghe/platform';
import { includedTax } from '@ronghe/rating';
import type { TestOperator } from '@ronghe/testing';
import { findAccount } from './account.store';
import { ReceivablesAudit } from './audit.service';
import { lockLedger } from './ledger.store';
import { findStanding } from './settlement/allocation.store';

/** How a command is given: default a new key, the counter, and what every movement has. */
export interface CommandOptions {
  key?: string;
  role?: Role;
  fields?: string;
}

let numbers = 0;

/** A bill of so many fen that is due on a day of Shanghai. */
export function billFact(accountId: string, fen: bigint, dueOn: string): BillPublished {
  numbers += 1;
  const dueAt: Instant = instantFromIso(`${dueOn}T00:00:00+08:00`);
  const gross = moneyToDecimal(moneyFromMinor(fen));
  const tax = moneyToDecimal(includedTax(moneyFromMinor(fen), '9'));
  const number = `R2026${String(numbers).padStart(8, '0')}`;
  return {
    ...{ billId: newId(), number, customerId: newId(), accountId, lane: 5, period: '2026-05', total: gross },
    ...{ taxes: [{ percent: '9', gross, tax }], issuedAt: dueAt, dueAt },
  };
}

/** What a suite of the ledger does: accounts and bills as facts, commands through GraphQL, the ledger as it stands. */
export class LedgerDesk {
  constructor(readonly operator: TestOperator) {}

  /** A postpaid account that opened on 1 June 2026; it is known when this returns. */
  async openAccount(): Promise<string> {
    const [accountId, balanceGroupId] = [newId(), newId()];
    const lane = laneOf(balanceGroupId);
    await this.operator.publish('account.opened.v1', {
      ...{ aggregateId: accountId, lane },
      payload: {
        ...{ accountId, customerId: newId(), balanceGroupId, lane, zone: 'Asia/Shanghai', billDay: 1 },
        ...{ paymentMode: 'postpaid', openedAt: instantFromIso('2026-06-01T00:00:00+08:00') },
      },
    });
    await this.operator.settle();
    return accountId;
  }

  /** Publishes a bill of so many fen that is due on a day of Shanghai. */
  async bill(accountId: string, fen: bigint, dueOn = '2026-06-15'): Promise<BillPublished> {
    const payload = billFact(accountId, fen, dueOn);
    await this.operator.publish('bill.published.v1', {
      ...{ aggregateId: payload.billId, lane: payload.lane },
      payload,
    });
    await this.operator.settle();
    return payload;
  }

  /** A command of the schema with an input and a key; the answer's fields or the error's code. */
  async command(
    name: string,
    input: object,
    { key = newId(), role = 'counter', fields = 'movementId amount kind' }: CommandOptions = {},
  ): Promise<{ answer: Record<string, unknown> | null; error: string | null }> {
    const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
    const inputType = inputTypes[name] ?? type;
    const { data, errors } = await this.operator.graphql<Record<string, Record<string, unknown>>>(
      `mutation ($input: ${inputType}!, $key: String!) { ${name}(input: $input, idempotencyKey: $key) { ${fields} } }`,
      { input, key },
      role,
    );
    return { answer: data?.[name] ?? null, error: errors?.[0]?.extensions.code ?? null };
  }

  /** Takes a payment in cash. */
  async pay(accountId: string, amount: string, more: object = {}): Promise<string> {
    const { answer, error } = await this.command(
      'recordPayment',
      { accountId, amount, method: 'CASH', ...more },
      { fields: 'paymentId' },
    );
    if (error) throw new Error(error);
    return String(answer?.['paymentId']);
  }

  /** What is open of each bill by number, and the funds. */
  async ledger(accountId: string) {
    return this.operator.get(Transactions).run(async (tx) => {
      const account = await findAccount(tx, accountId);
      if (!account) throw new Error('no such account');
      const { openItems, credit, deposit } = await lockLedger(tx, account.lane, accountId);
      return {
        open: Object.fromEntries(openItems.map((item) => [item.number, moneyToDecimal(item.open)])),
        instalment: Object.fromEntries(
          openItems.map((item) => [item.number, moneyToDecimal(item.instalment)]),
        ),
        credit: moneyToDecimal(credit),
        deposit: moneyToDecimal(deposit),
      };
    });
  }

  /** The allocations that stand, newest first. */
  async allocations(accountId: string) {
    return this.operator.get(Transactions).read(async (tx) => {
      const account = await findAccount(tx, accountId);
      return findStanding(tx, { lane: account?.lane ?? 0, accountId }, {});
    });
  }

  /** Checks of the audit that fail. */
  async differences() {
    const { checks } = await this.operator
      .get(Transactions)
      .read((tx) => this.operator.get(ReceivablesAudit).audit(tx));
    return checks.filter(({ left, right }) => left !== right);
  }

  /** The last entry of a kind for an account: `1122 D 500 …` for each line. */
  async entry(accountId: string, kind: string): Promise<string[]> {
    const [row] = await this.operator.sql<{ lines: { account: string; debit: string; credit: string }[] }>(
      `select lines from receivables.journal_entry where account_id = $1 and kind = $2 order by booked_at desc, reference_id desc limit 1`,
      [accountId, kind],
    );
    return (row?.lines ?? []).map((line) =>
      line.debit === '0' ? `${line.account} Cr ${line.credit}` : `${line.account} Dr ${line.debit}`,
    );
  }
}

const inputTypes: Record<string, string> = {
  returnDeposit: 'DepositInput',
  takeDeposit: 'DepositInput',
  recoverWriteOff: 'RecoverInput',
};
