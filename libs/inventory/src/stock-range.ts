import { assertNever, isValidIccid, luhnCheckDigit } from '@ronghe/kernel';
import type { ResourceKind } from '@ronghe/contracts';
import { inventoryError } from './inventory.errors';
import { checkNumberRange, numberFrom } from './number-plan';
import { gradeOf, gradeRank } from './number-grade';
import { isNumberKind } from './resource';

/** Units that enter stock in one command. */
export const STOCK_COUNT_LIMIT = 50_000;

/** A run of consecutive values as it arrives from a manufacturer or the number authority. */
export interface StockRange {
  kind: ResourceKind;
  /** The first value; for a SIM with its check digit. */
  first: string;
  /** The IMSI of the first SIM; SIMs only. */
  firstImsi?: string;
  /** 1…STOCK_COUNT_LIMIT. */
  count: number;
}

/** One unit to be stored. `gradeRank` is 0 for what has no grade. */
export interface StockUnit {
  value: string;
  imsi: string | null;
  gradeRank: number;
}

/**
 * Every unit of a range, in order.
 * @throws DomainError('stock_count_invalid' | 'iccid_invalid' | 'imsi_invalid' | 'number_invalid' | 'serial_invalid' |
 *   'range_overflow').
 */
export function unitsOf(range: StockRange): StockUnit[] {
  if (!Number.isInteger(range.count) || range.count < 1 || range.count > STOCK_COUNT_LIMIT) {
    throw inventoryError('stock_count_invalid', { count: range.count, limit: STOCK_COUNT_LIMIT });
  }
  const values = valuesOf(range);
  const imsis = range.kind === 'sim' ? imsisOf(range) : undefined;
  return values.map((value, index) => ({
    value,
    imsi: imsis?.[index] ?? null,
    gradeRank: isNumberKind(range.kind) ? gradeRank(gradeOf(value)) : 0,
  }));
}

function valuesOf({ kind, first, count }: StockRange): string[] {
  switch (kind) {
    case 'sim':
      return iccidsFrom(first, count);
    case 'mobile_number':
    case 'fixed_number': {
      const start = numberFrom(kind, first);
      const values = countUp(start, 0, 10, count);
      checkNumberRange(kind, start, count);
      return values;
    }
    case 'optical_terminal':
      // ITU-T G.984.3: four letters of the vendor, eight hexadecimal digits.
      requireForm(kind, first, /^[A-Z]{4}[0-9A-F]{8}$/);
      return countUp(first, 4, 16, count);
    case 'set_top_box':
      requireForm(kind, first, /^[0-9A-Z]{3,24}\d{8}$/);
      return countUp(first, first.length - 8, 10, count);
    default:
      return assertNever(kind);
  }
}

/** Consecutive serial numbers; each gets its own check digit. */
function iccidsFrom(first: string, count: number): string[] {
  if (!isValidIccid(first)) throw inventoryError('iccid_invalid', { value: first.slice(0, 40) });
  return countUp(first.slice(0, -1), 2, 10, count).map((payload) => `${payload}${luhnCheckDigit(payload)}`);
}

/** 460 is China; 15 digits (ITU-T E.212). */
function imsisOf({ firstImsi, count }: StockRange): string[] {
  if (firstImsi === undefined || !/^460\d{12}$/.test(firstImsi)) {
    throw inventoryError('imsi_invalid', { value: firstImsi?.slice(0, 40) ?? null });
  }
  return countUp(firstImsi, 5, 10, count);
}

function requireForm(kind: ResourceKind, first: string, form: RegExp): void {
  if (!form.test(first)) throw inventoryError('serial_invalid', { kind, value: first.slice(0, 40) });
}

/** `count` values from `first` on; what follows the prefix is counted up and keeps its length. */
function countUp(first: string, prefixLength: number, radix: number, count: number): string[] {
  const prefix = first.slice(0, prefixLength);
  const digits = first.slice(prefixLength);
  const start = BigInt(radix === 16 ? `0x${digits}` : digits);
  const last = (start + BigInt(count) - 1n).toString(radix);
  if (last.length > digits.length) throw inventoryError('range_overflow', { first, count });
  return Array.from({ length: count }, (_, index) => {
    const text = (start + BigInt(index)).toString(radix).toUpperCase();
    return `${prefix}${text.padStart(digits.length, '0')}`;
  });
}
