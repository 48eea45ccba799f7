import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { customerErrors } from './customer.errors';
import type { IdentityDocument } from './identity-document';

/** Keys of 32 bytes. Several encryption keys may be known; new numbers use `currentKeyId`. */
export interface IdentityKeys {
  readonly currentKeyId: string;
  readonly encryption: ReadonlyMap<string, Uint8Array>;
  /** Key of the blind index. It never changes: with another key nobody would be found again. */
  readonly blindIndex: Uint8Array;
}

/** An identity number at rest. */
export interface SealedNumber {
  keyId: string;
  /** 12 bytes of nonce, 16 bytes of tag, ciphertext (AES-256-GCM). */
  sealed: Buffer;
}

export const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts an identity number.
 * @param documentId is authenticated with it, so that a sealed number moved to another row does not open.
 * @param nonce 12 random bytes, never used twice with one key.
 * @throws DomainError('identity_key_missing').
 */
export function sealNumber(
  number: string,
  documentId: string,
  keys: IdentityKeys,
  nonce: Uint8Array,
): SealedNumber {
  const cipher = createCipheriv('aes-256-gcm', keyOf(keys, keys.currentKeyId), nonce);
  cipher.setAAD(Buffer.from(documentId, 'utf8'));
  const ciphertext = Buffer.concat([cipher.update(number, 'utf8'), cipher.final()]);
  return { keyId: keys.currentKeyId, sealed: Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]) };
}

/**
 * Decrypts an identity number.
 * @throws DomainError('identity_key_missing'); Error when the row was tampered with.
 */
export function openNumber(row: SealedNumber, documentId: string, keys: IdentityKeys): string {
  const nonce = row.sealed.subarray(0, NONCE_BYTES);
  const tag = row.sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', keyOf(keys, row.keyId), nonce, {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(documentId, 'utf8'));
  decipher.setAuthTag(tag);
  const ciphertext = row.sealed.subarray(NONCE_BYTES + TAG_BYTES);
  return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
}

/** HMAC-SHA-256 of kind, country and number, 32 bytes: equal for equal documents, and of no use without the key. */
export function blindIndexOf(document: IdentityDocument, keys: IdentityKeys): Buffer {
  const text = `${document.kind}\n${document.issuingCountry}\n${document.number}`;
  return createHmac('sha256', keys.blindIndex).update(text, 'utf8').digest();
}

function keyOf(keys: IdentityKeys, keyId: string): Uint8Array {
  const key = keys.encryption.get(keyId);
  if (!key) throw customerErrors.identityKeyMissing(keyId);
  return key;
}

/**
 * Keys from the process setting: the encryption and the index key are derived from it (HKDF-SHA-256), so that
 * neither gives the other away.
 * @param setting key id, and 32 bytes as 64 hexadecimal digits.
 */
export function identityKeysFrom(setting: { id: string; hex: string }): IdentityKeys {
  const secret = Buffer.from(setting.hex, 'hex');
  const derive = (use: string) =>
    new Uint8Array(hkdfSync('sha256', secret, Buffer.alloc(0), `ronghe ${use}`, 32));
  return {
    currentKeyId: setting.id,
    encryption: new Map([[setting.id, derive('identity number')]]),
    blindIndex: derive('identity number index'),
  };
}
