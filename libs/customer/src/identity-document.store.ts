import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { instantToDate, newId } from '@ronghe/kernel';
import { PlatformConfig, type Tx } from '@ronghe/platform';
import { IdentityDocumentEntity } from './customer.entity';
import {
  blindIndexOf,
  identityKeysFrom,
  NONCE_BYTES,
  openNumber,
  sealNumber,
  type IdentityKeys,
} from './identity-cipher';
import { maskIdentityNumber, type IdentityDocument, type IdentityDocumentKind } from './identity-document';

/** A document as clerks may see it. */
export interface MaskedDocument {
  partyId: string;
  kind: IdentityDocumentKind;
  issuingCountry: string;
  maskedNumber: string;
}

interface DocumentRow {
  id: string;
  party_id: string;
  kind: IdentityDocumentKind;
  issuing_country: string;
  key_id: string;
  sealed: Buffer;
}

/** Identity documents. Numbers enter encrypted and leave masked. */
@Injectable()
export class IdentityDocumentStore {
  private readonly keys: IdentityKeys;

  constructor(config: PlatformConfig) {
    this.keys = identityKeysFrom(config.identityKey);
  }

  /** The document's blind index in hex: stands for the number wherever inputs are compared. */
  indexOf(document: IdentityDocument): string {
    return blindIndexOf(document, this.keys).toString('hex');
  }

  /**
   * Writes the document unless somebody holds it already. A concurrent registration of the same document waits here.
   * @returns whether it was written.
   */
  async insert(tx: Tx, partyId: string, document: IdentityDocument, by: string): Promise<boolean> {
    const id = newId();
    const { keyId, sealed } = sealNumber(document.number, id, this.keys, randomBytes(NONCE_BYTES));
    const result = await tx.manager
      .createQueryBuilder()
      .insert()
      .into(IdentityDocumentEntity)
      .values({
        id,
        partyId,
        kind: document.kind,
        issuingCountry: document.issuingCountry,
        blindIndex: blindIndexOf(document, this.keys),
        keyId,
        sealed,
        recordedAt: instantToDate(tx.now),
        recordedBy: by,
      })
      .orIgnore()
      .returning('id')
      .execute();
    return (result.raw as unknown[]).length > 0;
  }

  /** The customer who is registered with this document; null when nobody is. */
  async findOwner(tx: Tx, document: IdentityDocument): Promise<string | null> {
    const [row] = await tx.query<{ id: string }>(
      `select c.id from customer.identity_document d join customer.customer c on c.party_id = d.party_id
       where d.blind_index = $1`,
      [blindIndexOf(document, this.keys)],
    );
    return row?.id ?? null;
  }

  /** The documents of parties, numbers masked. */
  async findMasked(tx: Tx, partyIds: readonly string[]): Promise<MaskedDocument[]> {
    const rows = await tx.query<DocumentRow>(
      `select id, party_id, kind, issuing_country, key_id, sealed from customer.identity_document
       where party_id = any($1) order by recorded_at, id`,
      [partyIds],
    );
    return rows.map((row) => ({
      partyId: row.party_id,
      kind: row.kind,
      issuingCountry: row.issuing_country,
      maskedNumber: maskIdentityNumber(
        openNumber({ keyId: row.key_id, sealed: row.sealed }, row.id, this.keys),
      ),
    }));
  }
}
