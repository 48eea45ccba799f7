import type { BillPublished } from '@ronghe/contracts';
import {
  instantFromIso,
  isDomainError,
  moneyFromMinor,
  moneyToDecimal,
  sumMoney,
  zeroMoney,
  type Money,
} from '@ronghe/kernel';
import { includedTax } from '@ronghe/rating';
import {
  applyBill,
  applyPayment,
  type AccountLedger,
  type LedgerChange,
  type SourceKind,
  type StandingAllocation,
} from './account-ledger';
import { hold, itemsOfPlan, readParts, release } from './instalment/instalment-plan';
import { balanceOf } from './journal-entry';
import type { LedgerAccountName } from './ledger-account';
import { randomFrom } from './random-operations.fixture';
import {
  recover,
  refundCredit,
  returnDeposit,
  reversalsOf,
  spendCredit,
  takeBack,
  takeDeposit,
  useDeposit,
  writeOff,
} from './settlement/settlement';

const OPERATIONS = 100_000;
const ACCOUNTS = 50;
/** Allocations of an account that the test may still take back. */
const REMEMBERED = 30;
const at = instantFromIso('2026-07-01T00:00:00+08:00');
const lateFrom = instantFromIso('2026-06-01T00:00:00+08:00');

interface World {
  ledger: AccountLedger;
  standing: StandingAllocation[];
}

/** What an operation needs: the world, its number, an amount, and chance. */
interface Turn extends World {
  index: number;
  amount: Money;
  random: (limit: number) => number;
}

function billOf(accountId: string, index: number, fen: bigint): BillPublished {
  const gross = moneyFromMinor(fen);
  const tax = moneyToDecimal(includedTax(gross, '9'));
  return {
    ...{
      billId: `bill-${index}`,
      number: String(index).padStart(8, '0'),
      customerId: 'c',
      accountId,
      lane: 0,
    },
    ...{
      period: '2026-06',
      total: moneyToDecimal(gross),
      issuedAt: at,
      dueAt: index % 3 === 0 ? at : lateFrom,
    },
    taxes: [{ percent: '9', gross: moneyToDecimal(gross), tax }],
  };
}

const head = (index: number) => ({ movementId: `m${index}`, at });
const fact = ({ index, amount }: Turn) => ({
  ...{ paymentId: `p${index}`, amount, method: 'cash' as const, receivedAt: at },
});

/** Every operation of the ledger; one that is refused throws, and must have changed nothing. */
const operations: ((turn: Turn) => LedgerChange | AccountLedger)[] = [
  ({ ledger, index, amount }) => applyBill(ledger, billOf(ledger.accountId, index, amount)),
  ({ ledger, index, amount }) => applyBill(ledger, billOf(ledger.accountId, index, amount)),
  ({ ledger, index, amount }) => applyBill(ledger, billOf(ledger.accountId, index, -amount)),
  (turn) => applyPayment(turn.ledger, fact(turn)),
  (turn) => applyPayment(turn.ledger, { ...fact(turn), from: 'unidentified' }),
  (turn) => {
    const item = turn.ledger.openItems[turn.random(turn.ledger.openItems.length || 1)];
    const target = { billId: item?.billId ?? 'none', amount: moneyFromMinor(turn.amount / 3n + 1n) };
    return applyPayment(turn.ledger, fact(turn), [target]);
  },
  ({ ledger, index }) => spendCredit(ledger, head(index)),
  ({ ledger, index, standing, random }) => {
    const allocation = standing[random(standing.length || 1)];
    if (!allocation) return ledger;
    const amount = random(2) === 0 ? allocation.amount : moneyFromMinor(allocation.amount / 2n + 1n);
    return takeBack(ledger, head(index), [{ allocation, amount }]);
  },
  ({ ledger, index, amount }) => refundCredit(ledger, head(index), { amount, method: 'transfer' }),
  ({ ledger, index }) => refundCredit(ledger, head(index), { amount: ledger.credit, method: 'cash' }),
  ({ ledger, index, amount, standing }) => {
    const paid = reversalsOf(
      standing.filter(({ sourceKind }) => sourceKind === 'payment'),
      amount,
    );
    return paid.length === 0 ? ledger : takeBack(ledger, head(index), paid);
  },
  ({ ledger, index, amount }) => takeDeposit(ledger, head(index), { amount, method: 'card' }),
  ({ ledger, index, amount }) => returnDeposit(ledger, head(index), { amount, method: 'cash' }),
  ({ ledger, index }) => useDeposit(ledger, head(index), ledger.deposit),
  ({ ledger, index, random }) => {
    const item = ledger.openItems[random(ledger.openItems.length || 1)];
    if (!item || random(3) > 0) return ledger;
    return writeOff(ledger, head(index), { billId: item.billId, amount: item.open });
  },
  ({ ledger, index, standing }) => {
    const loss = standing.find(({ sourceKind }) => sourceKind === 'write-off');
    if (!loss) return ledger;
    const { billId } = loss;
    const amount = moneyFromMinor(loss.amount / 2n + 1n);
    const losses = standing.filter((each) => each.billId === billId);
    return recover(ledger, head(index), { standing: losses, amount, billId });
  },
  ({ ledger }) => {
    const late = ledger.openItems.filter(({ dueAt }) => dueAt <= at);
    const free = sumMoney(
      late.map(({ open, disputed, instalment }) => moneyFromMinor(open - disputed - instalment)),
    );
    const parts = readParts([{ dueOn: '2026-08-01', amount: free }], '2026-07-01' as never);
    const items = itemsOfPlan(ledger.openItems, { billIds: null, parts, now: at });
    return { ...ledger, openItems: hold(ledger.openItems, { items }) };
  },
  ({ ledger }) => {
    const items = ledger.openItems.map(({ billId, open }) => ({ billId, amount: open }));
    return { ...ledger, openItems: release(ledger.openItems, { items }) };
  },
  ({ ledger, random }) => ({
    ...ledger,
    openItems: ledger.openItems.map((item) =>
      random(4) > 0 ? item : { ...item, disputed: moneyFromMinor((item.open - item.instalment) / 2n) },
    ),
  }),
];

