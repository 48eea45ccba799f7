import type { ConsumptionPosted } from '@ronghe/contracts';
import { amountFromMicro, amountToDecimal, type LocalDate } from '@ronghe/kernel';

/** What an account's own money did on a day: Σ deltas in micro-yuan as text, by `kind/tax class`, or `shared/other account`. */
export type DayMoves = Readonly<Record<string, string>>;

/** An account's day. */
export interface ConsumptionDay {
  lane: number;
  accountId: string;
  day: LocalDate;
  version: number;
  /** Bill period in which the day lies. */
  period: string;
  moves: DayMoves;
}

/** Entries that customers' own money is not told of to the ledger: what they paid in, and what became of bonuses. */
export const besideOwnMoney = {
  paidIn: 'top-up',
  bonus: 'bonus',
  bonusGiven: 'bonus-given',
  bonusExpired: 'bonus-expired',
} as const;

/** Money that an account shares with another one, either way. */
const SHARED = 'shared/';

/** The fact to tell of a day. */
export function consumptionOf({ accountId, day, period, moves }: ConsumptionDay): ConsumptionPosted {
  const sumOf = (...kinds: string[]): bigint =>
    Object.entries(moves)
      .filter(([key]) => kinds.includes(key.split('/')[0] ?? ''))
      .reduce((sum, [, micro]) => sum + BigInt(micro), 0n);
  const classes = new Map<string, bigint>();
  for (const [key, micro] of Object.entries(moves)) {
    const taxClass = key.slice(key.indexOf('/') + 1);
    if (taxClass !== '' && !key.startsWith(`${besideOwnMoney.bonus}/`) && !key.startsWith(SHARED))
      classes.set(taxClass, (classes.get(taxClass) ?? 0n) - BigInt(micro));
  }
  const text = (micro: bigint) => amountToDecimal(amountFromMicro(micro));
  return {
    accountId,
    day,
    used: [...classes].sort().map(([taxClass, micro]) => ({ taxClass, amount: text(micro) })),
    expired: text(-sumOf('expire')),
    transferred: text(sumOf('transfer-in', 'transfer-out', 'shared')),
    ...sharedOf(moves),
    adjusted: text(sumOf('adjust')),
    period,
    paidIn: text(sumOf(besideOwnMoney.paidIn)),
    usedOfBonuses: text(-sumOf(besideOwnMoney.bonus)),
    bonusesGiven: text(sumOf(besideOwnMoney.bonusGiven)),
    bonusesExpired: text(-sumOf(besideOwnMoney.bonusExpired)),
  };
}

function sharedOf(moves: DayMoves): Pick<ConsumptionPosted, 'shared'> {
  const shared = Object.entries(moves)
    .filter(([key, micro]) => key.startsWith(SHARED) && BigInt(micro) !== 0n)
    .map(([key, micro]) => ({
      accountId: key.slice(SHARED.length),
      amount: amountToDecimal(amountFromMicro(BigInt(micro))),
    }));
  return shared.length === 0 ? {} : { shared };
}
