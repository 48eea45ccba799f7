import type { ContractTerms, EarlyTerminationRow } from '@ronghe/contracts';
import type { Located, ProblemList } from './authored-set';
import type { AuthoredContract } from './contract-schema';
import type { AuthoredOffer } from './offer-schema';

/** The contract of an offer as its document says it. */
export function resolveContract(
  at: Located<AuthoredOffer>,
  contract: AuthoredContract,
  price: string,
  list: ProblemList,
): ContractTerms {
  const { benefits, earlyTermination, takesPlaceOf, ...terms } = contract;
  if (benefits.length > 0 && at.value.fee === undefined) {
    list.add(at, ['contract', 'benefits'], 'needs a fee that they are about');
  }
  const table = earlyTermination.table.map((row, index): EarlyTerminationRow => {
    const path = ['contract', 'earlyTermination', 'table', index];
    const before = earlyTermination.table[index - 1];
    if (before && before.servedBelow >= row.servedBelow) {
      list.add(at, [...path, 'servedBelow'], `must be above ${before.servedBelow}`);
    }
    if (row.servedBelow > contract.months) {
      list.add(
        at,
        [...path, 'servedBelow'],
        `must not be above the ${contract.months} months of the contract`,
      );
    }
    if ((row.amount === undefined) === (row.percentOfRemaining === undefined)) {
      list.add(at, path, 'needs one of amount and percentOfRemaining');
    }
    const { servedBelow, amount, percentOfRemaining } = row;
    return percentOfRemaining === undefined
      ? { servedBelow, charge: { amount: amount ?? '0' } }
      : { servedBelow, charge: { percentOfRemaining } };
  });
  return {
    ...terms,
    ...(takesPlaceOf ? { takesPlaceOf } : {}),
    benefits: benefits.map(({ startsAfter, ...benefit }) => ({
      ...benefit,
      price,
      startsAfterPeriods: startsAfter,
    })),
    earlyTermination: { ...earlyTermination, table },
  };
}
