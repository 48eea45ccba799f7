import { DomainError } from '@ronghe/kernel';
import { readAddress, readContact, readName, readPhone } from './contact';

const codeOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error instanceof DomainError ? error.code : error;
  }
};

describe('readName', () => {
  it.each([
    ['  王   小明 ', '王 小明'],
    ['买买提·艾力', '买买提·艾力'],
    ['Zoë Müller', 'Zoë Müller'],
    ['𠮷田', '𠮷田'],
  ])('%j is %j', (text, name) => expect(readName(text)).toBe(name));

  it.each(['', ' ', '王', '12', '王\u0000明', 'x'.repeat(101)])('refuses %j', (text) => {
    expect(codeOf(() => readName(text))).toBe('name_invalid');
  });

  it('counts characters, not code units', () => expect(readName('𠮷'.repeat(100))).toHaveLength(200));
});

describe('readPhone', () => {
  it.each([
    ['13800138000', '+8613800138000'],
    ['+86 138 0013 8000', '+8613800138000'],
    ['010-12345678', '+861012345678'],
    ['+49 30 901820', '+4930901820'],
  ])('%s is %s', (text, phone) => expect(readPhone(text)).toBe(phone));

  it.each(['', '1', '1380013800', 'call me', '+86 138 0013 80000'])('refuses %j', (text) => {
    expect(codeOf(() => readPhone(text))).toBe('phone_invalid');
  });
});

describe('readContact', () => {
  it('leaves out what is not given', () => expect(readContact({})).toEqual({ phone: null, address: null }));

  it('refuses an address of two lines or of 201 characters', () => {
    expect(codeOf(() => readAddress('1 Main Street\n2nd floor'))).toBe('address_invalid');
    expect(codeOf(() => readAddress('x'.repeat(201)))).toBe('address_invalid');
    expect(codeOf(() => readContact({ address: ' ' }))).toBe('address_invalid');
  });
});
