import { addMs, instantFromIso, type Instant, type Period } from '@ronghe/kernel';
import type { Fields } from './fields';
import { minutesOf, prefixesOf } from './rate-tables';

/** Which types of balance hold the units of a service. */
const unitTypes: Record<string, string> = { voice: 'voice_seconds', data: 'data', sms: 'messages' };

/** A balance as a vector says it. */
export interface VectorBalance {
  id: string;
  kind: 'units' | 'money';
  /** Units, or yuan. */
  value: string;
  /** Higher is used first; among equals those of a band, then the order given. */
  priority: number;
  /** Usage that starts within may take from it; null: always. */
  validity: Period | null;
  /** Minutes of the day within which usage must start; may go over midnight. Null: all day. */
  band: { from: number; to: number } | null;
  /** Beginnings of destinations; empty: all. */
  prefixes: readonly string[];
  /** It is consumed in whole ones of these. */
  increment: string;
  /** Where it does not cover the usage nothing else may. */
  isBlocker: boolean;
  /** Money that may be drawn below zero: a credit. */
  mayBeNegative: boolean;
  /** Money that another session holds already. */
  held: { session: string; amount: string } | null;
}

/** The balances of a vector, in the order given. */
export function balancesOf(vector: Fields, service: string): VectorBalance[] {
  return vector.objects('balances').map((fields) => {
    const balance = balanceOf(fields, service);
    fields.finish();
    return balance;
  });
}

/** One balance. A type that the service cannot use is not applicable, since other rules would decide about it. */
function balanceOf(fields: Fields, service: string): VectorBalance {
  const type = fields.text('type');
  const isMoney = type === 'money';
  if (!isMoney && type !== unitTypes[service])
    fields.refuse('type', `${type} is not supported for ${service}`);
  return {
    id: fields.text('id'),
    kind: isMoney ? 'money' : 'units',
    value: isMoney ? (fields.textOr('value') ?? '0') : String(fields.whole('value')),
    priority: Number(fields.textOr('priority') ?? '0'),
    validity: validityOf(fields),
    band: bandOf(fields),
    prefixes: prefixesOf(fields, 'destinations'),
    increment: isMoney ? '1' : String(fields.whole('increment', 1n)),
    isBlocker: !isMoney && fields.flag('blocker'),
    mayBeNegative: isMoney && fields.flag('allowNegative'),
    held: isMoney ? heldOf(fields) : null,
  };
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
function bandOf(fields: Fields): VectorBalance['band'] {
  const [from, to] = (fields.textOr('onlyBand') ?? '').split('-');
  return from && to ? { from: minutesOf(fields, from), to: minutesOf(fields, to) } : null;
}

function heldOf(fields: Fields): VectorBalance['held'] {
  if (!fields.has('openReservation')) return null;
  const held = fields.object('openReservation');
  const hold = { session: held.text('session'), amount: held.text('money') };
  held.finish();
  return hold;
}
