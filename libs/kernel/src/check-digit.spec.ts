import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  hasLuhnCheckDigit,
  isFirstGenerationResidentId,
  isValidIccid,
  isValidResidentId,
  luhnCheckDigit,
} from './index';

interface IdentifierVector {
  id: string;
  kind: string;
  input: string;
  expected: { valid?: boolean; checkDigit?: string };
}

const path = join(__dirname, '../../../testdata/vectors/identifiers.json');
const { vectors } = JSON.parse(readFileSync(path, 'utf8')) as { vectors: IdentifierVector[] };
const ofKind = (...kinds: string[]) =>
  vectors.filter((vector) => kinds.includes(vector.kind)).map((vector) => [vector.id, vector] as const);

describe('published identifiers', () => {
  // validator.js also calls first-generation numbers valid; they prove nothing since 2013, so ours is two functions.
  it.each(ofKind('cn_resident_id'))('%s', (_, { input, expected }) => {
    expect(isValidResidentId(input) || isFirstGenerationResidentId(input)).toBe(expected.valid);
  });

  it.each(ofKind('luhn_checkdigit', 'imei_checkdigit'))('%s', (_, { input, expected }) => {
    expect(luhnCheckDigit(input)).toBe(Number(expected.checkDigit));
    expect(hasLuhnCheckDigit(`${input}${expected.checkDigit}`)).toBe(true);
  });
});

describe('resident identity numbers', () => {
  // The worked example of GB 11643-1999, annex A, and numbers made for this test.
  it.each(['11010519491231002X', '11010519491231002x', '440524188001010014', withCheck('31010120000229001')])(
    'accepts %s',
    (text) => {
      expect(isValidResidentId(text)).toBe(true);
    },
  );

  it.each([
    ['another check digit', '110105194912310021'],
    ['a day that does not exist', withCheck('11010520010229001')],
    ['month 13', withCheck('11010519491331002')],
    ['no such province', withCheck('16010519491231002')],
    ['fifteen digits', '110105491231002'],
    ['a blank behind', '11010519491231002X '],
    ['full-width digits', '１１010519491231002X'],
    ['nothing', ''],
  ])('refuses %s: %s', (_, text) => {
    expect(isValidResidentId(text)).toBe(false);
  });

  it('notices every change of one digit and every swap of neighbours', () => {
    const valid = '11010519491231002X';
    for (let index = 0; index < 17; index += 1) {
      for (const digit of '0123456789') {
        if (digit === valid[index]) continue;
        expect(isValidResidentId(valid.slice(0, index) + digit + valid.slice(index + 1))).toBe(false);
      }
      if (index === 16 || valid[index] === valid[index + 1]) continue;
      const swapped = `${valid.slice(0, index)}${valid[index + 1]}${valid[index]}${valid.slice(index + 2)}`;
      expect(isValidResidentId(swapped)).toBe(false);
    }
  });

  it('knows first-generation numbers by region and date', () => {
    expect(isFirstGenerationResidentId('110101491001001')).toBe(true);
    expect(isFirstGenerationResidentId('110101491301001')).toBe(false);
  });
});

describe('ICCID', () => {
  const payload = '898600000000000000';
  const iccid = `${payload}${luhnCheckDigit(payload)}`;

  it('accepts 19 and 20 digits of prefix 89 with their Luhn digit', () => {
    expect(isValidIccid(iccid)).toBe(true);
    expect(isValidIccid(`${payload}0${luhnCheckDigit(`${payload}0`)}`)).toBe(true);
  });

  it('refuses another check digit, prefix or length', () => {
    const wrong = `${payload}${(luhnCheckDigit(payload) + 1) % 10}`;
    for (const text of [wrong, `79${iccid.slice(2)}`, iccid.slice(0, -1), `${iccid}00`, '', 'x']) {
      expect(isValidIccid(text)).toBe(false);
    }
    expect(() => luhnCheckDigit('12a')).toThrow(RangeError);
  });
});

/** Appends the check character by the sum that ISO 7064 defines: Σ digit × 2^position ≡ 1 (mod 11). */
function withCheck(body: string): string {
  const sum = [...body].reduce((running, digit, index) => running + Number(digit) * 2 ** (17 - index), 0);
  const check = (12 - (sum % 11)) % 11;
  return `${body}${check === 10 ? 'X' : check}`;
}