const sourceOf = (change: LedgerChange): SourceKind => {
  const kind = change.entries.at(-1)?.kind;
  if (kind === 'payment' || kind === 'write-off') return kind;
  return kind === 'deposit-used' ? 'deposit' : 'credit';
};

/** What stands after a change; old ones are forgotten, and paid bills that nothing may reopen. */
function after({ standing }: World, change: LedgerChange, index: number): World {
  const back = new Map(change.reversed?.map(({ allocation, amount }) => [allocation.allocationId, amount]));
  const kept = standing
    .map((each) => ({ ...each, amount: moneyFromMinor(each.amount - (back.get(each.allocationId) ?? 0n)) }))
    .filter(({ amount }) => amount > zeroMoney);
  const added = change.allocations.map(({ billId, amount }, place): StandingAllocation => ({
    ...{
      allocationId: `${index}.${place}`,
      sourceId: `s${index}`,
      sourceKind: sourceOf(change),
      billId,
      amount,
    },
    lineNo: null,
  }));
  const remembered = [...added, ...kept].slice(0, REMEMBERED);
  const named = new Set(remembered.map(({ billId }) => billId));
  const openItems = change.after.openItems.filter((item) => item.open > zeroMoney || named.has(item.billId));
  return { ledger: { ...change.after, openItems }, standing: remembered };
}

function assertHeld({ openItems, credit, deposit }: AccountLedger): void {
  const isWrong = openItems.some(
    ({ open, amount, disputed, instalment }) =>
      open < 0n || open > amount || disputed < 0n || instalment < 0n || disputed + instalment > open,
  );
  if (isWrong || credit < 0n || deposit < 0n) throw new Error('a part is out of its bounds');
}

it(`R7: stays at zero through ${OPERATIONS} random operations of every kind`, () => {
  const seed = Number(process.env['SEED'] ?? 20260701);
  console.info(`seed ${seed}`);
  const random = randomFrom(seed);
  const worlds = Array.from({ length: ACCOUNTS }, (_, index): World => ({
    ledger: { accountId: `a${index}`, lane: 0, openItems: [], credit: zeroMoney, deposit: zeroMoney },
    standing: [],
  }));
  const posted = new Map<LedgerAccountName, bigint>();
  const watched: LedgerAccountName[] = ['receivable', 'customerCredit', 'deposit'];
  const carriedOut = operations.map(() => 0);
  for (let index = 0; index < OPERATIONS; index += 1) {
    const place = random(ACCOUNTS);
    const which = random(operations.length);
    const world = worlds[place];
    if (!world) continue;
    try {
      const result = operations[which]?.({
        ...world,
        index,
        random,
        amount: moneyFromMinor(BigInt(1 + random(60_000))),
      });
      if (!result) continue;
      const change: LedgerChange =
        'after' in result ? result : { entries: [], opened: null, allocations: [], after: result };
      const lines = change.entries.flatMap((entry) => entry.lines);
      if (balanceOf(lines) !== zeroMoney) throw new Error('not balanced');
      for (const name of watched) posted.set(name, (posted.get(name) ?? 0n) + balanceOf(lines, name));
      assertHeld(change.after);
      worlds[place] = after(world, change, index);
      carriedOut[which] = (carriedOut[which] ?? 0) + 1;
    } catch (error) {
      if (!isDomainError(error) || error.code === 'entry_not_balanced') {
        throw new Error(`seed ${seed}, operation ${index} of kind ${which}: ${String(error)}`, {
          cause: error,
        });
      }
    }
  }
  const ledgers = worlds.map(({ ledger }) => ledger);
  expect([seed, Object.fromEntries(posted)]).toEqual([
    seed,
    {
      receivable: sumMoney(ledgers.flatMap(({ openItems }) => openItems.map(({ open }) => open))),
      customerCredit: -sumMoney(ledgers.map(({ credit }) => credit)),
      deposit: -sumMoney(ledgers.map(({ deposit }) => deposit)),
    },
  ]);
  expect(Math.min(...carriedOut)).toBeGreaterThan(OPERATIONS / 1000);
});
