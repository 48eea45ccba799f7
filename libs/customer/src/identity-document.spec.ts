import { DomainError } from '@ronghe/kernel';
import { maskIdentityNumber, readIdentityDocument } from './identity-document';

const reasonOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error instanceof DomainError ? `${error.code}/${error.kind}` : error;
  }
};

describe('readIdentityDocument', () => {
  it('takes a resident identity card with blanks and a small x, and gives the normal form', () => {
    expect(readIdentityDocument('RESIDENT_ID', ' 110105 19491231 002x ')).toEqual({
      kind: 'RESIDENT_ID',
      issuingCountry: 'CN',
      number: '11010519491231002X',
    });
  });

  it('reads full-width digits as the same number, so that one document has one index', () => {
    expect(readIdentityDocument('RESIDENT_ID', '11010519491231002X').number).toBe('11010519491231002X');
  });

  it.each([
    ['wrong check digit', '110105194912310021'],
    ['no such birth date', '11010519490231002X'],
    ['first generation, no proof any more', '110105491231002'],
    ['empty', ''],
  ])('refuses a resident identity card: %s', (_why, number) => {
    expect(reasonOf(() => readIdentityDocument('RESIDENT_ID', number))).toBe(
      'identity_document_invalid/invalid',
    );
  });

  it('refuses a resident identity card of another country', () => {
    expect(reasonOf(() => readIdentityDocument('RESIDENT_ID', '11010519491231002X', 'FR'))).toBe(
      'identity_document_invalid/invalid',
    );
  });

  it('takes a passport with its country', () => {
    expect(readIdentityDocument('PASSPORT', 'e1234567', 'de')).toEqual({
      kind: 'PASSPORT',
      issuingCountry: 'DE',
      number: 'E1234567',
    });
  });

  it.each([
    ['no country', 'E1234567', undefined],
    ['country of three letters', 'E1234567', 'DEU'],
    ['too short', 'E123', 'DE'],
    ['too long', 'E123456789', 'DE'],
    ['punctuation', 'E12-4567', 'DE'],
  ])('refuses a passport: %s', (_why, number, country) => {
    expect(reasonOf(() => readIdentityDocument('PASSPORT', number, country))).toBe(
      'identity_document_invalid/invalid',
    );
  });

  it('never repeats the number in the error', () => {
    try {
      readIdentityDocument('RESIDENT_ID', '110105194912310021');
    } catch (error) {
      expect(JSON.stringify([error, (error as DomainError).message])).not.toContain('110105194912310021');
    }
    expect.assertions(1);
  });
});

describe('maskIdentityNumber', () => {
  it('shows the last four of a resident number and the last two of a passport', () => {
    expect(maskIdentityNumber('11010519491231002X')).toBe('**************002X');
    expect(maskIdentityNumber('E1234567')).toBe('******67');
  });
});
