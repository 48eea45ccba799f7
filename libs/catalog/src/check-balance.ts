import type { BalancePolicy } from '@ronghe/contracts';
import { moneyFromDecimal } from '@ronghe/kernel';
import type { Located, ProblemList } from './authored-set';

/** The bounds of a top-up leave something to pay in, and each rule of what comes with it has a code of its own. */
export function checkBalance(at: Located<BalancePolicy>, list: ProblemList): void {
  const { minimum, maximum, bonuses, units = [] } = at.value.topUp;
  if (moneyFromDecimal(minimum) > moneyFromDecimal(maximum)) {
    list.add(at, ['topUp', 'minimum'], `is more than maximum, ${maximum}: nothing could be paid in`);
  }
  bonuses.forEach(({ code }, index) => {
    if (bonuses.findIndex((other) => other.code === code) !== index) {
      list.add(at, ['topUp', 'bonuses', index, 'code'], `${code} is there twice`);
    }
  });
  units.forEach(({ code, from }, index) => {
    const amount = moneyFromDecimal(from);
    const first = units.findIndex((other) => other.code === code && moneyFromDecimal(other.from) === amount);
    if (first !== index)
      list.add(at, ['topUp', 'units', index, 'code'], `${code} is there twice from ${from}`);
  });
}
