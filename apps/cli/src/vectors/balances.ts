import { addMs, instantFromIso, zeroRatio, type Instant, type Period } from '@ronghe/kernel';
import type { SpendableBalance } from './terms/spendable-balances';
import type { Fields } from './fields';
import { timeOf } from './rate-tables';

/** Which types of balance hold the units of a service. */
const unitTypes: Record<string, string> = { voice: 'voice_seconds', data: 'data', sms: 'messages' };

/** The balances that may pay for usage of a service to a destination, in the order given. */
export function balancesOf(vector: Fields, service: string, destination: string): SpendableBalance[] {
  return vector.objects('balances').flatMap((fields): SpendableBalance[] => {
    const balance = balanceOf(fields, service);
    const prefixes = fields.list('destinations').map(String);
    fields.finish();
    return prefixes.length === 0 || prefixes.some((prefix) => destination.startsWith(prefix))
      ? [balance]
      : [];
  });
}

/** One balance. A type that the service cannot use is not applicable, since other rules would decide about it. */
export function balanceOf(fields: Fields, service: string): SpendableBalance {
  const head = {
    id: fields.text('id'),
    priority: Number(fields.textOr('priority') ?? '0'),
    validity: validityOf(fields),
    band: bandOf(fields),
  };
  const type = fields.text('type');
  if (type === 'money') {
    const remaining = fields.decimalOr('value') ?? zeroRatio;
    return { ...head, kind: 'money', remaining, mayBeNegative: fields.flag('allowNegative') };
  }
  if (type !== unitTypes[service]) return fields.refuse('type', `${type} is not supported for ${service}`);
  const remaining = fields.whole('value');
  const increment = fields.whole('increment', 1n);
  const isBlocker = fields.flag('blocker');
  return { ...head, kind: 'units', remaining, increment, isBlocker };
}

/** When steps that say no time take place; days of a validity are counted from it. */
export const NOW = instantFromIso('2026-01-01T12:00:00Z');
const DAY_MS = 86_400_000;
const ALWAYS: Period = {
  from: instantFromIso('1970-01-01T00:00:00Z'),
  to: instantFromIso('9999-01-01T00:00:00Z'),
};

/** `-60d` or an instant. */
function validityOf(fields: Fields): Period | null {
  const at = (name: string): Instant | null => {
    const text = fields.textOr(name);
    const days = /^([+-]?\d+)d$/.exec(text ?? '')?.[1];
    if (days !== undefined) return addMs(NOW, Number(days) * DAY_MS);
    return text === null ? null : instantFromIso(text);
  };
  const [from, to] = [at('validFrom'), at('validTo')];
  return from === null && to === null ? null : { from: from ?? ALWAYS.from, to: to ?? ALWAYS.to };
}

/** `23:00-08:00`. */
function bandOf(fields: Fields): { fromMs: number; toMs: number } | null {
  const [from, to] = (fields.textOr('onlyBand') ?? '').split('-');
  return from && to ? { fromMs: timeOf(from), toMs: timeOf(to) } : null;
}
