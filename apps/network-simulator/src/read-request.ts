import { elementNames, isElement, type ElementName, type Subscription } from './network-elements';
import { faultModes, type FaultMode, type FaultPlan } from './faults';

/** A request that is wrong: its HTTP status, a stable code, and what to do about it. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** @throws Refusal 404 `unknown_element` naming those that there are. */
export function elementFrom(name: string): ElementName {
  if (!isElement(name)) {
    throw new Refusal(
      404,
      'unknown_element',
      `no element ${name.slice(0, 40)}; there are ${elementNames.join(', ')}`,
    );
  }
  return name;
}

/** A JSON object, empty for no text. @throws Refusal 400 `body_invalid`. */
export function objectFrom(text: string): Subscription {
  if (text === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal(400, 'body_invalid', 'the body is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refusal(400, 'body_invalid', 'the body is not a JSON object');
  }
  return value as Subscription;
}

const FAULT_FIELDS = ['element', 'mode', 'probability', 'seed', 'count', 'applies', 'delayMs'];
const DELAY_DEFAULT_MS = 1_000;
const DELAY_LIMIT_MS = 60_000;

/** Reads a fault; all but `mode` may be left out. @throws Refusal 400 `fault_invalid` naming the field. */
export function faultFrom(body: Subscription): FaultPlan {
  const unknown = Object.keys(body).find((field) => !FAULT_FIELDS.includes(field));
  if (unknown !== undefined) throw faultInvalid(unknown, `is not one of ${FAULT_FIELDS.join(', ')}`);
  const { element, mode, applies } = body;
  if (!faultModes.some((each) => each === mode))
    throw faultInvalid('mode', `must be one of ${faultModes.join(', ')}`);
  if (element !== undefined && element !== null && (typeof element !== 'string' || !isElement(element))) {
    throw faultInvalid('element', `must be one of ${elementNames.join(', ')}`);
  }
  if (applies !== undefined && typeof applies !== 'boolean')
    throw faultInvalid('applies', 'must be true or false');
  const count = body['count'] === null ? null : numberFrom(body, 'count', -1, 1_000_000);
  return {
    element: element ?? null,
    mode: mode as FaultMode,
    probability: numberFrom(body, 'probability', 1, 1),
    seed: numberFrom(body, 'seed', 1, 4_294_967_295),
    count: count === -1 ? null : count,
    applies: applies ?? false,
    delayMs: numberFrom(body, 'delayMs', DELAY_DEFAULT_MS, DELAY_LIMIT_MS),
  };
}

function numberFrom(body: Subscription, field: string, absent: number, maximum: number): number {
  const value = body[field];
  if (value === undefined) return absent;
  if (typeof value !== 'number' || !(value >= 0 && value <= maximum)) {
    throw faultInvalid(field, `must be a number from 0 to ${maximum}`);
  }
  return value;
}

function faultInvalid(field: string, problem: string): Refusal {
  return new Refusal(400, 'fault_invalid', `${field} ${problem}`);
}
