import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { inventoryError } from './inventory.errors';

export type NumberKind = 'mobile_number' | 'fixed_number';

const COUNTRY = 'CN';
const COUNTRY_CODE = '86';
/** The plan tells numbers apart by their leading digits; within a block of this size all are alike. */
const BLOCK_SIZE = 1000n;

/**
 * The one form in which a number is stored: a mobile number in E.164 digits without the plus (`8613312345678`), a
 * fixed number in national form with its area code (`02885551234`). Accepts `+86`, `86` and national spellings.
 * @throws DomainError('number_invalid') when the Chinese plan knows no such number of the kind.
 */
export function numberFrom(kind: NumberKind, text: string): string {
  const number = parsePhoneNumberFromString(text, COUNTRY);
  const wanted = kind === 'mobile_number' ? 'MOBILE' : 'FIXED_LINE';
  if (
    !number ||
    number.countryCallingCode !== COUNTRY_CODE ||
    !number.isValid() ||
    number.getType() !== wanted
  ) {
    throw inventoryError('number_invalid', {
      kind,
      value: text.slice(0, 40),
      ...(kind === 'mobile_number' ? { segments: mobileSegments() } : {}),
    });
  }
  return kind === 'mobile_number' ? `${COUNTRY_CODE}${number.nationalNumber}` : `0${number.nationalNumber}`;
}

/**
 * Checks every number from `first` on, both in stored form, by one sample for each block.
 * @throws DomainError('number_invalid') naming the first number of the block that the plan does not know.
 */
export function checkNumberRange(kind: NumberKind, first: string, count: number): void {
  const start = BigInt(first);
  const end = start + BigInt(count) - 1n;
  for (let block = start; block <= end; block += BLOCK_SIZE - (block % BLOCK_SIZE)) {
    numberFrom(kind, block.toString().padStart(first.length, '0'));
  }
}

let segments: readonly string[] | undefined;

/** The three-digit segments in which the plan has mobile numbers: `133`, `153`, `189`, `191`, … */
export function mobileSegments(): readonly string[] {
  segments ??= Array.from({ length: 100 }, (_, index) => `1${String(index).padStart(2, '0')}`).filter(
    hasMobile,
  );
  return segments;
}

/** A segment counts when any of its ten blocks of tens of millions is in use (174 is only in part). */
function hasMobile(segment: string): boolean {
  return Array.from({ length: 10 }, (_, digit) => `${segment}${digit}0000000`).some((text) => {
    const number = parsePhoneNumberFromString(text, COUNTRY);
    return number?.isValid() === true && number.getType() === 'MOBILE';
  });
}
