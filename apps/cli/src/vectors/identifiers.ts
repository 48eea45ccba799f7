import {
  equipmentIdentityType,
  isChineseMobileNumber,
  isFirstGenerationResidentId,
  isValidImei,
  isValidPrintedImei,
  isValidResidentId,
  isValidSocialCreditCode,
  luhnCheckDigit,
  splitImsi,
} from '@ronghe/kernel';
import { compare, type Figure } from './compare';
import type { Fields } from './fields';
import { NotApplicable, type Outcome } from './outcome';

/** `identifiers.json`. */
const kinds: Record<string, (input: string) => Record<string, Figure>> = {
  imei: (input) => ({ valid: isValidImei(input) }),
  imei_hyphens: (input) => ({ valid: isValidPrintedImei(input) }),
  imei_type: (input) => ({ type: equipmentIdentityType(input) }),
  imei_checkdigit: (input) => ({ checkDigit: luhnCheckDigit(input) }),
  luhn_checkdigit: (input) => ({ checkDigit: luhnCheckDigit(input) }),
  // Registering a customer asks for the first; the second reads old records.
  cn_resident_id: (input) => ({ valid: isValidResidentId(input) || isFirstGenerationResidentId(input) }),
  cn_mobile: (input) => ({ valid: isChineseMobileNumber(input) }),
  cn_uscc: (input) => ({ valid: isValidSocialCreditCode(input) }),
  imsi: imsiOf,
  imsi_split: imsiOf,
};

export function replayIdentifier(vector: Fields): Outcome {
  const kind = vector.text('kind');
  const check = kinds[kind];
  if (!check) throw new NotApplicable(`kind ${kind} is not known`);
  return compare(check(vector.textOr('input') ?? ''), vector.take('expected'));
}

function imsiOf(input: string): Record<string, Figure> {
  const imsi = splitImsi(input);
  if (typeof imsi === 'string') return { valid: false };
  const country = new Intl.DisplayNames('en', { type: 'region' }).of(imsi.region) ?? imsi.region;
  return { valid: true, mcc: imsi.mcc, mnc: imsi.mnc, msin: imsi.msin, country };
}
