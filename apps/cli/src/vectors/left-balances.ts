import { ratioOf, type Ratio } from '@ronghe/kernel';
import type { OperatorSessions } from './operator-sessions';

const MICRO = 1_000_000n;

/** An Amount as yuan. */
export function ratioOfAmount(amount: bigint): Ratio {
  return ratioOf(amount, MICRO);
}

/** What each balance has left after what sessions hold: units, or yuan; by its name in the vector. */
export function balancesAfter(sessions: OperatorSessions): Record<string, Ratio> {
  const { account } = sessions;
  return Object.fromEntries(
    (account.balances ?? []).map((balance) => {
      const left = account.leftOf(balance, (code) => sessions.heldUnits(code));
      return [balance.id, balance.units === null ? ratioOfAmount(left) : ratioOf(left)];
    }),
  );
}
