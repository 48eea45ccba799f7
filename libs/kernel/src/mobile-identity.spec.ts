import {
  equipmentIdentityType,
  isChineseMobileNumber,
  isValidImei,
  isValidPrintedImei,
  isValidSocialCreditCode,
  splitImsi,
} from './index';

describe('IMSI', () => {
  it('is taken apart by the length of its country’s network codes', () => {
    expect(splitImsi('460001234567890')).toEqual({ mcc: '460', mnc: '00', msin: '1234567890', region: 'CN' });
    expect(splitImsi('310150123456789')).toMatchObject({ mnc: '150', msin: '123456789', region: 'US' });
  });

  it('says what is wrong', () => {
    expect(['46000123456789a', '4600012', '999001234567890'].map(splitImsi)).toEqual([
      'format',
      'length',
      'unknown_country',
    ]);
  });
});

describe('IMEI', () => {
  it('has a check digit, and is known by its length', () => {
    expect(isValidImei('354178036859789')).toBe(true);
    expect(isValidImei('354178036859788')).toBe(false);
    expect(equipmentIdentityType('354178036859788')).toBeNull();
    expect(equipmentIdentityType('3541780368597800')).toBe('IMEISV');
  });

  it('may be printed with hyphens in their places only', () => {
    expect(isValidPrintedImei('35-417803-685978-9')).toBe(true);
    expect(isValidPrintedImei('354-17803-685978-9')).toBe(false);
  });
});

it('knows a unified social credit code by its check character', () => {
  expect(isValidSocialCreditCode('91110000600037341L')).toBe(true);
  expect(isValidSocialCreditCode('91110000600037341M')).toBe(false);
  expect(isValidSocialCreditCode('9111000O600037341L')).toBe(false);
});

it.each([
  ['13800138000', true],
  ['+8613800138000', true],
  ['008613800138000', true],
  ['12800138000', false],
  ['+08613800138000', false],
  ['86 13800138000', false],
])('mobile number %s: %s', (text, isValid) => {
  expect(isChineseMobileNumber(text)).toBe(isValid);
});
