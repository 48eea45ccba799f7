import type { DunningPolicy } from '@ronghe/contracts';
import { localDateOf, type LocalDate } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import { policyOn } from '../top-up/policy.store';
import type { DueAccountRow } from './dunning-account.store';
import { feeTurn, firstOfNextMonth } from './late-fee-turn';
import { findLateBills, saveTurns, type SavedTurn } from './late-fee.store';

/**
 * Decides on the late fees of accounts that are looked at: what should have accrued less what was charged.
 * @returns by account, the day on which to look again: the first of a month, while something is late.
 */
export async function settleLateFees(
  tx: Tx,
  rows: readonly DueAccountRow[],
  policies: readonly DunningPolicy[],
): Promise<Map<string, LocalDate>> {
  const accounts = new Map(
    rows.map((row) => [row.account_id, { row, today: localDateOf(tx.now, row.zone) }]),
  );
  const latest = [...accounts.values()]
    .map(({ today }) => today)
    .sort()
    .at(-1);
  if (latest === undefined) return new Map();
  const keys = { lanes: rows.map(({ lane }) => lane), accountIds: [...accounts.keys()] };
  const again = new Map<string, LocalDate>();
  const turns = (await findLateBills(tx, keys, latest)).flatMap((bill): SavedTurn[] => {
    const account = accounts.get(bill.accountId);
    // The rate is the one of the day on which the bill became late: a later policy changes no fee that runs.
    const policy = policyOn(policies, bill.facts.lateFrom);
    if (!account || !policy || bill.facts.lateFrom > account.today) return [];
    const turn = feeTurn(bill, policy, account.today);
    if (!turn.isSettled) again.set(bill.accountId, firstOfNextMonth(account.today));
    const { chargeClass, label } = policy.lateFee;
    const charges = account.row.bears_late_fee ? turn.charges : [];
    return [{ ...turn, charges, bill, chargeClass, label: `${label['zh-CN']} ${label.en} ${bill.number}` }];
  });
  await saveTurns(tx, turns);
  return again;
}
