import { hasLuhnCheckDigit } from './check-digit';

/** What a 3GPP TS 23.003 equipment identity is: with a check digit, or with a software version. */
export type EquipmentIdentityType = 'IMEI' | 'IMEISV';

/**
 * The kind of equipment identity that a text of digits is by its length: 14 (no check digit) or 15 are an IMEI, 16 an
 * IMEISV; null for anything else, and for 15 digits with another check digit.
 */
export function equipmentIdentityType(text: string): EquipmentIdentityType | null {
  if (/^\d{16}$/.test(text)) return 'IMEISV';
  return /^\d{14}$/.test(text) || isValidImei(text) ? 'IMEI' : null;
}

/** An IMEI: 15 digits of which the last is Luhn's. TS 23.003 §6.2.1. */
export function isValidImei(text: string): boolean {
  return /^\d{15}$/.test(text) && hasLuhnCheckDigit(text);
}

/** An IMEI as it is printed: bare, or as `NN-NNNNNN-NNNNNN-N`. */
export function isValidPrintedImei(text: string): boolean {
  return /^(\d{15}|\d{2}-\d{6}-\d{6}-\d)$/.test(text) && isValidImei(text.replaceAll('-', ''));
}
