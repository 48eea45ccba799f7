import type { DiscountPolicy, NumberGradePolicy } from '@ronghe/contracts';
import { addMoney, minAmount, moneyToAmount, subtractAmounts, subtractMoney } from '@ronghe/kernel';
import { giveDiscounts, type DiscountShare, type GivenDiscount } from './account-discounts';
import type { SharedDiscount } from './discount-candidates';
import { chargesOfAccount, type ChargedAccount, type ChargedLine, type ChargeTerms } from './charged-account';
import { explainShare } from './discount-words';
import { allHeldTerms } from './held-terms';
import { isHeldIn, type Holding } from './holding';
import { missingToGrades } from './number-grade-minimum';
import { changesGroupPrices } from './price-change';

/** The accounts of a billing group and what they are charged by. */
export interface GroupChargesQuestion extends Omit<ChargeTerms, 'groupHoldings'> {
  accounts: readonly ChargedAccount[];
  /** Discounts in force, one version of each code. */
  discounts: readonly DiscountPolicy[];
  /** Minimum spends of sought-after numbers, where there are any. */
  numberGrades?: NumberGradePolicy | undefined;
  /** Who uses whose account discounts; default nobody. */
  sharedDiscounts?: readonly SharedDiscount[];
}

/**
 * What the accounts of a billing group are charged for a service period, in their order: gross charges first, then
 * discounts of accounts and of their balance groups, then what is missing to the minimum spend of numbers (SEMANTICS
 * §7). These look at the whole period, so fees in advance get their share only when their own period is billed. Prepaid
 * accounts, which have paid as they used, get and owe what the policies give them. A bill, its preview and a trial of drafts
 * all come through here.
 */
export function groupCharges(question: GroupChargesQuestion): ChargedLine[][] {
  const { accounts, discounts, offers, period, part, cycle, chargeClasses } = question;
  const holdingsBeside = changingHoldings(question);
  const gross = accounts.map((account) =>
    chargesOfAccount(account, {
      ...{ offers, period, part, cycle, chargeClasses },
      groupHoldings: holdingsBeside(account),
    }),
  );
  if (part === 'advance') return gross;
  const net = discounts.length === 0 ? gross : lessDiscounts(question, gross);
  return net.map((lines, index) => withGradeMinimums(lines, accounts[index], question));
}

/** What the other accounts of an account's balance group hold that may change its prices. */
function changingHoldings({
  accounts,
  offers,
  period,
}: GroupChargesQuestion): (account: ChargedAccount) => readonly Holding[] {
  if (accounts.length === 1) return () => [];
  const changing = accounts.flatMap(({ holdings }) =>
    allHeldTerms(holdings).filter((holding) => changesGroupPrices(holding, { offers, period })),
  );
  const groupOf = balanceGroups(accounts);
  return (account) =>
    changing.filter(
      ({ accountId }) => accountId !== account.accountId && groupOf(accountId) === groupOf(account.accountId),
    );
}

function lessDiscounts(question: GroupChargesQuestion, gross: readonly ChargedLine[][]): ChargedLine[][] {
  const taken = sharesByLine(discountsOf(question, gross));
  return gross.map((lines, index) => {
    const accountId = question.accounts[index]?.accountId ?? '';
    return lines.map((line) =>
      (taken.get(placeOf({ accountId, key: line.key })) ?? []).reduce(takeShare, line),
    );
  });
}

/** What a number must spend is asked of what is left to pay; of prepaid accounts where the policy says so. */
function withGradeMinimums(
  lines: ChargedLine[],
  account: ChargedAccount | undefined,
  { numberGrades, ...terms }: GroupChargesQuestion,
): ChargedLine[] {
  if (!numberGrades || !account || (account.isPrepaid && numberGrades.prepaid === undefined)) return lines;
  return [...lines, ...missingToGrades(lines, account.holdings, numberGrades, terms)];
}

/** The balance group of an account; one name for all that have none. */
function balanceGroups(accounts: readonly ChargedAccount[]): (accountId: string) => string {
  const groups = new Map(accounts.map((account) => [account.accountId, account.balanceGroupId ?? '']));
  return (accountId) => groups.get(accountId) ?? '';
}

interface TakenShare {
  given: GivenDiscount;
  share: DiscountShare;
}

/** What each line gives, discount by discount in their order. */
function sharesByLine(discounts: readonly GivenDiscount[]): Map<string, TakenShare[]> {
  const taken = new Map<string, TakenShare[]>();
  for (const given of discounts) {
    for (const share of given.shares) {
      const before = taken.get(placeOf(share));
      if (before) before.push({ given, share });
      else taken.set(placeOf(share), [{ given, share }]);
    }
  }
  return taken;
}

function placeOf({ accountId, key }: { accountId: string; key: string }): string {
  return `${accountId}|${key}`;
}

function discountsOf(
  { accounts, offers, discounts: policies, sharedDiscounts, period, cycle }: GroupChargesQuestion,
  gross: readonly ChargedLine[][],
): GivenDiscount[] {
  const holdings = allHeldTerms(accounts.flatMap((account) => account.holdings));
  const prepaidAccounts = new Set(
    accounts.filter(({ isPrepaid }) => isPrepaid).map(({ accountId }) => accountId),
  );
  const specifications = new Map(
    holdings
      .filter((holding) => isHeldIn(holding, period))
      .map(({ productId, offeringCode, offeringVersion }) => [
        productId,
        offers(offeringCode, offeringVersion).specification,
      ]),
  );
  const lines = accounts.flatMap(({ accountId }, index) =>
    (gross[index] ?? []).map(({ key, productId, chargeClass, net, sources }) => {
      const specification = specifications.get(productId) ?? null;
      const isUsage = sources.some(({ kind }) => kind === 'usage');
      return { accountId, key, productId, chargeClass, specification, net, isUsage };
    }),
  );
  const shared = { sharedDiscounts: sharedDiscounts ?? [], balanceGroupOf: balanceGroups(accounts) };
  return giveDiscounts({ lines, holdings, offers, policies, period, cycle, prepaidAccounts, ...shared });
}

/** The line with its share of a discount taken off. */
function takeShare(line: ChargedLine, { given, share }: TakenShare): ChargedLine {
  const { code, version, label, scope } = given.policy;
  const { amount } = share;
  return {
    ...line,
    discount: addMoney(line.discount, amount),
    net: subtractMoney(line.net, amount),
    discounts: [...line.discounts, { code, version, label, scope, amount }],
    // The whole line may be given while its exact charge lies a little below it.
    exact: subtractAmounts(line.exact, minAmount(moneyToAmount(amount), line.exact)),
    explanation: explainShare(line.explanation, given, share),
  };
}
