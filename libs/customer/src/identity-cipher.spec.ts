import { randomBytes } from 'node:crypto';
import { DomainError } from '@ronghe/kernel';
import fc from 'fast-check';
import { blindIndexOf, openNumber, sealNumber, type IdentityKeys } from './identity-cipher';
import { readIdentityDocument } from './identity-document';

const keys: IdentityKeys = {
  currentKeyId: 'k2',
  encryption: new Map([
    ['k1', randomBytes(32)],
    ['k2', randomBytes(32)],
  ]),
  blindIndex: randomBytes(32),
};
const number = '11010519491231002X';
const document = readIdentityDocument('RESIDENT_ID', number);

describe('sealNumber', () => {
  it('opens to what was sealed, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.uint8Array({ minLength: 12, maxLength: 12 }),
        (text, nonce) => {
          expect(openNumber(sealNumber(text, 'row', keys, nonce), 'row', keys)).toBe(text);
        },
      ),
    );
  });

  it('keeps opening old rows after the current key was changed', () => {
    const old = sealNumber(number, 'row', { ...keys, currentKeyId: 'k1' }, randomBytes(12));
    expect(old.keyId).toBe('k1');
    expect(openNumber(old, 'row', keys)).toBe(number);
  });

  it('does not open in another row, nor when a bit was changed', () => {
    const row = sealNumber(number, 'row', keys, randomBytes(12));
    expect(() => openNumber(row, 'another row', keys)).toThrow();
    for (const at of [0, 12, 28, row.sealed.length - 1]) {
      const sealed = Buffer.from(row.sealed);
      sealed.writeUInt8(sealed.readUInt8(at) ^ 1, at);
      expect(() => openNumber({ ...row, sealed }, 'row', keys)).toThrow();
    }
  });

  it('does not show the number in what is stored', () => {
    const row = sealNumber(number, 'row', keys, randomBytes(12));
    expect(row.sealed.toString('latin1')).not.toContain(number.slice(0, 6));
  });

  it('says which key is missing', () => {
    const row = { ...sealNumber(number, 'row', keys, randomBytes(12)), keyId: 'k0' };
    expect(() => openNumber(row, 'row', keys)).toThrow(DomainError);
  });
});

describe('blindIndexOf', () => {
  it('is equal for the same document in another spelling and differs by kind, country and number', () => {
    const index = (...input: Parameters<typeof readIdentityDocument>) =>
      blindIndexOf(readIdentityDocument(...input), keys).toString('hex');
    expect(index('RESIDENT_ID', '11010519491231002x')).toBe(index('RESIDENT_ID', '110105 19491231002X'));
    const others = [
      index('PASSPORT', 'E1234567', 'DE'),
      index('PASSPORT', 'E1234567', 'FR'),
      index('PASSPORT', 'E1234568', 'DE'),
    ];
    expect(new Set(others).size).toBe(3);
  });

  it('depends on its key', () => {
    expect(blindIndexOf(document, { ...keys, blindIndex: randomBytes(32) })).not.toEqual(
      blindIndexOf(document, keys),
    );
  });
});
