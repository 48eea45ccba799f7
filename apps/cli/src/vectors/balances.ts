import type { UsageClass, UsageUnit } from '@ronghe/contracts';
import { addMs, instantFromIso, type Instant, type Period } from '@ronghe/kernel';
import type { Fields } from './fields';
import { minutesOf, prefixesOf } from './rate-tables';

/** What units each type of balance holds; the smallest of each that we rate: an octet of a vector stands for a KB. */
const unitTypes: Record<string, RatedUnits> = {
  voice_seconds: { usageClass: 'voice', unit: 'second' },
  data: { usageClass: 'data', unit: 'kb' },
  messages: { usageClass: 'sms', unit: 'message' },
};

/** A class of usage and what it is counted in. */
export interface RatedUnits {
  usageClass: UsageClass;
  unit: UsageUnit;
}

/** A balance as a vector says it. */
export interface VectorBalance {
  id: string;
  /** What it holds; null: money. */
  units: RatedUnits | null;
  /** Its owner is the account that uses, or shares it with that account, whose own come first; `others`: it may not. */
  access: 'own' | 'shared' | 'others';
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

/**
 * The balances of a vector, in the order given.
 * @param account who uses; null: who owns those that name no owner
 */
export function balancesOf(vector: Fields, account: string | null): VectorBalance[] {
  const read = vector.objects('balances').map((fields) => {
    const [owner, group] = [fields.textOr('owner'), fields.textOr('sharedGroup')];
    const isOwn = owner === null || owner === account;
    const balance = balanceOf(fields);
    fields.finish();
    return { balance, isOwn, group };
  });
  const groups = new Set(read.flatMap(({ isOwn, group }) => (isOwn && group !== null ? [group] : [])));
  return read.map(({ balance, isOwn, group }) => {
    if (isOwn) return balance;
    return { ...balance, access: group !== null && groups.has(group) ? 'shared' : 'others' };
  });
}

function balanceOf(fields: Fields): VectorBalance {
  const type = fields.text('type');
  const units = unitTypes[type] ?? null;
  const isMoney = type === 'money';
  if (!isMoney && !units) fields.refuse('type', `${type} is not supported`);
  return {
    id: fields.text('id'),
    units,
    access: 'own',
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
/** When balances that say no validity may be used. */
export const ALWAYS: Period = {
  from: instantFromIso('1970-01-01T00:00:00Z'),
  to: instantFromIso('9999-01-01T00:00:00Z'),
};

/** `-60d`, a day or an instant; null where the vector says none. */
export function instantAt(fields: Fields, name: string): Instant | null {
  const text = fields.textOr(name);
  if (text === null) return null;
  const days = /^([+-]?\d+)d$/.exec(text)?.[1];
  if (days !== undefined) return addMs(NOW, Number(days) * DAY_MS);
  return instantFromIso(text.includes('T') ? text : `${text}T00:00:00Z`);
}

function validityOf(fields: Fields): Period | null {
  const at = (name: string) => instantAt(fields, name);
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

/**
 * The order in which balances that may be used are: one's own first; then higher priority; among equals what is limited to a
 * band; then the order given.
 */
export function inOrder(balances: readonly VectorBalance[]): VectorBalance[] {
  const turn = ({ access }: VectorBalance) => (access === 'own' ? 0 : 1);
  return balances
    .filter(({ access }) => access !== 'others')
    .sort(
      (a, b) =>
        turn(a) - turn(b) || b.priority - a.priority || Number(a.band === null) - Number(b.band === null),
    );
}
