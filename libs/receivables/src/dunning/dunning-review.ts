import type { DunningPolicy, ServiceClass } from '@ronghe/contracts';
import { addDays, startOfLocalDate, type Instant, type LocalDate } from '@ronghe/kernel';
import {
  decideCase,
  foretell,
  newStanding,
  type CaseDecision,
  type CaseStanding,
  type CaseStep,
  type Hold,
} from './dunning-case';
import {
  headsOf,
  serviceClassOf,
  stoppedSince,
  type DunnedProduct,
  type WantedStop,
} from './dunning-product';
import { daysToLookAt, type DunningFacts } from './dunning-state';
import { overdueOn, type Debt } from './overdue';

/** All that decides what happens to an account in dunning. */
export interface DunningAccount {
  lane: number;
  accountId: string;
  customerId: string;
  zone: string;
  customerClass: string;
  isExempt: boolean;
  promise: { until: LocalDate; releases: boolean } | null;
  debts: readonly Debt[];
  cases: readonly OpenCase[];
  products: readonly DunnedProduct[];
}

export interface OpenCase {
  caseId: string;
  service: ServiceClass;
  standing: CaseStanding;
  /** How many steps it has. */
  steps: number;
}

/** What becomes of one service class. */
export interface ServiceReview {
  service: ServiceClass;
  /** Null where a case would be opened. */
  open: OpenCase | null;
  decision: CaseDecision;
}

export interface AccountReview {
  services: ServiceReview[];
  stops: WantedStop[];
  /** The next day on which something may come to hold; null when nothing can. */
  nextDay: LocalDate | null;
  /** Something is late, stopped or in a case. */
  isWatched: boolean;
}

/** What is to happen to an account on a day, by the policy that is in force. */
export function reviewAccount(
  account: DunningAccount,
  policy: DunningPolicy | undefined,
  today: LocalDate,
): AccountReview {
  const hold = holdOf(account, today);
  const services: ServiceReview[] = [];
  const stops: WantedStop[] = [];
  const days: LocalDate[] = account.debts.map(({ lateFrom }) => lateFrom);
  for (const { service, states } of policy?.services ?? []) {
    const heads = headsOfService(account, service);
    const open = account.cases.find((each) => each.service === service) ?? null;
    // Without a product there is nothing to stop; what is owed is for collection.
    const facts = heads.length > 0 ? factsOf(account, heads) : { ...factsOf(account, heads), debts: [] };
    const decided = decideCase(states, facts, open?.standing ?? newStanding, { day: today, hold });
    const decision = heads.length > 0 ? decided : withoutResumption(decided);
    if (open || decision.steps.length > 0) services.push({ service, open, decision });
    stops.push(
      ...heads.map(({ product }) => ({ productId: product.productId, wanted: decision.standing.stop })),
    );
    days.push(...daysToLookAt(states, facts, today));
  }
  if (account.promise) days.push(addDays(account.promise.until, 1));
  return {
    services,
    stops,
    nextDay: days.filter((day) => day > today).sort()[0] ?? null,
    isWatched:
      overdueOn(account.debts, today) !== null || services.some(({ decision }) => !decision.isClosed),
  };
}

/** What comes next in a case if nothing is paid, and when. */
export function nextStepOf(
  account: DunningAccount,
  policy: DunningPolicy | undefined,
  service: ServiceClass,
  today: LocalDate,
): { at: Instant; step: CaseStep } | null {
  const rules = policy?.services.find((each) => each.service === service);
  const standing = account.cases.find((each) => each.service === service)?.standing ?? newStanding;
  const heads = headsOfService(account, service);
  if (!rules || heads.length === 0) return null;
  const facts = factsOf(account, heads);
  const told = foretell(rules.states, facts, standing, { day: today, hold: holdOf(account, today) });
  return told && { at: startOfLocalDate(told.day, account.zone), step: told.step };
}

/** A product that dunning has ended, or the customer, is not resumed. */
function withoutResumption(decision: CaseDecision): CaseDecision {
  return { ...decision, steps: decision.steps.filter(({ kind }) => kind !== 'resume') };
}

/** Why dunning keeps still for an account on a day. */
export function holdOf({ isExempt, promise }: DunningAccount, today: LocalDate): Hold {
  if (isExempt) return 'released';
  if (!promise || promise.until < today) return 'none';
  return promise.releases ? 'released' : 'kept';
}

function headsOfService({ products }: DunningAccount, service: ServiceClass): DunnedProduct[] {
  return headsOf(products.filter(({ lineOfBusiness }) => serviceClassOf(lineOfBusiness) === service));
}

function factsOf(account: DunningAccount, heads: readonly DunnedProduct[]): DunningFacts {
  const { debts, customerClass, zone } = account;
  return { debts, customerClass, stoppedSince: stoppedSince(heads, zone) };
}
