import { networkCodeLength, regionOfMobileCountryCode } from './mobile-country';

/** An international mobile subscriber identity, taken apart. 3GPP TS 23.003 §2.2. */
export interface Imsi {
  mcc: string;
  mnc: string;
  msin: string;
  /** ISO 3166 region of the country code. */
  region: string;
}

/** Why a text is no IMSI. */
export type ImsiFault = 'format' | 'length' | 'unknown_country';

/** Takes an IMSI apart, or says what is wrong with it: 14 or 15 digits of an assigned country code. */
export function splitImsi(text: string): Imsi | ImsiFault {
  if (!/^\d+$/.test(text)) return 'format';
  if (text.length < 14 || text.length > 15) return 'length';
  const mcc = text.slice(0, 3);
  const region = regionOfMobileCountryCode(mcc);
  if (region === null) return 'unknown_country';
  const msinAt = 3 + networkCodeLength(mcc);
  return { mcc, mnc: text.slice(3, msinAt), msin: text.slice(msinAt), region };
}

/** A mobile number of mainland China: eleven digits from 13 to 19, bare or after +86 or 0086. */
export function isChineseMobileNumber(text: string): boolean {
  return /^(?:(?:\+|00)86)?1[3-9]\d{9}$/.test(text);
}
