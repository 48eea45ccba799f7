import type { BalancePolicy, TopUpBonus, TopUpUnits } from '@ronghe/contracts';
import {
  addDays,
  amountFromDecimal,
  localDateOf,
  moneyFromDecimal,
  startOfLocalDate,
  zeroAmount,
  type Amount,
  type Instant,
  type Money,
} from '@ronghe/kernel';
import { creditMoney, mainOf, type Purse, type PurseChange } from '@ronghe/rating';

/** What a top-up does to a purse. */
export interface TopUpChange extends PurseChange {
  repaid: Amount;
  bonus: Amount;
  validTo: Instant | null;
}

/**
 * Adds what was paid to the account's own money, from which overrun is taken first, makes all of it good for the days
 * of the policy, and opens a bucket of its own for a bonus.
 * @param bonusId the id of that bucket
 */
export function topUp(
  purse: Purse,
  paid: { amount: Amount; money: Money; at: Instant; bonusId: string },
  { topUp: rules }: BalancePolicy,
): TopUpChange {
  const main = mainOf(purse);
  const paidIn = creditMoney(purse, { bucketId: main.bucketId, amount: paid.amount, kind: 'top-up' });
  const validTo =
    rules.validDays === null ? null : endAfterDays(paid.at, rules.validDays, purse.zone, main.validTo);
  const extended = {
    ...paidIn.purse,
    buckets: paidIn.purse.buckets.map((bucket) =>
      bucket.bucketId === main.bucketId ? { ...bucket, validTo } : bucket,
    ),
  };
  const change = { purse: extended, moves: paidIn.moves, repaid: paidIn.repaid, validTo };
  const rule = bonusOf(rules.bonuses, paid.money);
  if (!rule) return { ...change, bonus: zeroAmount };
  const bonus = amountFromDecimal(rule.amount);
  const opened: Purse = {
    ...extended,
    buckets: [
      ...extended.buckets,
      {
        bucketId: paid.bonusId,
        lane: purse.lane,
        accountId: purse.accountId,
        kind: 'bonus',
        remaining: zeroAmount,
        reserved: zeroAmount,
        overrun: zeroAmount,
        spent: zeroAmount,
        creditLimit: zeroAmount,
        validFrom: paid.at,
        validTo: endAfterDays(paid.at, rule.validDays, purse.zone, null),
        priority: rule.priority,
      },
    ],
  };
  const given = creditMoney(opened, { bucketId: paid.bonusId, amount: bonus, kind: 'grant' });
  return { ...change, purse: given.purse, moves: [...paidIn.moves, ...given.moves], bonus };
}

/** The largest bonus whose threshold a payment reaches. */
function bonusOf(bonuses: readonly TopUpBonus[], paid: Money): TopUpBonus | undefined {
  const reached = bonuses.filter((bonus) => moneyFromDecimal(bonus.from) <= paid);
  return reached.sort((a, b) => {
    const difference = amountFromDecimal(b.amount) - amountFromDecimal(a.amount);
    return difference > 0n ? 1 : difference < 0n ? -1 : 0;
  })[0];
}

/** The units that come with a payment: of the rules that it reaches, those with the largest threshold. */
export function unitsOf(rules: readonly TopUpUnits[], paid: Money): TopUpUnits[] {
  const reached = rules.filter(({ from }) => moneyFromDecimal(from) <= paid);
  const most = reached.reduce(
    (max, { from }) => (moneyFromDecimal(from) > max ? moneyFromDecimal(from) : max),
    0n,
  );
  return reached.filter(({ from }) => moneyFromDecimal(from) === most);
}

/** The end of the local day so many days later; never earlier than the end that holds already. */
export function endAfterDays(at: Instant, days: number, zone: string, known: Instant | null): Instant {
  const end = startOfLocalDate(addDays(localDateOf(at, zone), days + 1), zone);
  return known !== null && known > end ? known : end;
}
