import type { DunningPolicy, LocalizedText, ServiceClass } from '@ronghe/contracts';
import {
  instantFromDate,
  maxMoney,
  moneyFromMinor,
  moneyToDecimal,
  sumMoney,
  zeroMoney,
  type LocalDate,
} from '@ronghe/kernel';
import type { Dispute } from './dispute';
import { nextStepOf } from './dunning-review';
import type { AccountInDunning, StoredCase, StoredStep } from './dunning-standing';
import type { Stop } from './dunning-state';
import { overdueOn } from './overdue';
import { feeThrough, type LateBill } from './late-fee-turn';

/** GraphQL enum words. */
export const enumName = (text: string): string => text.toUpperCase().replaceAll('-', '_');

/** GraphQL type AccountDunning; cases and promise are resolved by account. */
export function accountDunningView({ account, bearsLateFee, termsReason, policy, today }: AccountInDunning) {
  const overdue = overdueOn(account.debts, today);
  return {
    accountId: account.accountId,
    customerClass: account.customerClass,
    exempt: account.isExempt,
    bearsLateFee,
    termsReason,
    overdue: moneyToDecimal(overdue?.amount ?? zeroMoney),
    overdueDays: overdue?.days ?? null,
    overdueBills: overdue?.bills ?? 0,
    next: (policy?.services ?? []).flatMap(({ service }) => {
      const next = nextStepOf(account, policy, service, today);
      return next
        ? [{ ...nextView(service, next.step.kind, next.step.state, next.step.stop), at: next.at }]
        : [];
    }),
  };
}

function nextView(
  service: ServiceClass,
  kind: string,
  state: { code: string; name: LocalizedText } | null,
  stop: Stop,
) {
  return {
    service: enumName(service),
    kind: enumName(kind),
    state: state?.code ?? null,
    names: state?.name ?? null,
    stop: enumName(stop),
  };
}

/** GraphQL type DunningCase. */
export function caseView({ caseId, service, stop, stateCode, openedAt, closedAt, steps }: StoredCase) {
  return {
    ...{ caseId, service: enumName(service), stop: enumName(stop), state: stateCode, openedAt, closedAt },
    steps: steps.map(stepView),
  };
}

function stepView({ no, kind, state, stop, overdue, overdueDays, at }: StoredStep) {
  return {
    ...{
      no,
      kind: enumName(kind),
      state: state?.code ?? null,
      names: state?.name ?? null,
      stop: enumName(stop),
    },
    ...{ overdue: moneyToDecimal(overdue), overdueDays, at },
  };
}

/** GraphQL type PaymentPromise. */
export function promiseView(promise: {
  until: LocalDate;
  releases: boolean;
  reason: string;
  given_by: string;
  given_at: Date;
}) {
  const { until, releases, reason, given_by: givenBy, given_at: givenAt } = promise;
  return { until, releases, reason, givenBy, givenAt: instantFromDate(givenAt) };
}

/** GraphQL type Dispute. */
export function disputeView(dispute: Dispute) {
  const { disputeId, accountId, billId, lineNo, amount, reason, state } = dispute;
  const { openedAt, openedBy, resolvedOn, resolvedBy, resolution, daysCount } = dispute;
  return {
    ...{
      disputeId,
      account: { accountId },
      bill: { id: billId },
      lineNo,
      amount: moneyToDecimal(amount),
      reason,
    },
    ...{ state: enumName(state), openedAt, openedBy, resolvedOn, resolvedBy, resolution, daysCount },
  };
}

/** GraphQL type LateFee: what has accrued through yesterday, of which day, and what became of it. */
export function lateFeeView(bill: LateBill, policy: DunningPolicy, today: LocalDate) {
  const { fee, explanation } = feeThrough(bill, policy.lateFee.perMille, today);
  const charged = sumMoney(bill.charged.map(({ amount }) => amount));
  return {
    bill: { id: bill.billId },
    number: bill.number,
    lateFrom: bill.facts.lateFrom,
    perMille: policy.lateFee.perMille,
    accrued: moneyToDecimal(fee),
    waived: moneyToDecimal(bill.waived),
    charged: moneyToDecimal(charged),
    toCharge: moneyToDecimal(
      moneyFromMinor(maxMoney(zeroMoney, moneyFromMinor(fee - bill.waived)) - charged),
    ),
    spans: explanation.spans,
  };
}
