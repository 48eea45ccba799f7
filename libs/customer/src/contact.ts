import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { customerErrors } from './customer.errors';

/** Where a customer is reached. */
export interface Contact {
  /** E.164: +8613800138000. */
  phone: string | null;
  address: string | null;
}

const ADDRESS_LIMIT = 200;
const NAME_LIMIT = 100;
const CONTROL = /\p{Cc}/u;

/**
 * A person's name as registered: blanks around it cut off and inner runs of blanks made one, normalised (NFC).
 * @throws DomainError('name_invalid') unless it has 2–100 characters, a letter among them and no control character.
 */
export function readName(text: string): string {
  if (CONTROL.test(text)) throw customerErrors.nameInvalid('it has control characters');
  const name = text.normalize('NFC').trim().replace(/\s+/gu, ' ');
  const length = [...name].length;
  if (length < 2 || length > NAME_LIMIT) throw customerErrors.nameInvalid('a name has 2 to 100 characters');
  if (!/\p{L}/u.test(name)) throw customerErrors.nameInvalid('it has no letter');
  return name;
}

/** A telephone number as E.164; without + it is read as a number in China. @throws DomainError('phone_invalid'). */
export function readPhone(text: string): string {
  const number = parsePhoneNumberFromString(text, 'CN');
  if (!number?.isValid()) throw customerErrors.phoneInvalid();
  return number.number;
}

/** One line of address, NFC. @throws DomainError('address_invalid') beyond 200 characters, or for control characters. */
export function readAddress(text: string): string {
  const address = text.normalize('NFC').trim();
  if (address === '' || [...address].length > ADDRESS_LIMIT || CONTROL.test(address))
    throw customerErrors.addressInvalid();
  return address;
}

/** Reads both parts; null and undefined mean that there is none. Errors as readPhone and readAddress. */
export function readContact(input: { phone?: string | null; address?: string | null }): Contact {
  return {
    phone: input.phone == null ? null : readPhone(input.phone),
    address: input.address == null ? null : readAddress(input.address),
  };
}

/** A name as it is searched: letter case and width do not matter. */
export function searchNameOf(name: string): string {
  return name.normalize('NFKC').toLowerCase().trim().replace(/\s+/gu, ' ');
}
