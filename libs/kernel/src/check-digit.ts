import { daysInMonth } from './local-date';

const RESIDENT_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const RESIDENT_CHECK = '10X98765432';

/** First two digits of GB/T 2260 region codes; 81–83 are the residence permits of Hong Kong, Macau and Taiwan. */
const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(
    ' ',
  ),
);

/**
 * A Chinese resident identity number in force: 18 characters, GB 11643: six digits of region in a known province, a
 * birth date that the calendar has, three digits of sequence, check character (ISO 7064 mod 11-2, X or x for ten).
 */
export function isValidResidentId(text: string): boolean {
  if (!/^[1-8]\d{16}[\dXx]$/.test(text)) return false;
  if (!hasRegionAndDate(text.slice(0, 6), text.slice(6, 14))) return false;
  const sum = RESIDENT_WEIGHTS.reduce((running, weight, index) => running + weight * Number(text[index]), 0);
  return RESIDENT_CHECK[sum % 11] === text[17]?.toUpperCase();
}

/**
 * The form of first-generation numbers: 15 digits with a two-digit year and no check digit. They have not been
 * valid proof of identity since 2013: for reading old records, not for registering customers.
 */
export function isFirstGenerationResidentId(text: string): boolean {
  return /^\d{15}$/.test(text) && hasRegionAndDate(text.slice(0, 6), `19${text.slice(6, 12)}`);
}

/**
 * The digit that makes `payload` pass Luhn when it is appended (ISO/IEC 7812-1 annex B; ICCID, IMEI).
 * @throws RangeError when the payload is not all digits, a defect of the caller.
 */
export function luhnCheckDigit(payload: string): number {
  if (!/^\d+$/.test(payload)) throw new RangeError('Luhn works on digits');
  let sum = 0;
  for (let index = 0; index < payload.length; index += 1) {
    const digit = Number(payload[payload.length - 1 - index]);
    const weighted = index % 2 === 0 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return (10 - (sum % 10)) % 10;
}

/** Whether the last digit of an all-digit text is the Luhn check digit of those before it. */
export function hasLuhnCheckDigit(text: string): boolean {
  return /^\d{2,}$/.test(text) && luhnCheckDigit(text.slice(0, -1)) === Number(text.at(-1));
}

/** An ICCID (ITU-T E.118): 19 or 20 digits, issuer prefix 89, last digit Luhn. */
export function isValidIccid(text: string): boolean {
  return /^89\d{17,18}$/.test(text) && hasLuhnCheckDigit(text);
}

/** The 31 characters of GB 32100: digits and capitals without I, O, S, V, Z, which look like others. */
const SOCIAL_CREDIT_CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/**
 * A unified social credit code of an organisation (GB 32100-2015): 18 characters, registering authority and category,
 * six digits of region, nine of organisation code, check character (weights 3^i mod 31).
 */
export function isValidSocialCreditCode(text: string): boolean {
  if (!/^[0-9A-HJ-NP-RTUW-Y]{2}\d{6}[0-9A-HJ-NP-RTUW-Y]{10}$/.test(text)) return false;
  let [sum, weight] = [0, 1];
  for (const character of text.slice(0, 17)) {
    sum += SOCIAL_CREDIT_CHARACTERS.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return SOCIAL_CREDIT_CHARACTERS[(31 - (sum % 31)) % 31] === text[17];
}

function hasRegionAndDate(region: string, date: string): boolean {
  const [year, month, day] = [Number(date.slice(0, 4)), Number(date.slice(4, 6)), Number(date.slice(6, 8))];
  if (!PROVINCES.has(region.slice(0, 2)) || year < 1800 || month < 1 || month > 12) return false;
  return day >= 1 && day <= daysInMonth(year, month);
}
