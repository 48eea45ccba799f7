import type {
  BillingPolicy,
  DunningEffect,
  DunningPolicy,
  DunningState,
  ServiceClass,
  TaxPolicy,
} from '@ronghe/contracts';
import type { FieldPath } from './authored-file';
import type { Located, ProblemList } from './authored-set';

/** Telecommunications Regulations, article 34: a line is stopped when a bill is 30 days late, and ended after 60 more days. */
const LEGAL_OVERDUE_DAYS = 30;
const LEGAL_STOPPED_DAYS = 60;
/** Services that the article protects; mobile service is stopped as its contract says. */
const protectedServices: readonly ServiceClass[] = ['fixed', 'broadband', 'iptv'];
const strictness: Readonly<Record<DunningEffect, number>> = {
  notice: 0,
  'outgoing-stop': 1,
  'full-stop': 2,
  termination: 3,
};

/** A dunning policy holds what the law asks for, its states come in order, and its charge and tax classes exist. */
export function checkDunning(
  at: Located<DunningPolicy>,
  { taxes, billing }: { taxes: readonly Located<TaxPolicy>[]; billing: readonly Located<BillingPolicy>[] },
  list: ProblemList,
): void {
  const { services, lateFee } = at.value;
  services.forEach(({ service, states }, index) => {
    const field: FieldPath = ['services', index];
    if (services.findIndex((other) => other.service === service) !== index) {
      list.add(at, [...field, 'service'], `${service} is there twice`);
    }
    states.forEach((state, position) => {
      const place = [...field, 'states', position];
      checkLaw(service, state, (name, message) => list.add(at, [...place, name], message));
      checkOrder(states, position, (name, message) => list.add(at, [...place, name], message));
    });
  });
  const known = new Set(taxes.flatMap(({ value }) => value.classes.map(({ code }) => code)));
  const classes = billing.flatMap(({ value }) => value.chargeClasses.map(({ code }) => code));
  if (!classes.includes(lateFee.chargeClass)) {
    list.add(at, ['lateFee', 'chargeClass'], `the billing policy has no charge class ${lateFee.chargeClass}`);
  }
  lateFee.taxClasses.forEach(({ percent, taxClass }, index) => {
    const field: FieldPath = ['lateFee', 'taxClasses', index];
    if (!known.has(taxClass)) list.add(at, [...field, 'taxClass'], `unknown tax class ${taxClass}`);
    if (lateFee.taxClasses.findIndex((other) => other.percent === percent) !== index) {
      list.add(at, [...field, 'percent'], `${percent} is there twice`);
    }
  });
}

type Complain = (field: string, message: string) => void;

function checkLaw(service: ServiceClass, state: DunningState, complain: Complain): void {
  const isProtected = protectedServices.includes(service);
  if (isProtected && state.effect !== 'notice' && state.overdueDays < LEGAL_OVERDUE_DAYS) {
    complain(
      'overdueDays',
      `${service} is not stopped before ${LEGAL_OVERDUE_DAYS} days overdue (Telecommunications Regulations, article 34)`,
    );
  }
  if (state.effect !== 'termination') {
    if (state.stoppedDays !== null) complain('stoppedDays', 'goes with termination');
    return;
  }
  if (state.stoppedDays === null) complain('stoppedDays', 'a termination needs stoppedDays');
  else if (isProtected && state.stoppedDays < LEGAL_STOPPED_DAYS) {
    complain(
      'stoppedDays',
      `${service} is not ended before ${LEGAL_STOPPED_DAYS} days stopped (Telecommunications Regulations, article 34)`,
    );
  }
}

function checkOrder(states: readonly DunningState[], position: number, complain: Complain): void {
  const state = states[position];
  const before = states[position - 1];
  if (!state) return;
  if (states.findIndex(({ code }) => code === state.code) !== position) {
    complain('code', `${state.code} is there twice`);
  }
  if (before && state.overdueDays < before.overdueDays) {
    complain('overdueDays', `comes before ${before.code}, which is named before it`);
  }
  const stricter = states
    .slice(0, position)
    .find(({ effect }) => strictness[effect] > strictness[state.effect]);
  if (stricter && state.effect !== 'notice') {
    complain('effect', `is milder than ${stricter.code}, which is named before it`);
  }
  if (
    state.effect === 'termination' &&
    !states.slice(0, position).some(({ effect }) => effect === 'full-stop')
  ) {
    complain('effect', 'a termination needs a full stop before it');
  }
}
